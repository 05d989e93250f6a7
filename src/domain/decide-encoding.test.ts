import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ColumnProfile, ModelEncodingType, StorageType } from './columns';
import { decideColumns, decideEncoding } from './decide-encoding';
import { detectPrimaryKey } from './primary-key';

function profile(overrides: Partial<ColumnProfile> = {}): ColumnProfile {
  return {
    index: 0,
    originalName: 'c',
    name: 'c',
    storageType: 'integer',
    rowCount: 1000,
    nullCount: 0,
    distinctCount: 50,
    nonRareShare: 1,
    uniqueShare: 0,
    nonRareDistinct: 50,
    infiniteCount: 0,
    min: 0,
    median: 5,
    mean: 5,
    max: 10,
    maxLength: 10,
    fixedLength: false,
    looksLikeUuid: false,
    exceedsSafeInteger: false,
    topValues: [],
    histogram: [],
    nearMiss: null,
    subject: null,
    ...overrides,
  };
}

const AUTO = { modelEncodingType: 'AUTO', included: true } as const;
const PROTECTED = { isPrimaryKey: false, isIdentifying: false, valueProtection: true };
const OPEN = { isPrimaryKey: false, isIdentifying: false, valueProtection: false };

function decide(overrides: Partial<ColumnProfile>, type: ModelEncodingType = 'AUTO', context = PROTECTED) {
  return decideEncoding(profile(overrides), { modelEncodingType: type, included: true }, context);
}

test('numbers are discrete with at most 128 frequent values that cover 99.9 % of the rows', () => {
  expect(decide({ distinctCount: 90, nonRareDistinct: 70, nonRareShare: 0.9991 })).toEqual({
    included: true,
    encodingType: 'TABULAR_NUMERIC_DISCRETE',
    evidence: '90 distinct values, > 99.9 % of rows not rare → discrete.',
    role: 'feature',
  });
  expect(decide({ nonRareShare: 0.998 }).encodingType).toBe('TABULAR_NUMERIC_BINNED');
  expect(decide({ nonRareDistinct: 129 }).encodingType).toBe('TABULAR_NUMERIC_BINNED');
  const binned = decide({
    storageType: 'float',
    distinctCount: 41_234,
    nonRareDistinct: 412,
    nonRareShare: 0.3,
  });
  expect(binned.evidence).toBe('41,234 distinct values, 30 % of rows not rare → binned.');
});

test('the other storage types have their own encoding', () => {
  const date = decide({ storageType: 'date', min: Date.UTC(1950, 5), max: Date.UTC(2020, 5) });
  expect(date.encodingType).toBe('TABULAR_DATETIME');
  expect(date.evidence).toBe('50 distinct dates, years 1950 to 2020 → date.');
  expect(decide({ storageType: 'datetime' }).encodingType).toBe('TABULAR_DATETIME');
  expect(decide({ storageType: 'boolean', distinctCount: 2 }).encodingType).toBe('TABULAR_CATEGORICAL');
  expect(decide({ storageType: 'text' }).encodingType).toBe('TABULAR_CATEGORICAL');
});

test('a rarely filled column is told that it may show its middle alone', () => {
  const few = { rowCount: 2500, nullCount: 2480, distinctCount: 20, nonRareDistinct: 0, nonRareShare: 0 };
  const told = /Only 20 values: if fewer than 20 train, protection shows their middle alone\./;
  for (const storageType of ['float', 'date'] as const) {
    const decision = decide({ ...few, storageType });
    expect(decision.included).toBe(true);
    expect(decision.evidence).toMatch(told);
    expect(decide({ ...few, nullCount: 2400, storageType }).evidence).not.toMatch(told);
  }
});

test('a constant column works', () => {
  const decision = decide({ distinctCount: 1, nonRareDistinct: 1 });
  expect(decision.evidence).toBe('One value throughout, 100 % of rows not rare → discrete.');
});

test('columns with nothing to learn are excluded with the reason', () => {
  const reasons: [Partial<ColumnProfile>, RegExp][] = [
    [{ nullCount: 1000, distinctCount: 0, nonRareDistinct: 0, nonRareShare: 0 }, /All 1,000 rows empty/],
    [{ rowCount: 0, distinctCount: 0 }, /No rows/],
    [{ storageType: 'text', distinctCount: 1000, nonRareDistinct: 0, nonRareShare: 0 }, /no value is shared/],
    [{ storageType: 'text', distinctCount: 900, nonRareDistinct: 3, nonRareShare: 0.03 }, /free text/],
    [{ rowCount: 12, distinctCount: 12, nonRareDistinct: 0, nonRareShare: 0 }, /Only 12 values/],
    [{ storageType: 'date', rowCount: 12, distinctCount: 12 }, /Only 12 dates/],
  ];
  for (const [overrides, reason] of reasons) {
    const decision = decide(overrides);
    expect(decision).toMatchObject({ included: false, encodingType: null, role: 'excluded' });
    expect(decision.evidence).toMatch(reason);
  }
  expect(decideEncoding(profile(), { ...AUTO, included: false }, PROTECTED).evidence).toBe(
    'Excluded by choice.',
  );
});

