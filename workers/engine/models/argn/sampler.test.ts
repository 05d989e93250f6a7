import { describe, expect, it } from 'vitest';
import type { ColumnData } from '../../../../src/domain/column-data';
import { RandomStream } from '../../../../src/domain/random';
import { SyntheticTableConfiguration } from '../../../../src/domain/synthetic-datasets';
import { cellsOf, type MemoryColumn } from '../../testing/memory-database';
import type { GivenColumn, RowBlock, Sampler } from '../model';
import { ArgnModel } from './model';
import { trainColumns } from './testing/train-columns';
import { loadKernels } from './wasm/load-node';
import { WasmBackend } from './wasm/wasm-backend';

const LETTERS = ['x', 'y', 'z'];
const configuration = SyntheticTableConfiguration.parse({});

/** b says a in capitals in nine rows of ten; n lies at ten times a. */
function table(rows = 1500): MemoryColumn[] {
  const stream = new RandomStream(2, 'table');
  const a = Int32Array.from({ length: rows }, () => stream.below(3));
  const b = a.map((code) => (stream.uniform() < 0.9 ? code : stream.below(3)));
  const n = Float64Array.from(a, (code) => 10 * code + stream.below(4));
  return [
    { name: 'a', storageType: 'text', data: { kind: 'text', codes: a, dictionary: LETTERS } },
    { name: 'b', storageType: 'text', data: { kind: 'text', codes: b, dictionary: ['X', 'Y', 'Z'] } },
    { name: 'n', storageType: 'integer', data: { kind: 'number', values: n, nulls: null } },
  ];
}

async function sampler(flexible = true): Promise<Sampler> {
  const module = await loadKernels();
  const overrides = {
    configuration: { maxEpochs: 20, privacyGuard: false, enableFlexibleGeneration: flexible },
  };
  const { learned } = await trainColumns(new WasmBackend(module), table(), overrides);
  return new ArgnModel(async () => new WasmBackend(module)).open(learned, () => undefined);
}

async function cells(blocks: AsyncIterable<RowBlock>): Promise<(number | string | null)[][]> {
  const all: (number | string | null)[][] = [];
  for await (const { columns } of blocks) {
    columns.forEach((column, c) => {
      all[c] ??= [];
      all[c].push(...cellsOf(column));
    });
  }
  return all;
}

const text = (codes: ArrayLike<number>, dictionary: string[]): ColumnData => ({
  kind: 'text',
  codes: Int32Array.from(codes),
  dictionary,
});

describe('the sampler of ARGN', () => {
  it('keeps given columns and single cells, and draws the others given them', async () => {
    const model = await sampler();
    const rows = 900;
    const capitals = Array.from({ length: rows }, (_, r) => r % 3);
    const given: GivenColumn[] = [
      { feature: 1, data: text(capitals, ['X', 'Y', 'Z']), given: null },
      // Of every second row; of every fourth as a missing value.
      {
        feature: 0,
        data: text(
          capitals.map((code, r) => (r % 4 === 0 ? -1 : code)),
          LETTERS,
        ),
        given: Uint8Array.from(capitals, (_, r) => Number(r % 2 === 0)),
      },
    ];
    const request = { rows, seed: 3, configuration };
    const [a, b, n] = await cells(model.complete(given, request));
    expect(b).toEqual(capitals.map((code) => 'XYZ'[code]));
    const kept = a!.filter((_, r) => r % 2 === 0);
    expect(kept).toEqual(capitals.flatMap((code, r) => (r % 2 ? [] : [r % 4 === 0 ? null : LETTERS[code]!])));
    const share = (holds: (row: number) => boolean, among: (row: number) => boolean) => {
      const some = capitals.map((_, r) => r).filter(among);
      return some.filter(holds).length / some.length;
    };
    expect(
      share(
        (r) => a![r] === LETTERS[capitals[r]!],
        (r) => r % 2 === 1,
      ),
    ).toBeGreaterThan(0.8);
    expect(
      share(
        (r) => Math.floor(Number(n![r]) / 10) === capitals[r],
        (r) => r % 4 === 2,
      ),
    ).toBeGreaterThan(0.8);
    expect(await cells(model.complete(given, request))).toEqual([a, b, n]);
    model.dispose();
  });

  it('says which columns can be given where the order is fixed', async () => {
    const model = await sampler(false);
    const request = { rows: 2, seed: 1, configuration };
    const first: GivenColumn = { feature: 0, data: text([0, 1], LETTERS), given: null };
    expect((await cells(model.complete([first], request)))[0]).toEqual(['x', 'y']);
    const last: GivenColumn = { ...first, feature: 1, data: text([0, 1], ['X', 'Y', 'Z']) };
    await expect(cells(model.complete([last], request))).rejects.toMatchObject({ code: 'config/invalid' });
    const rotated = { ...configuration, generationOrder: 'rotated' as const };
    await expect(cells(model.rows({ ...request, configuration: rotated }))).rejects.toThrow(/fixed order/);
    model.dispose();
  });

  it('gives probabilities that add up and that say which rows are odd', async () => {
    const model = await sampler();
    const dictionary = ['X', 'Y', 'Z'];
    const all = Array.from({ length: 9 }, (_, i) => [Math.floor(i / 3), i % 3] as const);
    const score = (n: (a: number) => number) =>
      model.logProbability!([
        text(
          all.map(([a]) => a),
          LETTERS,
        ),
        text(
          all.map(([, b]) => b),
          dictionary,
        ),
        { kind: 'number', values: Float64Array.from(all, ([a]) => n(a)), nulls: null },
      ]);
    let total = 0;
    for (const n of [0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23]) {
      for (const value of await score(() => n)) total += Math.exp(value);
    }
    // All values there are; what is left belongs to the codes of missing and rare ones.
    expect(total).toBeGreaterThan(0.97);
    expect(total).toBeLessThan(1.0001);
    const usual = await score((a) => 10 * a + 1);
    const odd = await score((a) => 10 * ((a + 1) % 3) + 1);
    usual.forEach((value, i) => {
      expect(value).toBeGreaterThan(odd[i]!);
    });
    model.dispose();
  });
});
