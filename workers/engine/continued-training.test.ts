import { beforeAll, describe, expect, it } from 'vitest';
import { takeRows } from '../../src/domain/column-data';
import { SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { mixedTable, texts } from '../quality/testing/make-columns';
import { EngineService } from './engine-service';
import { ArgnModel } from './models/argn/model';
import { loadKernels } from './models/argn/wasm/load-node';
import { WasmBackend } from './models/argn/wasm/wasm-backend';
import type { Model } from './models/model';
import type { ContinuedModel } from './protocol';
import { cellsOf, type MemoryColumn, MemoryDatabase } from './testing/memory-database';
import { type RequestOverrides, trainRequest } from './testing/train-request';

const NEWER = mixedTable(700, 3);
/** The first five sixths of it. */
const OLDER = NEWER.map((column) => ({
  ...column,
  data: takeRows(
    column.data,
    Uint32Array.from({ length: 580 }, (_, row) => row),
  ),
}));
const OFF = { privacyGuard: false, maxEpochs: 3 };

/** An engine over some tables; with a way to train on one of them and to look at what was learned. */
async function openEngine(tables: Readonly<Record<string, readonly MemoryColumn[]>>) {
  const kernels = await loadKernels();
  const database = new MemoryDatabase(tables);
  const engine = new EngineService(
    async () => new ArgnModel(async () => new WasmBackend(kernels)) as unknown as Model,
  );
  engine.attach(database, () => undefined);
  const train = async (
    modelId: string,
    tableId: string,
    overrides: RequestOverrides,
    continueFrom?: ContinuedModel,
    continues?: { tableId: string },
  ) => {
    const request = trainRequest(tables[tableId]!, overrides);
    const earlier = continues && {
      continues: { tableId: continues.tableId, rows: request.rows, knownBy: [] },
    };
    return engine.train(modelId, {
      ...request,
      ...{ modelId, table: { ...request.table, tableId }, rows: { ...request.rows, ...earlier } },
      ...(continueFrom && { continueFrom }),
    });
  };
  const stored = async (modelId: string) => {
    const { manifest, tensors } = await engine.exportModel(modelId);
    return { manifest: JSON.parse(manifest), tensors: new Uint8Array(tensors) };
  };
  return { database, engine, train, stored };
}

describe('A training that goes on from a model', () => {
  let open: Awaited<ReturnType<typeof openEngine>>;
  let base: ContinuedModel & { readonly loss: number };
  beforeAll(async () => {
    open = await openEngine({ older: OLDER, newer: NEWER });
    const { columns, summary } = await open.train('base', 'older', { configuration: OFF });
    base = { modelId: 'base', columns, sameRows: true, loss: summary.passes!.validationLoss! };
  });
  const goOn = (modelId: string) => open.train(modelId, 'older', { configuration: OFF }, base);

  it('on the same rows ends no worse, with the same columns, encodings and network', async () => {
    const { columns, summary } = await goOn('same');
    expect(summary.passes!.validationLoss!).toBeLessThanOrEqual(base.loss);
    expect(columns).toEqual(base.columns);
    const [before, after] = [await open.stored('base'), await open.stored('same')];
    for (const part of ['features', 'spec', 'orders', 'factors'] as const)
      expect(after.manifest.content[part]).toEqual(before.manifest.content[part]);
    expect(after.manifest.output).toEqual(before.manifest.output);
    expect(after.tensors).not.toEqual(before.tensors);
  });

  it('is the same each time', async () => {
    await goOn('once');
    await goOn('again');
    expect(await open.stored('again')).toEqual(await open.stored('once'));
  });

  it('that takes no step gives the weights that it started from, noise on counts included', async () => {
    const configuration = { ...OFF, maxEpochs: 0.001 };
    const { summary } = await open.train('still', 'older', { configuration }, base);
    const [before, after] = [await open.stored('base'), await open.stored('still')];
    const values = ({ tensors }: typeof before) =>
      new Float32Array(tensors.slice(8 + Number(new DataView(tensors.buffer).getBigUint64(0, true))).buffer);
    expect(summary.passes!.steps).toBeLessThan(3);
    values(after).forEach((value, i) => {
      expect(Math.abs(value - values(before)[i]!)).toBeLessThan(0.002);
    });
  });

  it('learns rows of a newer version with the encodings of the older, and holds back none that was learned', async () => {
    const newer = { ...base, sameRows: false };
    const { summary } = await open.train('newer', 'newer', { configuration: OFF }, newer, {
      tableId: 'older',
    });
    expect(summary.rows).toEqual({ training: 630, validation: 70 });
    const [before, after] = [await open.stored('base'), await open.stored('newer')];
    expect(after.manifest.content.features).toEqual(before.manifest.content.features);
    const first = trainRequest(OLDER, { configuration: OFF }).rows;
    const rows = trainRequest(NEWER, { configuration: OFF }).rows;
    const continues = { tableId: 'older', rows: first, knownBy: [] };
    const read = async (table: string, part: 'training' | 'validation', continued: boolean) => {
      const selection = { ...(continued ? { ...rows, continues } : first), part };
      const columns = await Promise.all(
        NEWER.map(async ({ name }) => cellsOf((await open.database.readParts(table, name, [selection]))[0]!)),
      );
      return new Set(columns[0]!.map((_, row) => JSON.stringify(columns.map((cells) => cells[row]))));
    };
    const learned = await read('older', 'training', false);
    const heldBack = await read('newer', 'validation', true);
    expect([...heldBack].filter((row) => learned.has(row))).toEqual([]);
    // On the same rows once more, it starts where it ended.
    const selection = { tableId: 'older' };
    const again = { modelId: 'newer', columns: base.columns, sameRows: true };
    const next = await open.train('next', 'newer', { configuration: OFF }, again, selection);
    expect(next.summary.passes!.validationLoss!).toBeLessThanOrEqual(summary.passes!.validationLoss!);
    // All that was held back before still is.
    const before58 = await read('older', 'validation', false);
    expect([...before58].filter((row) => !heldBack.has(row))).toEqual([]);
  });

  it('takes values that the model does not know for rare ones, and shows none of them', async () => {
    const NEW = 'Newtown';
    const changed = NEWER.map((column) => {
      if (column.name !== 'job') return column;
      const cells = cellsOf(column.data) as string[];
      return texts(
        'job',
        cells.map((job, row) => (row % 3 === 0 ? NEW : job)),
      );
    });
    const other = await openEngine({ older: OLDER, newer: changed });
    const { columns } = await other.train('base', 'older', { configuration: OFF });
    const from = { modelId: 'base', columns, sameRows: false };
    await other.train('newer', 'newer', { configuration: OFF }, from, { tableId: 'older' });
    expect(JSON.stringify((await other.stored('newer')).manifest)).not.toContain(NEW);
    const configuration = SyntheticTableConfiguration.parse({});
    const probe = await other.engine.probe('probe', {
      modelId: 'newer',
      rows: 300,
      randomState: 1,
      configuration,
    });
    const at = probe.columns.indexOf('job');
    expect(probe.rows.filter((row) => row[at] === NEW)).toEqual([]);
  });
});

it('A training goes on without a column that was never learned, and whatever new ones there are', async () => {
  const columns = OLDER.map(({ name }) => ({ name, included: name !== 'since' }));
  const newer = [
    texts(
      'added',
      Array.from({ length: 700 }, (_, row) => 'xyz'[row % 3]!),
    ),
    ...NEWER.filter(({ name }) => name !== 'since').reverse(),
  ];
  const { train, stored } = await openEngine({ older: OLDER, newer });
  const base = await train('base', 'older', { configuration: OFF, columns });
  const from = { modelId: 'base', columns: base.columns, sameRows: false };
  await train('newer', 'newer', { configuration: OFF }, from, { tableId: 'older' });
  expect((await stored('newer')).manifest.output).toEqual((await stored('base')).manifest.output);
});

describe('A training cannot go on', () => {
  it('where a column has gone or has another type', async () => {
    const without = NEWER.filter(({ name }) => name !== 'pay');
    const { train } = await openEngine({ older: OLDER, newer: without });
    const { columns } = await train('base', 'older', { configuration: OFF });
    const from = { modelId: 'base', columns, sameRows: false };
    await expect(train('newer', 'newer', { configuration: OFF }, from)).rejects.toThrow('no column “pay”');
  });

  it('where settings ask for another network', async () => {
    const { train } = await openEngine({ older: OLDER });
    const { columns } = await train('base', 'older', { configuration: OFF });
    const from = { modelId: 'base', columns, sameRows: true };
    const configuration = { ...OFF, modelSize: 'L' };
    await expect(train('larger', 'older', { configuration }, from)).rejects.toThrow(
      '“modelSize” would change it',
    );
  });

  it('with differential privacy, or with so few rows that the guard has to cross-fit', async () => {
    const { train } = await openEngine({ older: OLDER });
    const { columns } = await train('base', 'older', { configuration: OFF });
    const from = { modelId: 'base', columns, sameRows: true };
    const differentialPrivacy = { maxEpsilon: 8 };
    await expect(
      train('private', 'older', { configuration: { ...OFF, differentialPrivacy } }, from),
    ).rejects.toThrow('cannot go on');
    await expect(
      train('tiny', 'older', { configuration: { ...OFF, privacyGuard: true } }, from),
    ).rejects.toThrow('So few rows');
  });

  it('on rows that break a rule which the model keeps by a column of its own', async () => {
    // Arrival is after departure: the model learns how long after.
    const days = (offset: number) => (row: number) => Date.UTC(2020, 0, 1 + ((row * 7) % 300) + offset);
    const trips = (rows: number, broken: boolean): MemoryColumn[] => {
      const dates = (name: string, of: (row: number) => number): MemoryColumn => ({
        ...{ name, storageType: 'date' },
        data: {
          kind: 'number',
          values: Float64Array.from({ length: rows }, (_, row) => of(row)),
          nulls: null,
        },
      });
      return [
        dates('left', days(0)),
        dates('came', (row) => days(broken && row % 4 === 0 ? -3 : 1 + (row % 5))(row)),
        texts(
          'town',
          Array.from({ length: rows }, (_, row) => ['Graz', 'Linz', 'Wien'][(row * row) % 3]!),
        ),
      ];
    };
    const { train, stored } = await openEngine({ older: trips(600, false), newer: trips(640, true) });
    const { columns } = await train('base', 'older', { configuration: OFF });
    expect((await stored('base')).manifest.kept.extras.length).toBeGreaterThan(0);
    const from = { modelId: 'base', columns, sameRows: false };
    await expect(train('newer', 'newer', { configuration: OFF }, from)).rejects.toThrow('now break');
  });
});
