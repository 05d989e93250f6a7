import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../../src/domain/random';
import { analyseBinned, encodeBinned } from '../../../encoding/numeric-binned';
import type { EncodedFeature } from '../../coded-columns';
import { seenCodes } from './seen-codes';

const ROWS = 4000;
const TIE = { from: 'a', to: 'b', ratio: 'a by b', tolerance: 0.1 };

/** b is a times a ratio in half of the rows, else anything. */
function closeColumns() {
  const stream = new RandomStream(3, 'close');
  const a = Float64Array.from({ length: ROWS }, () => 100 + 9900 * stream.uniform());
  const missing = Uint8Array.from({ length: ROWS }, () => stream.below(2));
  const ratio = Float64Array.from({ length: ROWS }, (_, row) =>
    missing[row] ? 0 : 0.95 + 0.1 * stream.uniform(),
  );
  const b = a.map((value, row) => (missing[row] ? 100 + 9900 * stream.uniform() : value * ratio[row]!));
  const columns = [
    { name: 'a', values: a, nulls: null },
    { name: 'a by b', values: ratio, nulls: missing },
    { name: 'b', values: b, nulls: null },
  ];
  const coded = columns.map(({ name, values, nulls }, outputIndex) => {
    const data = { kind: 'number' as const, values, nulls };
    const options = {
      valueProtection: true,
      rareCategoryReplacementMethod: 'CONSTANT' as const,
      seed: outputIndex,
    };
    const encoding = analyseBinned(data, 'float', options);
    const schema = { name, originalName: name, storageType: 'float' as const };
    const feature: EncodedFeature = { schema, outputIndex, encoding };
    return { feature, codes: encodeBinned(encoding, data) };
  });
  return { features: coded.map(({ feature }) => feature), codes: coded.map(({ codes }) => codes), missing };
}

describe('seenCodes', () => {
  const { features, codes, missing } = closeColumns();
  const seen = seenCodes(features, [TIE]);

  it('does not depend on the drawn code of a column that a ratio gives its value', () => {
    const others = [codes[0]!, codes[1]!, codes[2]!.map((code) => (code + 7) % 40)];
    const [own, other] = [seen(codes)[2]!, seen(others)[2]!];
    for (let row = 0; row < ROWS; row++) {
      if (missing[row] === 0) expect(other[row]).toBe(own[row]);
      else expect([own[row], other[row]]).toEqual([codes[2]![row], others[2]![row]]);
    }
  });

  it('is near the code of the computed value', () => {
    const own = seen(codes)[2]!;
    const far = own.filter((code, row) => Math.abs(code - codes[2]![row]!) > 2);
    expect(far.length).toBeLessThan(0.02 * ROWS);
  });

  it('leaves other columns, and tables without ratios, as they are', () => {
    expect(seen(codes).slice(0, 2)).toEqual(codes.slice(0, 2));
    expect(seenCodes(features, [])(codes)).toEqual(codes);
    expect(seenCodes(features, [{ from: 'a', to: 'b', flag: 'a equals b' }])(codes)).toEqual(codes);
  });
});
