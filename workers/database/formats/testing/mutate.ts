import type { RandomStream } from '../../../../src/domain/random';

/** A copy with some bits flipped, bytes replaced, a part removed or its end cut off. */
export function mutate(bytes: Uint8Array, random: RandomStream): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  const kind = random.below(4);
  if (kind === 0) return copy.subarray(0, random.below(copy.length));
  const at = random.below(copy.length);
  if (kind === 1) {
    const cut = Math.min(copy.length - at, 1 + random.below(40));
    copy.copyWithin(at, at + cut);
    return copy.subarray(0, copy.length - cut);
  }
  const times = 1 + random.below(8);
  for (let k = 0; k < times; k++) {
    // Headers and footers are where a change tells.
    const near = random.below(3) === 0 ? random.below(Math.min(200, copy.length)) : random.below(copy.length);
    const position = random.below(2) === 0 ? near : copy.length - 1 - near;
    if (kind === 2) copy[position]! ^= 1 << random.below(8);
    else copy[position] = [0, 1, 127, 128, 255, 65][random.below(6)]!;
  }
  return copy;
}
