import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StorageType } from './columns';
import { GeneratorConfig } from './generators';
import { matchNames } from './match-names';
import { onlyTable } from './only-table';
import { matchRecipe } from './recipe-match';
import { RecipeConfig } from './recipes';
import type { Rule } from './rules';
import type { CsvDialect, Source } from './sources';

const DIALECT: CsvDialect = {
  ...{ encoding: 'utf-8', delimiter: ',', quote: '"', header: true, skipLines: 0, decimal: '.' },
  nullValues: [''],
};
const RULES: readonly Rule[] = [
  { kind: 'inequality', low: 'started on', high: 'ended on', strict: false },
  { kind: 'fixed-combinations', columns: ['city', 'age'] },
];

function recipe(fields: object = {}) {
  const types: Record<string, StorageType> = {
    ...{ id: 'integer', city: 'text', age: 'integer', 'started on': 'date', 'ended on': 'date' },
  };
  const columns = Object.entries(types).map(([name, type]) => ({ name, type }));
  return {
    dialect: DIALECT,
    input: { columns, sample: [] },
    config: RecipeConfig.parse({
      generator: {
        name: 'recipe',
        randomState: 1,
        tables: [
          {
            name: 'table',
            primaryKey: 'id',
            columns: columns.map(({ name }) => ({ name, modelEncodingType: 'AUTO' })),
            rules: { added: RULES },
            ...fields,
          },
        ],
      },
      syntheticDataset: { name: 'recipe', randomState: 1, tables: [{ name: 'table' }] },
    }),
  };
}

function sourceOf(types: Readonly<Record<string, StorageType>>, dialect: Partial<CsvDialect> = {}): Source {
  const columns = Object.entries(types).map(([name, storageType]) => ({ name, storageType }));
  return {
    ...{ name: 'june.csv', dialect: { ...DIALECT, ...dialect } },
    tables: [{ name: 'june', columns }],
  } as unknown as Source;
}

const SAME: Record<'id' | 'city' | 'age' | 'started on' | 'ended on', StorageType> = {
  id: 'integer',
  city: 'text',
  age: 'integer',
  'started on': 'date',
  'ended on': 'date',
};
const sentences = (match: ReturnType<typeof matchRecipe>) =>
  match.differences.map(({ sentence }) => sentence);

