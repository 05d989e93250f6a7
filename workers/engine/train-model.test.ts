import { describe, expect, it } from 'vitest';
import { SourceTableConfig } from '../../src/domain/generators';
import { RandomStream } from '../../src/domain/random';
import { openBackend } from './models/argn/testing/open-backend';
import { request as drawing } from './models/argn/testing/samples';
import { RECIPE } from './models/argn/training/schedule';
import { prepareTable } from './prepare-table';
import type { TrainRequest } from './protocol';
import { type MemoryColumn, MemoryDatabase, profileOf } from './testing/memory-database';
import { createModel, loadModel, trainPrepared } from './train-model';

const COLUMNS = 60;
const ROWS = 1500;
const HOOKS = { cancel: new AbortController().signal, pause: async () => undefined };

const PREPARING = { ...HOOKS, onColumns: () => undefined };
const QUIET = {
  ...HOOKS,
  stop: HOOKS.cancel,
  onMessage: () => undefined,
  onProgress: () => undefined,
  onCheckpoint: async () => undefined,
};

/** Every column copies the one 30 before it in nine rows of ten, and has nothing to do with any other. */
function wideTable(rows = ROWS) {
  const stream = new RandomStream(1, 'wide');
  const codes: Int32Array[] = [];
  for (let c = 0; c < COLUMNS; c++) {
    const copied = codes[c - 30];
    codes.push(
      Int32Array.from({ length: rows }, (_, r) =>
        copied && stream.uniform() < 0.9 ? copied[r]! : stream.below(4),
      ),
    );
  }
  const dictionary = ['north', 'east', 'south', 'west'];
  return codes.map((values, c) => ({
    name: `column ${c}`,
    storageType: 'text' as const,
    data: { kind: 'text' as const, codes: values, dictionary },
  }));
}

describe('a wide table', () => {
  it('trains with a few inputs per column and draws in any order and under conditions', async () => {
    const columns = wideTable();
    const table = SourceTableConfig.parse({
      name: 'wide',
      sourceId: 'wide',
      columns: columns.map(({ name }) => ({ name })),
      tabularModelConfiguration: { maxEpochs: 12, privacyGuard: false },
    });
    const request: TrainRequest = {
      modelId: 'model',
      table,
      profiles: columns.map(profileOf),
      randomState: 1,
      rows: { part: 'training', seed: 1, validationShare: 0.1, maxValidation: 500, maxSampleSize: null },
    };
    const database = new MemoryDatabase({ wide: columns });
    const prepared = await prepareTable(request, database, { ...HOOKS, onColumns: () => undefined });
    const limit = { share: 0, fewest: 4, most: 4 };
    const model = await createModel(prepared, request, HOOKS.pause, limit);
    const { subColumns } = model.artefact.manifest.spec;
    subColumns.forEach(({ inputs }, j) => {
      expect(inputs).toHaveLength(4);
      expect(inputs).toContain((j + 30) % 60);
    });
    const backend = await openBackend('wasm');
    const { artefact, summary } = await trainPrepared(backend, prepared, request, model, QUIET);
    expect(artefact.manifest.orders).toEqual(RECIPE.orders);
    expect(summary.generationOrder).toBe('rotated');
    await loadModel(backend, { ...artefact, manifest: JSON.parse(JSON.stringify(artefact.manifest)) });
    const rows = 400;
    const { spec } = artefact.manifest;
    const given = Uint16Array.from({ length: rows }, (_, r) => 1 + (r % 4));
    for (const order of [subColumns.map((_, j) => j), subColumns.map((_, j) => j).reverse()]) {
      const fixed = subColumns.map((_, j) => (j === order[0] ? given : null));
      const codes = await backend.generate(drawing(spec, { rows, order, fixed, weights: 'average' }));
      let equal = 0;
      for (let at = 0; at < 30 * rows; at++) if (codes[at] === codes[at + 30 * rows]) equal++;
      expect(equal / (30 * rows)).toBeGreaterThan(0.8);
    }
    backend.dispose();
  });
});

describe('a tiny table', () => {
  const inputsOf = async (rows: number, privacyGuard: boolean) => {
    const columns = wideTable(rows).slice(0, 31);
    const request = requestOf(columns, { privacyGuard }, 0);
    const prepared = await prepareTable(request, new MemoryDatabase({ source: columns }), PREPARING);
    const { artefact } = await createModel(prepared, request, HOOKS.pause);
    return artefact.manifest.spec.subColumns.map(({ inputs }) => inputs?.length);
  };

  it('gives every column fewer inputs where the guard watches', async () => {
    expect(new Set(await inputsOf(300, true))).toEqual(new Set([12]));
    expect(new Set(await inputsOf(300, false))).toEqual(new Set([26]));
    expect(new Set(await inputsOf(1000, true))).toEqual(new Set([26]));
  });
});

function requestOf(
  columns: readonly MemoryColumn[],
  tabularModelConfiguration: object,
  validationShare: number,
): TrainRequest {
  return {
    modelId: 'model',
    table: SourceTableConfig.parse({
      name: 'source',
      sourceId: 'source',
      columns: columns.map(({ name }) => ({ name })),
      tabularModelConfiguration,
    }),
    profiles: columns.map(profileOf),
    randomState: 1,
    rows: { part: 'training', seed: 1, validationShare, maxValidation: 500, maxSampleSize: null },
  };
}
