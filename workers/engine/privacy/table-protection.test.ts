import { expect, it } from 'vitest';
import { MIN_THRESHOLD } from '../../../src/domain/rarity';
import { analyseColumn } from '../encoding/encoder';
import { repeat, textColumn } from '../encoding/testing';
import { KeyedRandom } from './keyed-random';
import { MAX_THRESHOLD } from './protection';
import { columnSeed, protectTable } from './table-protection';

const KEYED = new KeyedRandom('0123456789abcdef'.repeat(4));

it('gives rules and look-ups the threshold that shows the values of a column', () => {
  const { thresholdOf } = protectTable(true, KEYED);
  // Values that 4, 5, … 12 rows hold.
  const sizes = Array.from({ length: 9 }, (_, i) => MIN_THRESHOLD - 1 + i);
  const data = textColumn(sizes.flatMap((size) => repeat([`of ${size}`], size)));
  const names = Array.from({ length: 40 }, (_, i) => `column ${i}`);
  for (const name of names) {
    const encoding = analyseColumn(data, 'text', 'TABULAR_CATEGORICAL', {
      ...{ valueProtection: true, rareCategoryReplacementMethod: 'CONSTANT' },
      seed: columnSeed(KEYED, name),
    });
    if (encoding.type !== 'TABULAR_CATEGORICAL') throw new Error('is no category');
    const shown = sizes.filter((size) => encoding.categories.includes(`of ${size}`));
    expect(shown).toEqual(sizes.filter((size) => size >= thresholdOf(name)));
    expect(thresholdOf(name)).toBeGreaterThanOrEqual(MIN_THRESHOLD);
    expect(thresholdOf(name)).toBeLessThanOrEqual(MAX_THRESHOLD);
  }
  expect(new Set(names.map(thresholdOf)).size).toBeGreaterThan(3);
  expect(names.map(protectTable(false, KEYED).thresholdOf)).toEqual(names.map(() => 1));
});
