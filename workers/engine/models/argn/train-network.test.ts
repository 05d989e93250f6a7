import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { openBackend } from './testing/open-backend';
import { request as drawing } from './testing/samples';
import { networkOf, trainColumns } from './testing/train-columns';
import { loadNetwork } from './train-network';
import { RECIPE } from './training/schedule';

const COLUMNS = 60;
const ROWS = 1500;
/** Every column copies the one 30 before it in nine rows of ten, and is independent of all others. */
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
    const backend = await openBackend('wasm');
    const limit = { share: 0, min: 4, max: 4 };
    const overrides = { configuration: { maxEpochs: 12, privacyGuard: false } };
    const { network, learned, summary } = await trainColumns(backend, wideTable(), overrides, { limit });
    const { spec } = network.content;
    const { subColumns } = spec;
    subColumns.forEach(({ inputs }, j) => {
      expect(inputs!.length).toBeLessThanOrEqual(4);
      expect(inputs).toContain((j + 30) % 60);
    });
    expect(learned.content.orders).toEqual(RECIPE.orders);
    expect(summary.generationOrder).toBe('rotated');
    await loadNetwork(backend, { ...learned, content: JSON.parse(JSON.stringify(learned.content)) });
    const rows = 400;
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
    // All columns are equal: each depends on all others.
    const [first, ...others] = wideTable(rows).slice(0, 31);
    const table = [first!, ...others.map(({ name }) => ({ ...first!, name }))];
    const overrides = { configuration: { privacyGuard }, rows: { validationShare: 0 } };
    const { network } = await networkOf(table, overrides);
    return network.content.spec.subColumns.map(({ inputs }) => inputs?.length);
  };

  it('gives every column fewer inputs if the guard is on', async () => {
    expect(new Set(await inputsOf(300, true))).toEqual(new Set([12]));
    expect(new Set(await inputsOf(300, false))).toEqual(new Set([26]));
    expect(new Set(await inputsOf(1000, true))).toEqual(new Set([26]));
  });
});