describe('a recipe on a file', () => {
  it('says which marks of missing values are texts in the file', () => {
    const wanted = { ...recipe(), dialect: { ...DIALECT, nullValues: ['', 'NA', '-'] } };
    const read = (nullValues: string[]) => matchRecipe(wanted, sourceOf(SAME, { nullValues })).differences;
    expect(read(['-', 'NA', '', '?'])).toEqual([]);
    expect(read([''])).toMatchObject([
      { kind: 'reading', sentence: 'A missing value in the recipe and a text in this file: “NA”, “-”.' },
    ]);
  });

  it('of the same columns is run as it is', () => {
    const { differences, problem, config } = matchRecipe(recipe(), sourceOf(SAME));
    expect([differences, problem]).toEqual([[], null]);
    expect(onlyTable(config.generator)).toEqual({ ...onlyTable(recipe().config.generator), name: 'june' });
  });

  it('lists every difference and what happens with it', () => {
    const { id: _id, city: _city, age: _age, ...others } = SAME;
    const match = matchRecipe(
      recipe(),
      sourceOf({ ...others, Started_On: 'text', AGE: 'float', extra: 'text' } as never, { delimiter: ';' }),
    );
    // “started on” is there in its own spelling, too, so the other one is new.
    expect(sentences(match)).toEqual([
      'The file was read with delimiter “;”; the recipe says “,”.',
      '“AGE” is taken for “age” of the recipe.',
      'The file has no column “id”. No key is written.',
      'The file has no column “city”. The synthetic rows are without it.',
      '“Started_On” is not in the recipe. It is left out of training and synthetic rows.',
      '“extra” is not in the recipe. It is left out of training and synthetic rows.',
      '“AGE” is of type float; in the recipe it is integer. It is learned in the same way.',
      'The rule on “city”, “AGE” is left out: a column is missing or of another type.',
    ]);
    const table = onlyTable(match.config.generator);
    expect(table.primaryKey).toBeNull();
    expect(table.rules.added).toEqual([RULES[0]]);
    expect(table.columns).toEqual([
      { name: 'started on', included: true, modelEncodingType: 'AUTO' },
      { name: 'ended on', included: true, modelEncodingType: 'AUTO' },
      { name: 'Started_On', included: false, modelEncodingType: 'AUTO' },
      { name: 'AGE', included: true, modelEncodingType: 'AUTO' },
      { name: 'extra', included: false, modelEncodingType: 'AUTO' },
    ]);
  });

  it('takes other spellings for names everywhere they stand', () => {
    const spelled = {
      ID: 'integer',
      City: 'text',
      Age: 'integer',
      started_on: 'date',
      'Ended-On': 'date',
    } as const;
    const off = [JSON.stringify(['inequality', 'started on', 'ended on'])];
    const given = recipe({ subjectColumns: ['city'], rules: { added: RULES, off } });
    const { config, problem } = matchRecipe(given, sourceOf(spelled));
    expect(problem).toBeNull();
    expect(onlyTable(config.generator)).toMatchObject({
      primaryKey: 'ID',
      subjectColumns: ['City'],
      rules: {
        added: [{ low: 'started_on', high: 'Ended-On' }, { columns: ['City', 'Age'] }],
        off: [JSON.stringify(['inequality', 'started_on', 'Ended-On'])],
      },
    });
  });

  it('decides anew what is of another kind, and leaves out rules on it', () => {
    const binned = [{ name: 'age', modelEncodingType: 'TABULAR_NUMERIC_BINNED' }];
    const { config } = matchRecipe(recipe({ columns: binned }), sourceOf({ ...SAME, age: 'text' }));
    const table = onlyTable(config.generator);
    expect(table.columns.find(({ name }) => name === 'age')!.modelEncodingType).toBe('AUTO');
    expect(table.rules.added).toEqual([RULES[0]]);
  });

  it('lists learned columns that its schema does not have, too', () => {
    const { config, ...others } = recipe();
    const written = { ...others, input: { columns: others.input.columns.slice(1, 3), sample: [] }, config };
    const { age: _age, 'ended on': _ended, ...found } = SAME;
    const lines = sentences(matchRecipe(written, sourceOf(found)));
    expect(lines.slice(0, 2)).toEqual([
      'The file has no column “age”. The synthetic rows are without it.',
      'The file has no column “ended on”. The synthetic rows are without it.',
    ]);
    expect(lines.join()).not.toContain('is not in the recipe');
  });

  it('is refused where rows of one person could not be told, or nothing is left to learn', () => {
    const { city: _city, ...others } = SAME;
    expect(matchRecipe(recipe({ subjectColumns: ['city'] }), sourceOf(others)).problem).toContain(
      'share “city”',
    );
    expect(matchRecipe(recipe(), sourceOf({ other: 'text' })).problem).toContain('none of the columns');
  });

  it('gives a configuration that a generator takes, whatever the file', () => {
    const names = fc.constantFrom('id', 'ID', 'city', 'C i t y', 'age', 'started on', 'ended_on', 'x');
    const types = fc.constantFrom<StorageType>('integer', 'float', 'boolean', 'date', 'datetime', 'text');
    fc.assert(
      fc.property(fc.dictionary(names, types, { minKeys: 1 }), (columns) => {
        const { config, problem } = matchRecipe(recipe(), sourceOf(columns));
        const table = { ...onlyTable(config.generator), sourceId: 's', tableId: 't' };
        const checked = GeneratorConfig.parse({ ...config.generator, tables: [table] });
        const known = Object.keys(columns);
        expect(onlyTable(checked).columns.map(({ name }) => name)).toEqual(known);
        expect([null, ...known]).toContain(onlyTable(checked).primaryKey);
        const { columns: used, primaryKey } = onlyTable(checked);
        expect(problem === null).toBe(used.some(({ name, included }) => included && name !== primaryKey));
      }),
    );
  });
});

describe('other spellings', () => {
  it('match where they are the only ones', () => {
    expect(matchNames(['a b', 'c'], ['A_B', 'c'])).toEqual(new Map([['a b', 'A_B']]));
    expect(matchNames(['a b'], ['A_B', 'ab'])).toEqual(new Map());
    expect(matchNames(['a b', 'AB'], ['ab'])).toEqual(new Map());
    expect(matchNames(['?'], ['!'])).toEqual(new Map());
  });
});
