import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from './errors';
import { type FinishedRun, recipeOfRun } from './recipe-of-run';
import { MAX_RECIPE_BYTES, type Recipe, readRecipe, versionOf, writeRecipe } from './recipes';
import { idOfRule, type Rule } from './rules';

/** Stands wherever a run knows a value, a path or a name of a person. */
const MARKER = 'MARKER-Ada';
const NUMBER = 98_765_432;

const RULES: readonly Rule[] = [
  { kind: 'inequality', low: 'born', high: 'died', strict: false },
  { kind: 'implied-value', column: 'city', cell: MARKER, by: 'born', values: [MARKER], exactly: false },
  { kind: 'range', column: 'pay', min: NUMBER, max: null, strict: false },
  { kind: 'excluded-combinations', columns: ['city', 'pay'], combinations: [[MARKER, NUMBER]] },
  {
    kind: 'thresholds',
    target: 'city',
    column: 'pay',
    thresholds: [NUMBER],
    cells: [MARKER, 'b'],
    inclusive: true,
  },
  { kind: 'running-number', column: 'pay', start: NUMBER, step: 1 },
  { kind: 'age', target: 'pay', from: 'born', to: NUMBER },
];

function profile(name: string, storageType: string) {
  return {
    ...{ name, originalName: MARKER, storageType, min: NUMBER, max: NUMBER, median: NUMBER, mean: NUMBER },
    topValues: [{ value: MARKER, count: 9 }],
    histogram: [{ label: MARKER, upper: NUMBER, count: 9 }],
    nearMiss: { type: 'integer', count: 1, example: MARKER, line: 1 },
    subject: null,
  };
}

const COLUMNS = [
  profile('city', 'text'),
  profile('pay', 'integer'),
  profile('born', 'date'),
  profile('died', 'date'),
];

function run(sampleSize = 300): FinishedRun {
  const generatorTable = {
    ...{ name: MARKER, sourceId: MARKER, tableId: MARKER, holdoutSourceId: null, primaryKey: null },
    subjectColumns: null,
    columns: COLUMNS.map(({ name }) => ({ name, included: true, modelEncodingType: 'AUTO' })),
    rules: {
      find: true,
      added: RULES,
      off: [
        ...[idOfRule(RULES[1]!), idOfRule(RULES[0]!), `not a rule ${MARKER}`],
        JSON.stringify(['of a later version', MARKER, 'pay']),
      ],
    },
    tabularModelConfiguration: { model: 'argn' },
  };
  const rows = {
    ...{ generatorId: MARKER, name: MARKER, description: MARKER, randomState: 5 },
    tables: [{ name: MARKER, configuration: { sampleSize } }],
  };
  return {
    generator: {
      id: MARKER,
      config: { name: MARKER, description: MARKER, randomState: 4, tables: [generatorTable] },
      tables: [
        {
          modelId: MARKER,
          columns: COLUMNS.map(({ name }) => ({
            name,
            originalName: MARKER,
            decision: { evidence: MARKER },
          })),
          rules: RULES.map((rule) => ({ rule })),
        },
      ],
      summary: { hidden: [{ column: 'city', values: NUMBER, example: MARKER }] },
    },
    dataset: { id: MARKER, config: rows, tables: [{ id: MARKER }] },
    source: {
      ...{
        id: MARKER,
        name: `/home/${MARKER}/people.csv`,
        byteSize: NUMBER,
        file: MARKER,
        description: MARKER,
      },
      dialect: {
        ...{ encoding: 'utf-8', delimiter: ';', quote: '"', header: true, skipLines: 0, decimal: ',' },
        nullValues: ['', 'NA'],
      },
      tables: [
        {
          ...{ id: MARKER, name: MARKER, rowCount: 300, columns: COLUMNS },
          rejected: [{ line: 1, column: 'city', reason: MARKER, text: MARKER }],
        },
      ],
    },
    rows,
  } as unknown as FinishedRun;
}

function recipe(content = recipeOfRun(run())): Recipe {
  const version = { version: 1, savedAt: '2026-01-01T00:00:00.000Z', ...content };
  return { id: 'r', name: 'people', description: 'Monthly', versions: [version] };
}

function refusal(text: string): string {
  try {
    readRecipe('bad.json', text);
  } catch (error) {
    if (error instanceof UserError && error.code === 'config/invalid') return error.message;
  }
  throw new Error('not refused');
}

