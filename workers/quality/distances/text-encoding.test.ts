import { expect, test } from 'vitest';
import type { TextColumn } from '../../../src/domain/column-data';
import { texts } from '../testing/make-columns';
import { quietPacer } from '../testing/quiet-pacer';
import { EMBEDDING_SIZE, HashEmbedding } from './hash-embedding';
import { encodeTexts, fitTexts } from './text-encoding';

function column(values: (string | null)[]): TextColumn {
  return texts('t', values).data as TextColumn;
}

function embed(text: string): Float64Array {
  const out = new Float64Array(EMBEDDING_SIZE);
  new HashEmbedding().embed(text, out);
  return out;
}

function cosine(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, d) => sum + value * b[d]!, 0);
}

test('embeddings have unit length, ignore case and accents, and know common pieces', async () => {
  const craft = embed('Craft-repair');
  expect(cosine(craft, craft)).toBeCloseTo(1, 12);
  expect(embed('crâft-REPAIR')).toEqual(craft);
  expect(cosine(embed('Married-civ-spouse'), embed('Married-AF-spouse'))).toBeGreaterThan(0.5);
  expect(Math.abs(cosine(embed('Husband'), embed('Sales')))).toBeLessThan(0.3);
  expect(embed('').every((value) => value === 0)).toBe(true);
});

test.each([
  [1, 2],
  [20, 2],
  [21, 3],
  [100, 3],
  [101, 4],
])('%i values take %i dimensions', async (count, dims) => {
  const values = Array.from({ length: count }, (_, i) => `value ${i}`);
  expect(encodeTexts(await fitTexts([column(values)], quietPacer()), column(values))).toHaveLength(dims);
});

test('values lie apart, equal ones together, unknown ones at one point', async () => {
  const values = ['red', 'green', 'blue', null, '', 'a longer text'];
  const encoding = await fitTexts([column(values), column(['white'])], quietPacer());
  const at = (texts: (string | null)[]) => {
    const dims = encodeTexts(encoding, column(texts));
    return texts.map((_, row) => dims.map((values) => values[row]!));
  };
  const points = at([...values, 'white']);
  for (let i = 0; i < points.length; i++) {
    for (let j = 0; j < i; j++)
      expect(Math.hypot(...points[i]!.map((x, d) => x - points[j]![d]!))).toBeGreaterThan(1e-3);
  }
  const [unseen, other, rare, red] = at(['unseen', 'never', '_RARE_', 'red']);
  expect(unseen).toEqual(other);
  expect(unseen).toEqual(rare);
  expect(red).toEqual(points[0]);
});

test('a literal _RARE_ in the data is no obstacle, nor are thousands of long values', async () => {
  const values = Array.from({ length: 3000 }, (_, i) => `${i} ${'lorem ipsum '.repeat(50)}`);
  const encoded = encodeTexts(
    await fitTexts([column(['_RARE_', ...values])], quietPacer()),
    column(['_RARE_', ...values]),
  );
  expect(encoded).toHaveLength(4);
  for (const dimension of encoded) for (const value of dimension) expect(Number.isFinite(value)).toBe(true);
});
