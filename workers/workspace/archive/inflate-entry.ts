import { Inflate } from 'fflate';
import { crc32 } from './crc32';
import { refused } from './refused';
import type { ZipEntry } from './zip-directory';

/** Packed bytes that are inflated at once: deflate makes at most 1,032 of each. */
const STEP_BYTES = 1 << 14;
const STORED_STEP_BYTES = 1 << 22;

/**
 * The bytes of an entry, part by part; never more than its directory says.
 * @throws UserError `archive/refused`, also after parts were given: then they are worth nothing
 */
export async function* unpackEntry(file: File, entry: ZipEntry): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { path, isDeflated, from, packedBytes, bytes } = entry;
  let got = 0;
  let sum = 0;
  for await (const part of isDeflated ? inflated(file, entry) : parts(file, from, packedBytes)) {
    got += part.length;
    if (got > bytes) throw refused(file.name, `holds more in “${path}” than it says`);
    sum = crc32(part, sum);
    yield part;
  }
  if (got !== bytes || sum !== entry.crc32) throw refused(file.name, `holds a damaged “${path}”`);
}

async function* inflated(file: File, { path, from, packedBytes }: ZipEntry) {
  const ready: Uint8Array<ArrayBuffer>[] = [];
  let isOver = false;
  const stream = new Inflate((part, isLast) => {
    ready.push(part as Uint8Array<ArrayBuffer>);
    isOver ||= isLast;
  });
  let left = packedBytes;
  for await (const packed of parts(file, from, packedBytes, STEP_BYTES)) {
    left -= packed.length;
    try {
      stream.push(packed, left === 0);
    } catch (cause) {
      throw refused(file.name, `holds a damaged “${path}”`, cause);
    }
    yield* ready.splice(0);
  }
  if (!isOver) throw refused(file.name, `holds a damaged “${path}”`);
}

async function* parts(file: File, from: number, length: number, step = STORED_STEP_BYTES) {
  for (let at = from; at < from + length; at += step) {
    yield new Uint8Array(await file.slice(at, Math.min(at + step, from + length)).arrayBuffer());
  }
}
