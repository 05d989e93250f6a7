import { describe, expect, it } from 'vitest';
import { SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { EngineService } from './engine-service';
import { createModel } from './models/regenerated/model';
import { cellsOf, type MemoryColumn, MemoryDatabase } from './testing/memory-database';
import { trainRequest } from './testing/train-request';

const ROWS = 400;

function text(name: string, of: (row: number) => string): MemoryColumn {
  const dictionary = Array.from({ length: ROWS }, (_, row) => of(row));
  return {
    ...{ name, storageType: 'text' as const },
    data: { kind: 'text', codes: Int32Array.from(dictionary, (_, row) => row), dictionary },
  };
}

function numbers(name: string, of: (row: number) => number): MemoryColumn {
  const values = Float64Array.from({ length: ROWS }, (_, row) => of(row));
  return { name, storageType: 'integer', data: { kind: 'number', values, nulls: null } };
}

/** Letters that differ from row to row. */
const word = (row: number) =>
  Array.from(`${row * 7919 + 10_000_000}`, (digit) => 'bdfgklmnpr'[Number(digit)]).join('');

/** Tables of which nothing is learned, by name, with their key. */
const TABLES: Readonly<Record<string, readonly [string | null, MemoryColumn[], object?]>> = {
  'a key and names': [
    'id',
    [numbers('id', (row) => 70_001 + 3 * row), text('name', (row) => `Quix ${word(row)}`)],
  ],
  'codes and addresses': [
    null,
    [text('code', (row) => `AB-${10_000 + 37 * row}`), text('e-mail', (row) => `${word(row)}@quix.example`)],
  ],
  'a running number and a constant': [
    null,
    [numbers('index', (row) => row), text('note', word)],
    [{ name: 'index' }, { name: 'note', included: false, writtenAs: 'constant', constant: 'none' }],
  ],
};

const loadModel = async (family: string) => {
  if (family === 'regenerated') return createModel();
  throw new Error(`asks for ${family}`);
};

const made = (database: MemoryDatabase) => {
  const { columns, blocks } = database.datasets.get('dataset')!;
  return columns.map(({ name }, i) => ({ name, cells: blocks.flatMap((block) => cellsOf(block[i]!)) }));
};

async function trained(name: string) {
  const [primaryKey, columns, configs] = TABLES[name]!;
  const database = new MemoryDatabase({ source: columns });
  const engine = new EngineService(loadModel);
  engine.attach(database as never, () => undefined);
  const request = trainRequest(columns, {
    ...(primaryKey !== null && { primaryKey }),
    ...(configs !== undefined && { columns: configs as object[] }),
  });
  return { engine, database, columns, outcome: await engine.train('job', request) };
}

const generation = (rows: number) => ({
  ...{ modelId: 'model', tableId: 'dataset', fileName: 'synthetic.parquet', rows, randomState: 9 },
  configuration: SyntheticTableConfiguration.parse({}),
});

describe.each(Object.keys(TABLES))('a table with nothing to learn: %s', (name) => {
  it('gives as many rows as are asked for, of its own columns and none of their values', async () => {
    const { engine, database, columns, outcome } = await trained(name);
    expect(outcome.columns.every(({ decision }) => decision.role !== 'feature')).toBe(true);
    expect(outcome.summary).toMatchObject({ parameters: 0, passes: null, adapter: 'no model' });
    expect(outcome.summary.rows.training + outcome.summary.rows.validation).toBe(ROWS);
    const { rows } = await engine.generate('generation', generation(950));
    expect(rows).toBe(950);
    const output = made(database);
    expect(output.map((column) => column.name)).toEqual(columns.map((column) => column.name));
    for (const [i, column] of columns.entries()) {
      const { cells } = output[i]!;
      expect(cells).toHaveLength(950);
      const known = new Set(cellsOf(column.data));
      if (column.data.kind === 'text') expect(cells.filter((cell) => known.has(cell))).toEqual([]);
    }
  });

  it('is stored, opened again, and gives the same rows', async () => {
    const { engine, database } = await trained(name);
    await engine.generate('generation', generation(60));
    const before = made(database);
    const stored = await engine.exportModel('model');
    await engine.importModel('model', stored);
    database.datasets.clear();
    await engine.generate('again', generation(60));
    expect(made(database)).toEqual(before);
    const preview = await engine.probe('probe', { ...generation(5) });
    expect(preview.rows).toHaveLength(5);
  });
});

it('a stored model that learned nothing may not claim to draw a column', () => {
  const output = [{ role: 'feature' as const, schema: { name: 'a', storageType: 'text' as const } }];
  expect(() => createModel().check({ output } as never)).toThrow('is to draw a column');
});