test('without protection small and rare columns are modelled', () => {
  const few = { rowCount: 12, distinctCount: 12, nonRareDistinct: 0, nonRareShare: 0 };
  expect(decide(few, 'AUTO', OPEN).encodingType).toBe('TABULAR_NUMERIC_DISCRETE');
  expect(decide({ ...few, storageType: 'text' }, 'AUTO', OPEN).encodingType).toBe('TABULAR_CATEGORICAL');
  const unique = { storageType: 'text', distinctCount: 1000, uniqueShare: 1 } as const;
  expect(decide(unique, 'AUTO', OPEN).evidence).toMatch(/free text/);
  expect(decide(unique, 'TABULAR_CATEGORICAL', OPEN).included).toBe(true);
});

test('a choice is followed where it can be', () => {
  expect(decide({}, 'TABULAR_NUMERIC_BINNED').evidence).toMatch(/binned, as chosen/);
  expect(decide({ nonRareShare: 0.5, nonRareDistinct: 500 }, 'TABULAR_NUMERIC_DISCRETE').encodingType).toBe(
    'TABULAR_NUMERIC_DISCRETE',
  );
  expect(decide({}, 'TABULAR_CATEGORICAL').encodingType).toBe('TABULAR_CATEGORICAL');
  const freeText = {
    storageType: 'text',
    distinctCount: 900,
    nonRareDistinct: 3,
    nonRareShare: 0.03,
  } as const;
  expect(decide(freeText, 'TABULAR_CATEGORICAL').included).toBe(true);
  expect(decide({ nonRareDistinct: 0, nonRareShare: 0 }, 'TABULAR_NUMERIC_DISCRETE').role).toBe('excluded');
});

test('a choice that cannot apply becomes the nearest type and says so', () => {
  const onText = decide({ storageType: 'text' }, 'TABULAR_DATETIME');
  expect(onText.encodingType).toBe('TABULAR_CATEGORICAL');
  expect(onText.evidence).toMatch(/^TABULAR_DATETIME cannot apply to a column of type text/);
  expect(decide({}, 'TABULAR_DATETIME').encodingType).toBe('TABULAR_NUMERIC_DISCRETE');
  expect(decide({ storageType: 'date' }, 'TABULAR_NUMERIC_BINNED').encodingType).toBe('TABULAR_DATETIME');
});

test('the evidence says what becomes of digits after the millisecond', () => {
  const finer = (pattern: string) =>
    decide({ storageType: 'datetime', format: { date: { pattern } } }).evidence.includes('come out as zeros');
  expect(finer('yyyy-MM-dd HH:mm:ss.SSSSSS')).toBe(true);
  expect(finer('yyyy-MM-dd HH:mm:ss.SSS')).toBe(false);
});

test('the evidence mentions nulls, infinities, huge integers and near misses', () => {
  const nearMiss = { type: 'integer', count: 3, example: 'n.a.', line: 17 } as const;
  const { evidence } = decide({
    storageType: 'text',
    nullCount: 100,
    infiniteCount: 1,
    exceedsSafeInteger: true,
    nearMiss,
  });
  expect(evidence).toContain('10 % of rows empty.');
  expect(evidence).toContain('1 infinite value:');
  expect(evidence).toContain('kept digit by digit.');
  expect(decide({ exceedsSafeInteger: true }).evidence).toContain('keep their first 15 digits.');
  expect(evidence).toContain('Nearly all values read as integer; 3 values not (line 17).');
});

test('a column that identifies subjects is not learned, but made anew in its form', () => {
  const subject = { values: 400, rowsEach: 2.5, companions: ['born', 'sex', 'city'] };
  const context = { ...PROTECTED, isIdentifying: true };
  for (const storageType of ['text', 'integer'] as const) {
    const marked = decide({ storageType, distinctCount: 400, nonRareDistinct: 0, subject }, 'AUTO', context);
    expect(marked).toMatchObject({
      included: true,
      encodingType: 'TABULAR_CATEGORICAL',
      identifiesSubjects: true,
    });
    expect(marked.evidence).toMatch(
      /^Identifies subjects: 400 values, 2.5 rows each; the same in all rows of one: born and 2 other columns. Not learned/,
    );
  }
  for (const unmarked of [
    decide({ storageType: 'text', subject }),
    decide({ subject, nullCount: 1000 }, 'AUTO', context),
    decide({ storageType: 'text', subject }, 'AUTO', { ...context, valueProtection: false }),
    decideEncoding(profile({ subject }), { modelEncodingType: 'AUTO', included: false }, context),
  ]) {
    expect(unmarked.identifiesSubjects).toBeUndefined();
    expect(unmarked.evidence).not.toContain('subjects');
  }
});

test('more categories than kept are mentioned', () => {
  expect(decide({ storageType: 'text', nonRareDistinct: 60_000 }).evidence).toMatch(
    /50,000 most frequent are kept/,
  );
});

