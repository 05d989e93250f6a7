import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnProfile } from './columns';
import { decideColumns, decideEncoding } from './decide-encoding';
import { numberProfile, textProfile } from './testing/column-profile';
import { unlearnedSentence, writtenSentences } from './unlearned-words';
import { WrittenAs } from './writing';

const CONTEXT = { isPrimaryKey: false, isIdentifying: false, valueProtection: true };
const AUTO = { included: true, modelEncodingType: 'AUTO' } as const;
const many = <T>(count: number, of: (i: number) => T) => Array.from({ length: count }, (_, i) => of(i));
const writingOf = (profile: ColumnProfile, context = CONTEXT) =>
  decideEncoding(profile, AUTO, context).writing ?? null;

describe('running numbers', () => {
  it('are those from 0 or 1 of which each row has its own, with few gaps', () => {
    expect(
      writingOf(
        numberProfile(
          't',
          many(500, (i) => i),
        ),
      ),
    ).toEqual({ as: 'running', start: 0, step: 1 });
    expect(
      writingOf(
        numberProfile(
          't',
          many(500, (i) => 1 + i + (i > 250 ? 9 : 0)),
        ),
      ),
    ).toMatchObject({
      as: 'running',
      start: 1,
    });
  });

  it('may have more gaps, or another start, where the column is called so', () => {
    const half = many(500, (i) => 2 * i);
    for (const name of ['#', 'Unnamed: 0', 'index', 'row_id', '']) {
      expect(writingOf(numberProfile(name, half))).toMatchObject({ as: 'running', start: 0 });
    }
    expect(writingOf(numberProfile('amount', half))).toBeNull();
  });

  it('are not years or amounts', () => {
    expect(
      writingOf(
        numberProfile(
          'year',
          many(70, (i) => 1950 + i),
        ),
      ),
    ).toBeNull();
    expect(
      writingOf({
        ...numberProfile(
          't',
          many(500, (i) => i),
        ),
        distinctCount: 499,
      }),
    ).toBeNull();
    expect(
      writingOf({
        ...numberProfile(
          't',
          many(500, (i) => i),
        ),
        nullCount: 1,
        rowCount: 501,
      }),
    ).toBeNull();
  });

  it('are learned if a type is chosen', () => {
    const profile = numberProfile(
      'index',
      many(500, (i) => i),
    );
    const chosen = { included: true, modelEncodingType: 'TABULAR_NUMERIC_BINNED' } as const;
    expect(decideEncoding(profile, chosen, CONTEXT)).toMatchObject({ included: true, role: 'feature' });
  });
});

describe('a column that cannot be learned', () => {
  it('is written by its content', () => {
    expect(
      writingOf(
        textProfile(
          'x',
          many(300, (i) => `k${i}@example.at`),
        ),
      ),
    ).toEqual({
      as: 'fake',
      kind: 'email',
      locale: 'de',
    });
    expect(
      writingOf(
        textProfile(
          'x',
          many(300, (i) => `AB-${1000 + i}`),
        ),
      ),
    ).toEqual({ as: 'key' });
    expect(
      writingOf(
        textProfile(
          'x',
          many(300, (i) => `some ${i} words of text ${i}`),
        ),
      ),
    ).toEqual({
      as: 'pattern',
    });
    const verbs = ['called', 'wrote', 'came', 'asked', 'left', 'paid', 'moved'];
    expect(
      writingOf(
        textProfile(
          'x',
          many(
            300,
            (i) =>
              `The client ${verbs[i % 7]} about order ${verbs[(i >> 3) % 7]} ${String.fromCharCode(97 + (i % 26)).repeat(3)} ${i}`,
          ),
        ),
      ),
    ).toEqual({ as: 'fake', kind: 'text', locale: 'en' });
    expect(
      writingOf(
        textProfile(
          'x',
          many(300, () => null),
        ),
      ),
    ).toEqual({ as: 'empty' });
  });

  it('is empty where protection hides a whole range', () => {
    const few = {
      ...numberProfile(
        'amount',
        many(15, (i) => i * 3000),
      ),
      rowCount: 300,
      nullCount: 285,
    };
    const decision = decideEncoding(few, AUTO, CONTEXT);
    expect(decision.writing).toEqual({ as: 'empty' });
    expect(decision.evidence).toContain('hides every range of fewer than 20');
    expect(decision.evidence).toMatch(/written as empty cells\.$/);
  });

  it('is taken from no row in a private training', () => {
    const context = { ...CONTEXT, isPrivate: true };
    expect(
      writingOf(
        textProfile(
          'x',
          many(300, (i) => `some ${i} words`),
        ),
        context,
      ),
    ).toEqual({ as: 'empty' });
    expect(
      writingOf(
        textProfile(
          'x',
          many(300, (i) => `AB-${1000 + i}`),
        ),
        context,
      ),
    ).toEqual({ as: 'empty' });
  });
});

