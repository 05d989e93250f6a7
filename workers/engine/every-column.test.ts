import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import type { ColumnConfig, StorageType } from '../../src/domain/columns';
import { SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { EngineService } from './engine-service';
import type * as Catalogue from './models/catalogue';
import { createModel } from './models/testing/toy/model';
import { cellsOf, type MemoryColumn, MemoryDatabase } from './testing/memory-database';
import { trainRequest } from './testing/train-request';

vi.mock('./models/catalogue', async (original) => ({
  ...(await original<typeof Catalogue>()),
  ...(await import('./models/testing/toy/family')),
}));

const ROWS = 240;

/** Kinds of columns that a table may have, by the row. */
const KINDS: Readonly<Record<string, readonly [StorageType, (row: number) => string | number | null]>> = {
  plan: ['text', (row) => 'abc'[row % 3]!],
  constant: ['text', () => 'x'],
  nothing: ['text', () => null],
  'no amounts': ['float', () => null],
  name: ['text', (row) => `Anna ${letters(row)}`],
  email: ['text', (row) => `k${row}@example.at`],
  note: [
    'text',
    (row) => (row % 4 === 0 ? null : `called ${row} times about ${letters(row)} and left it at that`),
  ],
  code: ['text', (row) => `AB-${1000 + row}`],
  index: ['integer', (row) => row],
  'some id': ['integer', (row) => 1000 + ((row * 7919) % 100_003)],
  'few amounts': ['float', (row) => (row < 9 ? row * 1.5 : null)],
  'few dates': ['date', (row) => (row < 9 ? row * 86_400_000 : null)],
  'rare words': ['text', (row) => letters(row * 31)],
  'one rare': ['boolean', (row) => (row === 3 ? 'true' : null)],
};

function letters(row: number): string {
  return String.fromCharCode(65 + (row % 26), 97 + ((row >> 3) % 26), 97 + ((row >> 1) % 26));
}

function column(name: string, kind: string): MemoryColumn {
  const [storageType, of] = KINDS[kind]!;
  const cells = Array.from({ length: ROWS }, (_, row) => of(row));
  if (storageType === 'text' || storageType === 'boolean') {
    const dictionary = [...new Set(cells.filter((cell) => cell !== null))].map(String);
    const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : dictionary.indexOf(String(cell))));
    return { name, storageType, data: { kind: 'text', codes, dictionary } };
  }
  const values = Float64Array.from(cells, (cell) => Number(cell ?? 0));
  const nulls = Uint8Array.from(cells, (cell) => Number(cell === null));
  return { name, storageType, data: { kind: 'number', values, nulls } };
}

async function synthetic(
  columns: readonly MemoryColumn[],
  settings: readonly Partial<ColumnConfig>[],
  rows = 60,
) {
  const database = new MemoryDatabase({ source: columns });
  const engine = new EngineService(async () => createModel());
  engine.attach(database, () => undefined);
  const request = trainRequest(columns, {
    configuration: { model: 'toy', bins: 3 },
    columns: columns.map(({ name }, i) => ({ name, ...settings[i] })),
    subjectColumns: [],
  });
  const trained = await engine.train('training', request);
  await engine.importModel('copy', await engine.exportModel('model'));
  const configuration = SyntheticTableConfiguration.parse({});
  const names = { modelId: 'copy', tableId: 'out', fileName: 'out.parquet' };
  await engine.generate('generation', { ...names, rows, randomState: 2, configuration });
  const { columns: schemas, blocks } = database.datasets.get('out')!;
  return {
    decisions: trained.columns,
    names: schemas.map(({ name }) => name),
    types: schemas.map(({ storageType }) => storageType),
    cells: new Map(schemas.map(({ name }, c) => [name, blocks.flatMap((block) => cellsOf(block[c]!))])),
  };
}

it('every column of a table is in the output, in order and of its type, unless it is left out', async () => {
  const kinds = fc.array(fc.constantFrom(...Object.keys(KINDS)), { minLength: 1, maxLength: 7 });
  const choices = fc.array(
    fc.constantFrom('auto', 'auto', 'auto', 'omit', 'key', 'pattern', 'fake', 'constant'),
    {
      minLength: 8,
      maxLength: 8,
    },
  );
  await fc.assert(
    fc.asyncProperty(kinds, choices, async (chosen, writtenAs) => {
      // Something must be learned.
      const all = [...chosen, 'plan'].map((kind, i) => column(`${kind} ${i}`, kind));
      const settings = all.map((_, i) =>
        i === chosen.length ? {} : { writtenAs: writtenAs[i] as NonNullable<ColumnConfig['writtenAs']> },
      );
      const { names, types, decisions, cells } = await synthetic(all, settings);
      const kept = all.filter((_, i) => settings[i]!.writtenAs !== 'omit');
      expect(names).toEqual(kept.map(({ name }) => name));
      expect(types).toEqual(kept.map(({ storageType }) => storageType));
      expect([...cells.values()].every(({ length }) => length === 60)).toBe(true);
      for (const { decision } of decisions) {
        expect(decision.encodingType !== null || decision.writing !== undefined).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);

it('what is written is of no row, and empty where there was nothing', async () => {
  const kinds = ['name', 'email', 'note', 'code', 'some id', 'nothing', 'few amounts', 'few dates'];
  const table = [...kinds, 'plan'].map((kind) => column(kind, kind));
  const { cells, decisions } = await synthetic(table, [], 500);
  for (const kind of kinds) {
    const known = new Set(cellsOf(table.find(({ name }) => name === kind)!.data));
    known.delete(null);
    expect(cells.get(kind)!.filter((cell) => known.has(cell))).toEqual([]);
  }
  for (const kind of ['nothing', 'few amounts', 'few dates']) {
    expect(new Set(cells.get(kind))).toEqual(new Set([null]));
  }
  expect(cells.get('name')).not.toContain(null);
  expect(cells.get('note')!.filter((cell) => cell === null).length / 500).toBeCloseTo(0.25, 1);
  // Sentences have no form that they share, which is told in place of what was decided.
  const note = decisions.find(({ name }) => name === 'note')!.decision;
  expect(note.writing).toMatchObject({ as: 'fake', kind: 'text' });
  expect(note.evidence).toMatch(/written as made-up sentences without meaning, as free text is not learned/);
});

it('the value of every row is of the column’s type', async () => {
  const table = ['plan', 'few amounts', 'few dates', 'one rare', 'name'].map((kind) => column(kind, kind));
  const constants = ['', '2.5', '2024-02-29', 'true', 'Somebody'];
  const settings = constants.map((constant) =>
    constant ? { writtenAs: 'constant' as const, constant } : {},
  );
  const { cells } = await synthetic(table, settings, 3);
  expect(cells.get('few amounts')).toEqual([2.5, 2.5, 2.5]);
  expect(cells.get('few dates')).toEqual([
    Date.UTC(2024, 1, 29),
    Date.UTC(2024, 1, 29),
    Date.UTC(2024, 1, 29),
  ]);
  expect(cells.get('one rare')).toEqual(['true', 'true', 'true']);
  expect(cells.get('name')).toEqual(['Somebody', 'Somebody', 'Somebody']);
});