test('always decides, whatever the profile and the choice', () => {
  const choices = fc.constantFrom(...ModelEncodingType.options);
  const overrides = fc.record({
    storageType: fc.constantFrom(...StorageType.options),
    rowCount: fc.constantFrom(0, 1, 19, 5000),
    nullCount: fc.constantFrom(0, 0, 1),
    distinctCount: fc.constantFrom(0, 1, 5000),
    nonRareShare: fc.constantFrom(0, 0.0001, 0.9995, 1),
    nonRareDistinct: fc.constantFrom(0, 1, 200),
    min: fc.constantFrom(null, 0, 1e300),
    max: fc.constantFrom(null, 1e300),
  });
  fc.assert(
    fc.property(overrides, choices, fc.boolean(), fc.boolean(), (p, type, isPrimaryKey, valueProtection) => {
      const context = { isPrimaryKey, isIdentifying: p.nullCount === 1, valueProtection };
      const decision = decide(p, type, context);
      expect(decision.included).toBe(decision.encodingType !== null);
      expect(decision.included).toBe(decision.role === 'feature');
      expect(decision.evidence).toMatch(/\.$/);
    }),
  );
});

test('the key is the first unique column whose name ends in "id"', () => {
  const unique = { rowCount: 1000, distinctCount: 1000 };
  const columns = [
    profile({ ...unique, name: 'amount', originalName: 'amount' }),
    profile({ name: 'group_id', originalName: 'group_id' }),
    profile({ ...unique, name: 'paid', originalName: 'paid', nullCount: 1 }),
    profile({ ...unique, name: 'float_id', originalName: 'float_id', storageType: 'float' }),
    profile({ ...unique, name: 'long_id', originalName: 'long_id', storageType: 'text', maxLength: 37 }),
    profile({ ...unique, name: 'Customer ID', originalName: ' Customer ID ', storageType: 'text' }),
    profile({ ...unique, name: 'id', originalName: 'id' }),
  ];
  expect(detectPrimaryKey(columns)).toBe('Customer ID');
  expect(detectPrimaryKey(columns.slice(0, 5))).toBeNull();
  expect(detectPrimaryKey([])).toBeNull();
});

test('the key is not modelled', () => {
  const decision = decide({ rowCount: 5, distinctCount: 5 }, 'AUTO', {
    isPrimaryKey: true,
    isIdentifying: false,
    valueProtection: true,
  });
  expect(decision).toEqual({
    included: false,
    encodingType: null,
    evidence: '5 rows, every value different → key: not modelled → written as new keys of the same form.',
    writing: { as: 'key' },
    role: 'primary-key',
  });
  const text = decide({ storageType: 'text' }, 'AUTO', {
    isPrimaryKey: true,
    isIdentifying: false,
    valueProtection: true,
  });
  expect(text.evidence).toBe(
    '50 distinct values in 1,000 rows → key: not modelled → written as new keys of the same form.',
  );
});

test('the columns of a table are decided by name, in their order; those without a setting take no part', () => {
  const columns = [
    { name: 'b', included: true, modelEncodingType: 'TABULAR_CATEGORICAL' as const },
    { name: 'key', included: true, modelEncodingType: 'AUTO' as const },
  ];
  const profiles = ['key', 'a', 'b'].map((name) => profile({ name, originalName: ` ${name}` }));
  const decided = decideColumns(profiles, {
    columns,
    primaryKey: 'key',
    subjectColumns: null,
    valueProtection: true,
  });
  expect(decided.map(({ name, originalName, decision }) => [name, originalName, decision.role])).toEqual([
    ['key', ' key', 'primary-key'],
    ['a', ' a', 'excluded'],
    ['b', ' b', 'feature'],
  ]);
  expect(decided[2]!.decision).toEqual(decide({}, 'TABULAR_CATEGORICAL'));
});

test('the evidence says which values of few rows are hidden', () => {
  const nearMiss = { type: 'integer', count: 2, example: 'about 5', line: 17 } as const;
  const finer = { coarser: 'integer', count: 1 } as const;
  const { evidence } = decide({ nearMiss });
  expect(evidence).toContain(
    '2 values do not read as integer (line 17): too few rows to show, so left empty.',
  );
  expect(evidence).not.toContain('about 5');
  const decimals = '1 value with decimals is hidden: the column comes out as whole numbers.';
  expect(decide({ storageType: 'float', finer }).evidence).toContain(decimals);
  expect(decide({ storageType: 'float', finer }, 'AUTO', OPEN).evidence).not.toContain('hidden');
  const times = decide({ storageType: 'datetime', finer: { coarser: 'date', count: 3 } });
  expect(times.evidence).toContain('3 values with a time are hidden: the column comes out as dates.');
});

test('a key of numbers stays one with a few texts among them', () => {
  const nearMiss = { type: 'integer', count: 2, example: 'A17', line: 17 } as const;
  const id = { originalName: 'id', name: 'id', distinctCount: 998, nullCount: 2, nearMiss };
  expect(detectPrimaryKey([profile(id)])).toBe('id');
  expect(detectPrimaryKey([profile({ ...id, nearMiss: null })])).toBe(null);
});