describe('a choice', () => {
  const names = textProfile(
    'name',
    many(300, (i) => `Anna B${String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))}`),
  );

  it('wins over what would be learned', () => {
    const frequent = textProfile(
      'plan',
      many(300, (i) => 'abc'[i % 3]!),
    );
    const constant = { ...AUTO, writtenAs: 'constant', constant: 'z' } as const;
    expect(decideEncoding(frequent, constant, CONTEXT)).toMatchObject({
      included: false,
      role: 'excluded',
      writing: { as: 'constant', text: 'z' },
    });
    const made = { ...AUTO, writtenAs: 'fake', fake: 'city', locale: 'it' } as const;
    expect(decideEncoding(names, made, CONTEXT).writing).toEqual({ as: 'fake', kind: 'city', locale: 'it' });
  });

  it('that cannot be becomes empty cells: a word in a column of numbers', () => {
    const constant = { ...AUTO, writtenAs: 'constant', constant: 'z' } as const;
    expect(decideEncoding(numberProfile('n', [5, 9]), constant, CONTEXT).writing).toEqual({ as: 'empty' });
  });

  it('leaves a column out only if it is switched off, or said so', () => {
    expect(decideEncoding(names, { ...AUTO, included: false }, CONTEXT).writing).toEqual({ as: 'omit' });
    expect(decideEncoding(names, { ...AUTO, writtenAs: 'omit' }, CONTEXT).writing).toEqual({ as: 'omit' });
  });

  it('always ends in learning or a way of writing', () => {
    const profiles = fc.oneof(
      fc
        .array(fc.option(fc.string({ maxLength: 20 }), { nil: null }), { maxLength: 40 })
        .map((values) => textProfile('c', values)),
      fc.array(fc.integer(), { minLength: 1, maxLength: 40 }).map((values) => numberProfile('c', values)),
    );
    const types = fc.constantFrom('integer', 'float', 'boolean', 'date', 'datetime', 'text');
    fc.assert(
      fc.property(
        profiles,
        types,
        fc.boolean(),
        fc.constantFrom(...WrittenAs.options),
        fc.record({ isPrimaryKey: fc.boolean(), isIdentifying: fc.boolean(), valueProtection: fc.boolean() }),
        (profile, storageType, isPrivate, writtenAs, context) => {
          const decision = decideEncoding(
            { ...profile, storageType: storageType as ColumnProfile['storageType'] },
            { ...AUTO, writtenAs },
            { ...context, isPrivate },
          );
          const isLearned = decision.role === 'feature' && decision.encodingType !== null;
          expect(isLearned || decision.writing !== undefined).toBe(true);
          if (writtenAs !== 'omit') expect(decision.writing?.as).not.toBe('omit');
        },
      ),
    );
  });
});

it('columns that are not learned are told by name and way', () => {
  const profiles = [
    textProfile(
      'name',
      many(300, (i) => `Anna B${String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))}`),
    ),
    textProfile(
      'plan',
      many(300, (i) => 'abc'[i % 3]!),
    ),
    textProfile(
      'nothing',
      many(300, () => null),
    ),
    textProfile(
      'gone',
      many(300, () => 'x'),
    ),
  ];
  const columns = profiles.map(({ name }) => ({ ...AUTO, name, included: name !== 'gone' }));
  const settings = { columns, primaryKey: null, subjectColumns: [], valueProtection: true };
  const decided = decideColumns(profiles, settings);
  expect(unlearnedSentence(decided)).toBe('3 of 4 columns are not learned: name, nothing and gone.');
  expect(writtenSentences(decided)).toEqual([
    'Written as made-up names of people: name.',
    'Written as empty cells: nothing.',
    'Left out: gone.',
  ]);
  expect(unlearnedSentence(decided.slice(1, 2))).toBeNull();
});

it('what is made up in a table is of one language, unless a person chose', () => {
  const profiles = [
    textProfile(
      'name',
      many(300, (i) => `Anna B${String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))}`),
    ),
    textProfile(
      'mail',
      many(300, (i) => `k${i}@example.at`),
    ),
    textProfile(
      'town',
      many(300, (i) => `Town ${i}`),
    ),
  ];
  const columns = profiles.map(({ name }) => ({ ...AUTO, name }));
  const town = { ...columns[2]!, writtenAs: 'fake', fake: 'city', locale: 'fr' } as const;
  const settings = { columns: [...columns.slice(0, 2), town], primaryKey: null, subjectColumns: [] };
  const decided = decideColumns(profiles, { ...settings, valueProtection: true });
  expect(decided.map(({ decision }) => decision.writing)).toEqual([
    { as: 'fake', kind: 'full-name', locale: 'de' },
    { as: 'fake', kind: 'email', locale: 'de' },
    { as: 'fake', kind: 'city', locale: 'fr' },
  ]);
});
