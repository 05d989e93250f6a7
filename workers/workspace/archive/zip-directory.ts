import { refused } from './refused';

/** An entry of a ZIP archive, as its directory has it. */
export interface ZipEntry {
  readonly path: string;
  readonly isDeflated: boolean;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its packed bytes begin. */
  readonly from: number;
}

/** What an archive may hold. */
export interface ZipLimits {
  /** Few enough to be looked at one by one. */
  readonly entries: number;
  /** Of all entries together, unpacked. */
  readonly bytes: number;
}
/** More than the archive of a generator has. */
export const DEFAULT_LIMITS: ZipLimits = { entries: 64, bytes: 1 << 30 };
/** Of an entry in the directory, on average: its path has at most 256 characters. */
const MAX_ENTRY_BYTES = 1 << 10;
const MIN_DIRECTORY_BYTES = 1 << 18;

const END = { signature: 0x06054b50, bytes: 22, maxComment: 0xffff };
const ENTRY = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/**
 * The directory of a ZIP archive (PKWARE APPNOTE 4.3), checked before a byte of it is unpacked: number of entries, sizes,
 * paths. Folders are left out.
 * @throws UserError `archive/refused`
 */
export async function readDirectory(file: File, limits = DEFAULT_LIMITS): Promise<readonly ZipEntry[]> {
  const { count, from, bytes } = await findDirectory(file, limits);
  const view = await viewOf(file, from, bytes);
  const entries: ZipEntry[] = [];
  const paths = new Set<string>();
  let unpacked = 0;
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + ENTRY.bytes > bytes || view.getUint32(at, true) !== ENTRY.signature)
      throw refused(file.name, 'has a damaged directory');
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const length = ENTRY.bytes + name! + extra! + comment!;
    if (at + length > bytes) throw refused(file.name, 'has a damaged directory');
    const path = pathAt(view, at + ENTRY.bytes, name!, file.name);
    if (paths.has(path)) throw refused(file.name, `holds “${path}” twice`);
    paths.add(path);
    const method = view.getUint16(at + 10, true);
    if (view.getUint16(at + 8, true) & ENCRYPTED) throw refused(file.name, 'is encrypted');
    if (method !== STORED && method !== DEFLATED)
      throw refused(file.name, `holds “${path}” packed in a way that is not read here`);
    const entry = {
      path,
      isDeflated: method === DEFLATED,
      crc32: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
    };
    unpacked += entry.bytes;
    if (unpacked > limits.bytes)
      throw refused(file.name, `would unpack to more than ${Math.round(limits.bytes / 1e9)} GB`);
    if (!path.endsWith('/')) {
      const header = view.getUint32(at + 42, true);
      entries.push({ ...entry, from: await startOf(file, path, header, from - entry.packedBytes) });
    }
    at += length;
  }
  if (at !== bytes) throw refused(file.name, 'has a damaged directory');
  return entries;
}

async function findDirectory(
  file: File,
  limits: ZipLimits,
): Promise<{ count: number; from: number; bytes: number }> {
  const tail = await viewOf(file, Math.max(0, file.size - END.bytes - END.maxComment), file.size);
  let at = tail.byteLength - END.bytes;
  const isEnd = () =>
    tail.getUint32(at, true) === END.signature &&
    at + END.bytes + tail.getUint16(at + 20, true) === tail.byteLength;
  while (at >= 0 && !isEnd()) at--;
  if (at < 0) throw refused(file.name, 'is no ZIP archive, or its end is missing');
  const [disk, directoryDisk, countHere, count] = [4, 6, 8, 10].map((offset) =>
    tail.getUint16(at + offset, true),
  );
  const [bytes, from] = [12, 16].map((offset) => tail.getUint32(at + offset, true));
  if (count! > limits.entries) {
    const [has, max] = [count!, limits.entries].map((entries) => entries.toLocaleString('en'));
    throw refused(file.name, `has ${has} entries; at most ${max} are read`);
  }
  if (disk !== 0 || directoryDisk !== 0 || countHere !== count)
    throw refused(file.name, 'is one part of several');
  const end = file.size - tail.byteLength + at;
  if (bytes! > Math.max(MIN_DIRECTORY_BYTES, limits.entries * MAX_ENTRY_BYTES) || from! + bytes! !== end)
    throw refused(file.name, 'has a damaged directory');
  return { count: count!, from: from!, bytes: bytes! };
}

/** A path that stays where it is put. */
function pathAt(view: DataView, at: number, length: number, file: string): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, length);
  let path: string;
  try {
    path = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refused(file, 'names a file in characters that are not UTF-8', cause);
  }
  const steps = path.replace(/\/$/, '').split('/');
  const leadsOut = steps.some((step) => step === '' || step === '.' || step === '..');
  if (leadsOut || hasOddCharacter(path))
    throw refused(file, `names the path “${path.slice(0, 80)}”, which could lead out of a folder`);
  return path;
}

function hasOddCharacter(path: string): boolean {
  return [...path].some((character) => character === '\\' || character === ':' || character < ' ');
}

/** Where the packed bytes of an entry begin: behind its local header, which must name the same path. */
async function startOf(file: File, path: string, header: number, max: number): Promise<number> {
  const damaged = () => refused(file.name, `has a damaged header of “${path}”`);
  if (header + LOCAL.bytes > max) throw damaged();
  const local = await viewOf(file, header, LOCAL.bytes);
  if (local.getUint32(0, true) !== LOCAL.signature) throw damaged();
  const [name, extra] = [26, 28].map((offset) => local.getUint16(offset, true));
  const from = header + LOCAL.bytes + name! + extra!;
  if (from > max) throw damaged();
  const named = await file.slice(header + LOCAL.bytes, header + LOCAL.bytes + name!).text();
  if (named !== path) throw damaged();
  return from;
}

/** Bytes `from` … `from + length`, as far as there are any. */
async function viewOf(file: File, from: number, length: number): Promise<DataView> {
  return new DataView(await file.slice(from, from + length).arrayBuffer());
}
