/** Blocks of a frame unpack to at most so much. */
const MAX_BLOCK_BYTES = 4 * 2 ** 20;

/**
 * Unpacks LZ4 frames (https://github.com/lz4/lz4, lz4_Frame_format), which Arrow compresses buffers with.
 * @param size bytes of the unpacked buffer
 * @throws Error if the data is damaged
 */
export function unpackLz4Frame(source: Uint8Array, size: number): Uint8Array {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const target = new Uint8Array(size);
  let at = 0;
  let to = 0;
  while (at + 7 <= source.length) {
    if (view.getUint32(at, true) !== 0x184d2204) throw new Error('an LZ4 frame does not begin as one');
    const flags = source[at + 4]!;
    at += 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0);
    for (;;) {
      const word = view.getUint32(at, true);
      at += 4;
      if (word === 0) break;
      const length = word & 0x7fffffff;
      if (length > 2 * MAX_BLOCK_BYTES || at + length > source.length) throw new Error('an LZ4 block is cut');
      const block = source.subarray(at, at + length);
      if (word & 0x80000000) {
        target.set(block, to);
        to += length;
      } else to = unpackBlock(block, target, to);
      at += length + (flags & 16 ? 4 : 0);
    }
    at += flags & 4 ? 4 : 0;
  }
  if (to !== size) throw new Error('an LZ4 frame unpacks to another size than it says');
  return target;
}

/** @returns where the unpacked bytes end; blocks may refer to those before them */
function unpackBlock(block: Uint8Array, target: Uint8Array, begin: number): number {
  let at = 0;
  let to = begin;
  const lengthFrom = (nibble: number) => {
    let length = nibble;
    if (nibble === 15) {
      let byte = 255;
      while (byte === 255) {
        if (at >= block.length) throw new Error('an LZ4 block is damaged');
        byte = block[at++]!;
        length += byte;
      }
    }
    return length;
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = lengthFrom(token >> 4);
    if (at + literals > block.length || to + literals > target.length)
      throw new Error('an LZ4 block is damaged');
    target.set(block.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at >= block.length) break;
    const distance = block[at]! | (block[at + 1]! << 8);
    at += 2;
    const length = lengthFrom(token & 15) + 4;
    if (distance === 0 || distance > to || to + length > target.length)
      throw new Error('an LZ4 block is damaged');
    // Bytes may repeat within what is copied.
    for (let i = 0; i < length; i++) target[to + i] = target[to + i - distance]!;
    to += length;
  }
  return to;
}