describe('the recipe of a run', () => {
  it('holds no value, path or name of the source', () => {
    const text = writeRecipe(recipe());
    expect(JSON.stringify(run())).toContain(MARKER);
    expect(text).not.toContain(MARKER);
    expect(text).not.toContain('Ada');
    expect(text).not.toContain(String(NUMBER));
  });

  it('says which rules it leaves out because they name values, and keeps the others', () => {
    const { config, leftOut } = recipeOfRun(run());
    const [{ rules }] = config.generator.tables as [(typeof config.generator.tables)[number]];
    expect(rules.added).toEqual([RULES[0]]);
    expect(rules.off).toEqual([idOfRule(RULES[0]!)]);
    expect(leftOut).toHaveLength(7);
    expect(leftOut[0]).toContain('A rule that was added on “city”, “born” names values of the table.');
    expect(leftOut[4]).toContain('on “city” that was switched off');
  });

  it('has the schema, how the file is read, and made-up rows of these types', () => {
    const { dialect, input } = recipeOfRun(run());
    expect(dialect).toMatchObject({ delimiter: ';', decimal: ',' });
    expect(input.columns).toEqual([
      { name: 'city', type: 'text' },
      { name: 'pay', type: 'integer' },
      { name: 'born', type: 'date' },
      { name: 'died', type: 'date' },
    ]);
    expect(input.sample[1]).toEqual({ city: 'text 2', pay: 2, born: '2020-01-02', died: '2020-01-02' });
  });

  it('asks for as many rows as a file has where the run had as many as its own', () => {
    const sizeOf = (rows: number) =>
      recipeOfRun(run(rows)).config.syntheticDataset.tables[0]!.configuration.sampleSize;
    expect([sizeOf(300), sizeOf(1000)]).toEqual([null, 1000]);
  });

  it('keeps names of columns, without types, where the source is gone', () => {
    const { source: _gone, ...others } = run();
    const { input, dialect } = recipeOfRun(others);
    expect(input.columns[0]).toEqual({ name: 'city', type: null });
    expect(dialect.delimiter).toBe(',');
  });
});

describe('the file of a recipe', () => {
  it('is refused with a sentence whatever it is', () => {
    const json = fc.jsonValue({ maxDepth: 3 }).map((value) => {
      const fields = typeof value === 'object' && value !== null ? value : { value };
      return JSON.stringify({ ...JSON.parse(writeRecipe(recipe())), ...fields, input: value });
    });
    fc.assert(
      fc.property(json, (text) => {
        expect(refusal(text)).toMatch(/Nothing was changed\.$/);
      }),
    );
  });

  it('is read as it was written', () => {
    const { id: _id, versions, ...naming } = recipe();
    const text = writeRecipe(recipe());
    const { format: _format, formatVersion: _version, ...file } = readRecipe('people-recipe.json', text);
    const [version] = versions;
    expect(file).toMatchObject({ ...naming, ...version, config: expect.anything() });
    expect(writeRecipe({ ...recipe(), versions: [{ ...file } as Recipe['versions'][number]] })).toContain(
      '"formatVersion": 1',
    );
  });

  it('is of the version that is asked for', () => {
    const { versions } = recipe();
    const two = { ...recipe(), versions: [...versions, { ...versions[0]!, version: 2 }] };
    expect(readRecipe('a', writeRecipe(two)).version).toBe(2);
    expect(readRecipe('a', writeRecipe(two, 1)).version).toBe(1);
    expect(() => versionOf(two, 3)).toThrow('no version 3. Its versions: 1, 2.');
  });

  const file = JSON.parse(writeRecipe(recipe()));
  it.each([
    ['{', 'cannot be read as JSON'],
    ['[]', 'is no recipe'],
    [JSON.stringify({ generator: {} }), 'its format is not “doppelgrid-recipe”'],
    [JSON.stringify({ ...file, formatVersion: 2 }), 'later version of Doppelgrid (recipes of version 2'],
    [JSON.stringify({ ...file, formatVersion: 'x' }), 'at formatVersion'],
    [JSON.stringify({ ...file, more: 1 }), 'more'],
    [JSON.stringify({ ...file, checks: { minAccuracy: 2 } }), 'at checks.minAccuracy'],
    [JSON.stringify({ ...file, input: { ...file.input, columns: [] } }), 'at input.columns'],
    [JSON.stringify({ ...file, config: { ...file.config, source: { file: '/etc/passwd' } } }), 'at config'],
    [
      JSON.stringify({
        ...file,
        config: {
          ...file.config,
          generator: { ...file.config.generator, tables: [1, 1].map(() => file.config.generator.tables[0]) },
        },
      }),
      'more than one table',
    ],
    [JSON.stringify({ ...file, name: '' }), 'at name'],
    [JSON.stringify({ ...file, savedAt: 'soon' }), 'at savedAt'],
    [' '.repeat(MAX_RECIPE_BYTES + 1), 'larger than any recipe'],
  ])('%.60s is refused with a sentence', (text, sentence) => {
    expect(refusal(text)).toContain(sentence);
    expect(refusal(text)).toMatch(/^“bad.json” .*Nothing was changed\.$/s);
  });
});
