import type { RandomStream } from '../../../../src/domain/random';

/** Bytes that mean something in one format or another: ends, marks, quotes, escapes, extremes. */
const TELLING = [
  0, 9, 10, 13, 26, 27, 32, 34, 39, 44, 59, 92, 123, 124, 127, 128, 192, 224, 239, 240, 254, 255,
];

/** Changes a few bytes of a file; it gives a copy, or the file itself where it finds nothing to change. */
export type Change = (bytes: Uint8Array, random: RandomStream) => Uint8Array;

/**
 * What a bad disk, a broken transfer or an editor does to a file of any format: bits flipped, bytes replaced, an end
 * missing, a slice inserted, deleted, doubled, moved or overwritten.
 */
export const BYTE_CHANGES: readonly Change[] = [
  // One bit of one byte.
  (bytes, random) => withByte(bytes, random, (byte) => byte ^ (1 << random.below(8))),
  (bytes, random) => withByte(bytes, random, () => TELLING[random.below(TELLING.length)]!),
  (bytes, random) => withByte(bytes, random, () => random.below(256)),
  // A few bytes of a header or a footer, where a change tells.
  (bytes, random) => {
    let changed = bytes;
    for (let left = 1 + random.below(8); left > 0; left--) changed = withByteNearEnds(changed, random);
    return changed;
  },
  // What a broken transfer leaves.
  (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
  (bytes, random) => bytes.slice(random.below(bytes.length + 1)),
  // A slice inserted, deleted, doubled, moved or blanked.
  (bytes, random) => {
    const what = Uint8Array.from(
      { length: 1 + random.below(8) },
      () => TELLING[random.below(TELLING.length)]!,
    );
    return spliced(bytes, random.below(bytes.length + 1), 0, what);
  },
  (bytes, random) => {
    const [from, length] = sliceOf(bytes, random);
    return spliced(bytes, from, length, new Uint8Array(0));
  },
  (bytes, random) => {
    const [from, length] = sliceOf(bytes, random);
    return spliced(bytes, random.below(bytes.length + 1), 0, bytes.slice(from, from + length));
  },
  (bytes, random) => {
    const [from, length] = sliceOf(bytes, random);
    const slice = bytes.slice(from, from + length);
    const rest = spliced(bytes, from, length, new Uint8Array(0));
    return spliced(rest, random.below(rest.length + 1), 0, slice);
  },
  (bytes, random) => {
    const [from, length] = sliceOf(bytes, random);
    return bytes.slice().fill(TELLING[random.below(TELLING.length)]!, from, from + length);
  },
];

function withByte(bytes: Uint8Array, random: RandomStream, change: (byte: number) => number): Uint8Array {
  if (bytes.length === 0) return bytes;
  const copy = bytes.slice();
  const at = random.below(copy.length);
  copy[at] = change(copy[at]!);
  return copy;
}

/** Bytes from either end that hold the header or the footer of most formats. */
const END_BYTES = 200;

function withByteNearEnds(bytes: Uint8Array, random: RandomStream): Uint8Array {
  if (bytes.length === 0) return bytes;
  const copy = bytes.slice();
  const near = random.below(Math.min(END_BYTES, copy.length));
  const at = random.below(2) === 0 ? near : copy.length - 1 - near;
  copy[at] =
    random.below(2) === 0 ? copy[at]! ^ (1 << random.below(8)) : TELLING[random.below(TELLING.length)]!;
  return copy;
}

function sliceOf(bytes: Uint8Array, random: RandomStream): [from: number, length: number] {
  const from = random.below(bytes.length + 1);
  return [from, Math.min(bytes.length - from, random.below(random.below(4) === 0 ? bytes.length + 1 : 17))];
}

/** With `removed` bytes replaced by others. */
export function spliced(bytes: Uint8Array, at: number, removed: number, what: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length - removed + what.length);
  result.set(bytes.subarray(0, at));
  result.set(what, at);
  result.set(bytes.subarray(at + removed), at + what.length);
  return result;
}
