import { z } from '../../../src/domain/zod';
import { Checksum } from './checksum';

/**
 * A checkpoint as a file (docs/jobs.md, Going on): 8 bytes that name the format, length of the header as u32, the header as
 * JSON, padded to a multiple of 8 bytes; then numbers as f64, arrays as f32, and 16 hexadecimal digits that sum up all
 * before them. Little-endian, as all that this app runs on.
 */
const FORMAT = 'dgcheck1';
const ALIGNMENT = 8;
const DIGITS = 16;
/** Bytes handed on at once. */
const CHUNK = 4 << 20;
const MAX_HEADER = 64 << 20;

/** What a job needs to go on, whatever job it is. */
export interface CheckpointContent {
  /** Of what the job works on: a checkpoint of other data is of no use. */
  readonly fingerprint: string;
  /** Plain JSON. */
  readonly state: unknown;
  readonly numbers: Float64Array;
  readonly arrays: readonly Float32Array[];
}

const Header = z.object({
  app: z.string(),
  fingerprint: z.string(),
  state: z.unknown(),
  numbers: z.number().int().nonnegative(),
  arrays: z.array(z.number().int().nonnegative()),
});

/** The bytes of a checkpoint, in buffers of their own. */
export function* packCheckpoint(
  app: string,
  { fingerprint, state, numbers, arrays }: CheckpointContent,
): Generator<Uint8Array<ArrayBuffer>> {
  const header = {
    app,
    fingerprint,
    state,
    numbers: numbers.length,
    arrays: arrays.map(({ length }) => length),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = FORMAT.length + 4;
  const head = new Uint8Array(ALIGNMENT * Math.ceil((start + json.length) / ALIGNMENT)).fill(0x20);
  head.set(new TextEncoder().encode(FORMAT));
  new DataView(head.buffer).setUint32(FORMAT.length, head.length - start, true);
  head.set(json, start);
  const sum = new Checksum();
  for (const part of [head, numbers, ...arrays]) {
    const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    for (let from = 0; from < bytes.length; from += CHUNK) {
      const chunk = bytes.slice(from, from + CHUNK);
      sum.add(chunk);
      yield chunk;
    }
  }
  yield new TextEncoder().encode(String(sum));
}

/** @returns null if it is not whole, or not of this version of the app */
export async function unpackCheckpoint(app: string, file: Blob): Promise<CheckpointContent | null> {
  const start = FORMAT.length + 4;
  if (file.size < start + DIGITS) return null;
  const read = async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer());
  const first = await read(0, start);
  if (new TextDecoder().decode(first.subarray(0, FORMAT.length)) !== FORMAT) return null;
  const length = new DataView(first.buffer).getUint32(FORMAT.length, true);
  if (length > MAX_HEADER || start + length + DIGITS > file.size) return null;
  const head = await read(0, start + length);
  const parsed = Header.safeParse(parse(new TextDecoder().decode(head.subarray(start))));
  if (!parsed.success || parsed.data.app !== app) return null;
  const { fingerprint, state, numbers, arrays } = parsed.data;
  const bytes = 8 * numbers + arrays.reduce((total, count) => total + 4 * count, 0);
  if (start + length + bytes + DIGITS !== file.size) return null;
  let at = start + length;
  const sum = new Checksum();
  addChunks(sum, head);
  const next = async (size: number): Promise<ArrayBuffer> => {
    const part = await read(at, at + size);
    at += size;
    addChunks(sum, part);
    return part.buffer;
  };
  const content = {
    fingerprint,
    state,
    numbers: new Float64Array(await next(8 * numbers)),
    arrays: [] as Float32Array[],
  };
  for (const count of arrays) content.arrays.push(new Float32Array(await next(4 * count)));
  return new TextDecoder().decode(await read(at, at + DIGITS)) === String(sum) ? content : null;
}

/** Sums bytes up as they were written. */
function addChunks(sum: Checksum, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; from += CHUNK) sum.add(bytes.subarray(from, from + CHUNK));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
