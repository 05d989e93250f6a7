import type { RandomStream } from '../../../../src/domain/random';
import type { Change } from './bytes';

/** Counts, lengths and positions that no file means. */
const EXTREMES = [
  0n,
  1n,
  -1n,
  2n,
  127n,
  128n,
  255n,
  256n,
  32_767n,
  65_535n,
  65_536n,
  10_000_000n,
  0x3fff_ffffn,
  0x7fff_ffffn,
  -0x8000_0000n,
  0xffff_ffffn,
  2n ** 40n,
  2n ** 53n,
  2n ** 63n - 1n,
  -(2n ** 63n),
];

const WIDTHS = [1, 2, 4, 4, 8] as const;

/** An extreme number, or one that is near another. */
export function extreme(near: bigint, size: number, random: RandomStream): bigint {
  switch (random.below(6)) {
    case 0:
      return near + BigInt(random.below(5)) - 2n;
    case 1:
      return BigInt(size) + BigInt(random.below(3)) - 1n;
    default:
      return EXTREMES[random.below(EXTREMES.length)]!;
  }
}

/** A number of so many bytes at a position replaced by an extreme one. */
export function withExtreme(
  bytes: Uint8Array,
  at: number,
  width: 1 | 2 | 4 | 8,
  random: RandomStream,
  isLittleEndian = true,
): Uint8Array {
  if (at < 0 || at + width > bytes.length) return bytes;
  const copy = bytes.slice();
  const order = (byte: number) => (isLittleEndian ? byte : width - 1 - byte);
  let near = 0n;
  for (let i = 0; i < width; i++) near |= BigInt(copy[at + order(i)]!) << BigInt(8 * i);
  const number = BigInt.asUintN(8 * width, extreme(near, bytes.length, random));
  for (let i = 0; i < width; i++) copy[at + order(i)] = Number((number >> BigInt(8 * i)) & 255n);
  return copy;
}

/** A number anywhere overwritten with an extreme one: most stand at multiples of their width. */
export const overwriteNumber: Change = (bytes, random) => {
  const width = WIDTHS[random.below(WIDTHS.length)]!;
  const at = random.below(bytes.length + 1);
  const aligned = random.below(4) === 0 ? at : at - (at % width);
  return withExtreme(bytes, aligned, width, random, random.below(3) > 0);
};
