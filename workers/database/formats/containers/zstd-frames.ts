const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
/** Magic number, descriptor, window, dictionary and size of the content at most. */
const MAX_HEADER = 18;

/**
 * Follows the frames of Zstandard data without unpacking it (https://www.rfc-editor.org/rfc/rfc8878, §3.1): what a decoder
 * has to hold stands in the header of each, and is taken on trust by decoders.
 */
export class ZstdFrames {
  #carry: Uint8Array = new Uint8Array(0);
  /** Bytes until the next header of a frame or block. */
  #skip = 0;
  #isInFrame = false;
  #hasChecksum = false;
  #isOver = false;

  /** Takes the next bytes. Returns the most bytes that a frame beginning in them needs to be held; 0 without one. */
  largestWindow(chunk: Uint8Array): number {
    let largest = 0;
    let bytes = chunk;
    if (this.#carry.length > 0) {
      bytes = new Uint8Array(this.#carry.length + chunk.length);
      bytes.set(this.#carry);
      bytes.set(chunk, this.#carry.length);
    }
    let at = 0;
    while (!this.#isOver) {
      const skipped = Math.min(this.#skip, bytes.length - at);
      this.#skip -= skipped;
      at += skipped;
      const length = this.#skip > 0 ? 0 : this.#isInFrame ? 3 : headerLength(bytes.subarray(at));
      if (length === 0 || bytes.length - at < length) break;
      const header = bytes.subarray(at, at + length);
      if (this.#isInFrame) this.#enterBlock(header);
      else largest = Math.max(largest, this.#enterFrame(header));
      at += length;
    }
    this.#carry = this.#isOver ? new Uint8Array(0) : bytes.slice(at, at + MAX_HEADER);
    return largest;
  }

  #enterBlock(header: Uint8Array): void {
    const fields = number(header, 0, 3);
    const isRun = ((fields >> 1) & 3) === 1;
    const isLast = (fields & 1) === 1;
    this.#skip = (isRun ? 1 : fields >> 3) + (isLast && this.#hasChecksum ? 4 : 0);
    this.#isInFrame = !isLast;
  }

  #enterFrame(header: Uint8Array): number {
    const magic = number(header, 0, 4);
    if (isSkippable(magic)) {
      this.#skip = number(header, 4, 4);
      return 0;
    }
    if (magic !== MAGIC) {
      this.#isOver = true;
      return 0;
    }
    const descriptor = header[4]!;
    this.#isInFrame = true;
    this.#hasChecksum = (descriptor & 4) !== 0;
    // A single segment is held whole.
    if (isSingle(descriptor)) {
      const size = contentBytes(descriptor);
      return number(header, header.length - size, size) + (size === 2 ? 256 : 0);
    }
    const base = 2 ** (10 + (header[5]! >> 3));
    return base + (base / 8) * (header[5]! & 7);
  }
}

/** 0 where too few bytes are there to tell. */
function headerLength(bytes: Uint8Array): number {
  if (bytes.length < 5) return 0;
  if (number(bytes, 0, 4) !== MAGIC) return 8;
  const descriptor = bytes[4]!;
  const dictionary = [0, 1, 2, 4][descriptor & 3]!;
  return 5 + (isSingle(descriptor) ? 0 : 1) + dictionary + contentBytes(descriptor);
}

function isSingle(descriptor: number): boolean {
  return (descriptor & 32) !== 0;
}

/** Bytes that the size of the content takes. */
function contentBytes(descriptor: number): number {
  const flag = descriptor >> 6;
  return flag > 0 ? 1 << flag : isSingle(descriptor) ? 1 : 0;
}

function isSkippable(magic: number): boolean {
  return magic >= SKIPPABLE && magic < SKIPPABLE + 16;
}

/** A number of so many bytes, the lowest first. */
function number(bytes: Uint8Array, from: number, length: number): number {
  let value = 0;
  for (let i = length - 1; i >= 0; i--) value = 256 * value + bytes[from + i]!;
  return value;
}
