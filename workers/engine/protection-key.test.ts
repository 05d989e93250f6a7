import { describe, expect, it } from 'vitest';
import { newProtectionKey } from '../../src/domain/protection-key';
import { RandomStream } from '../../src/domain/random';
import { SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { EngineService } from './engine-service';
import { ArgnModel } from './models/argn/model';
import { encodeColumnsOf } from './models/argn/testing/train-columns';
import { loadKernels } from './models/argn/wasm/load-node';
import { WasmBackend } from './models/argn/wasm/wasm-backend';
import type { EngineEvent } from './protocol';
import { type MemoryColumn, MemoryDatabase } from './testing/memory-database';
import { TEST_KEY, trainRequest } from './testing/train-request';

const ROWS = 400;
const KEYS = Array.from({ length: 60 }, (_, i) => String(i).padStart(64, '0'));

/** Texts of which one stands in 5 rows, one in 6, and three in the others; and a number. */
function table(): MemoryColumn[] {
  const stream = new RandomStream(1, 'table');
  const text = (name: string): MemoryColumn => ({
    name,
    storageType: 'text',
    data: {
      kind: 'text',
      codes: Int32Array.from({ length: ROWS }, (_, row) =>
        row < 5 ? 0 : row < 11 ? 1 : 2 + stream.below(3),
      ),
      dictionary: ['five', 'six', 'x', 'y', 'z'],
    },
  });
  const values = Float64Array.from({ length: ROWS }, () => stream.normal());
  return [
    text('a'),
    text('b'),
    { name: 'n', storageType: 'float', data: { kind: 'number', values, nulls: null } },
  ];
}

/** Per text column what its kept categories give away of the threshold: 5, 6, or 7 for more. */
async function thresholds(protectionKey: string, randomState: number): Promise<number[]> {
  const rows = { validationShare: 0 };
  const { features } = await encodeColumnsOf(table(), { protectionKey, randomState, rows });
  return features.flatMap(({ encoding }) => {
    if (encoding.type !== 'TABULAR_CATEGORICAL') return [];
    return encoding.categories.includes('five') ? 5 : encoding.categories.includes('six') ? 6 : 7;
  });
}

describe('thresholds', () => {
  it('follow from the key alone, each column its own', async () => {
    const drawn = await Promise.all(KEYS.map((key) => thresholds(key, 1)));
    for (const column of [0, 1]) {
      for (const threshold of [5, 6, 7]) {
        const count = drawn.filter((plan) => plan[column] === threshold).length;
        // 14, 11 and 35 of 60 expected.
        expect(count).toBeGreaterThan(2);
        expect(count).toBeLessThan(50);
      }
    }
    expect(drawn.filter(([a, b]) => a !== b).length).toBeGreaterThan(20);
    expect(await Promise.all(KEYS.map((key) => thresholds(key, 2)))).toEqual(drawn);
  });
});

describe('noise on counts', () => {
  /** Of the rows 15 to 20, which alone hold a category. */
  async function noise(seed: number) {
    const codes = Int32Array.from({ length: ROWS }, (_, row) => (row >= 15 && row < 21 ? 0 : 1 + (row % 2)));
    const data = { kind: 'text', codes, dictionary: ['six', 'x', 'y'] } as const;
    const columns: MemoryColumn[] = [{ name: 'a', storageType: 'text', data }];
    const rows = { seed, validationShare: 0.1 };
    // A key whose threshold lets the six show.
    const { facts, countNoise } = await encodeColumnsOf(columns, { protectionKey: KEYS[3]!, rows });
    const code = Array.from(facts[0]!.counts).indexOf(6);
    return code < 0 ? null : countNoise[0]![code]!;
  }

  it('is that of the same people whatever other rows train', async () => {
    const drawn = await Promise.all(Array.from({ length: 12 }, (_, seed) => noise(seed)));
    // In the other trainings one of the six is held back.
    const whole = drawn.filter((value) => value !== null);
    expect(whole.length).toBeGreaterThan(3);
    expect(new Set(whole).size).toBe(1);
    expect(whole[0]).not.toBe(0);
  });
});

describe('a training', () => {
  async function trained(protectionKey: string, randomState = 1) {
    const module = await loadKernels();
    const database = new MemoryDatabase({ source: table() });
    const events: EngineEvent[] = [];
    const engine = new EngineService(async () => new ArgnModel(async () => new WasmBackend(module)));
    engine.attach(database, (event) => events.push(event));
    const configuration = { modelSize: 'S', maxEpochs: 1, privacyGuard: false };
    const request = trainRequest(table(), { protectionKey, randomState, configuration });
    const outcome = await engine.train('training', request);
    const names = { modelId: 'model', tableId: 'drawn', fileName: 'drawn' };
    const settings = SyntheticTableConfiguration.parse({});
    const draw = { ...names, rows: 200, randomState: 1, configuration: settings };
    const summary = await engine.generate('generation', draw);
    const { manifest, tensors } = await engine.exportModel('model');
    const rows = JSON.stringify(database.datasets.get('drawn')!.blocks, (_, value) =>
      ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value,
    );
    return { manifest, tensors, rows, told: JSON.stringify([outcome, summary, events]) };
  }

  it('is had again with key and seed, and not without one of them', async () => {
    const { manifest, tensors, rows } = await trained(TEST_KEY);
    const again = await trained(TEST_KEY);
    expect([again.manifest, again.rows]).toEqual([manifest, rows]);
    expect(again.tensors).toEqual(tensors);
    for (const other of [await trained(KEYS[0]!), await trained(TEST_KEY, 2)]) {
      expect(other.tensors).not.toEqual(tensors);
      expect(other.rows).not.toBe(rows);
    }
  });

  it('tells nobody its key', async () => {
    const key = newProtectionKey();
    const { manifest, tensors, rows, told } = await trained(key);
    const latin = Buffer.from(tensors).toString('latin1');
    for (const form of [key, Buffer.from(key, 'hex').toString('latin1')]) {
      for (const text of [manifest, latin, rows, told]) expect(text.includes(form)).toBe(false);
    }
  });
});
