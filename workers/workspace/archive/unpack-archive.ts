import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ArchiveForm, FileId, FilesApi, UnpackedArchive } from '../protocol';
import { unpackEntry } from './inflate-entry';
import { MANIFEST, MAX_TEXT_BYTES, MAX_TEXTS_BYTES, type Part, readManifest } from './manifest';
import { refused } from './refused';
import { readDirectory, type ZipEntry } from './zip-directory';

/**
 * Unpacks an archive that `packArchive` wrote, or that was packed again by another tool: texts into memory, files into
 * the workspace. All of it is checked: paths, sizes, hashes, and that nothing is missing and nothing else is there.
 * @param count told how many bytes are unpacked of how many; what it throws ends the work
 * @throws UserError `archive/refused`, `storage/full`; then no file is left
 */
export async function unpackArchive(
  file: File,
  form: ArchiveForm,
  files: Pick<FilesApi, 'create' | 'append' | 'close' | 'remove'>,
  count: (done: number, all: number) => void = () => undefined,
): Promise<UnpackedArchive> {
  const entries = new Map((await readDirectory(file, form.limits)).map((entry) => [entry.path, entry]));
  const entry = entries.get(MANIFEST);
  if (!entry) throw refused(file.name, `holds no ${form.noun}: it has no ${MANIFEST}`);
  const manifest = readManifest(file.name, await textOf(file, entry), form);
  const parts = checkParts(file.name, manifest.parts, entries, form);
  const texts: Record<string, string> = {};
  const kept: Record<string, FileId> = {};
  const all = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const step = (bytes: number) => {
    done += bytes;
    count(done, all);
  };
  try {
    for (const part of parts) {
      const packed = entries.get(part.path)!;
      if (!isFile(part.path, form)) {
        texts[part.path] = await textOf(file, packed, part);
        step(part.bytes);
      } else {
        kept[part.path] = await files.create(part.path.replace(/.*\//, ''), '');
        for await (const bytes of checked(file, packed, part)) {
          const { byteLength } = bytes;
          await files.append(kept[part.path]!, bytes);
          step(byteLength);
        }
        await files.close(kept[part.path]!);
      }
    }
  } catch (error) {
    await Promise.all(Object.values(kept).map((id) => files.remove(id)));
    throw error;
  }
  return { manifest, texts, files: kept };
}

/** What the manifest lists must be what the archive and the form have. */
function checkParts(
  file: string,
  parts: readonly Part[],
  entries: ReadonlyMap<string, ZipEntry>,
  form: ArchiveForm,
): readonly Part[] {
  const { texts, files, optional } = form;
  const listed = new Map(parts.map((part) => [part.path, part]));
  if (listed.size !== parts.length) throw refused(file, 'lists a part twice in its manifest');
  for (const path of [...texts, ...files]) {
    if (!optional.includes(path) && !listed.has(path)) throw refused(file, `lacks “${path}”`);
  }
  for (const { path, bytes } of parts) {
    const entry = entries.get(path);
    if (!entry) throw refused(file, `lacks “${path}”`);
    if (entry.bytes !== bytes) throw refused(file, `holds “${path}” in another size than its manifest says`);
  }
  for (const path of entries.keys()) {
    const isKnown = path === MANIFEST || (listed.has(path) && (isText(path, form) || isFile(path, form)));
    if (!isKnown) throw refused(file, `holds “${path.slice(0, 80)}”, which is no part of it`);
  }
  const read = parts.filter(({ path }) => isText(path, form)).reduce((sum, { bytes }) => sum + bytes, 0);
  if (read > MAX_TEXTS_BYTES) throw refused(file, 'holds more than 512 MB of texts');
  return parts;
}

function isText(path: string, { texts, folders }: ArchiveForm): boolean {
  const steps = path.split('/');
  return texts.includes(path) || (steps.length === 2 && (folders?.texts.includes(steps[0]!) ?? false));
}

function isFile(path: string, { files, folders }: ArchiveForm): boolean {
  const steps = path.split('/');
  return files.includes(path) || (steps.length === 3 && (folders?.files.includes(steps[0]!) ?? false));
}

/** The format that an archive says it is of; null = it is none of ours. */
export async function readFormat(file: File): Promise<string | null> {
  try {
    const entries = await readDirectory(file, { entries: 0xffff, bytes: 0xffffffff });
    const entry = entries.find(({ path }) => path === MANIFEST);
    const { format } = entry ? JSON.parse(await textOf(file, entry)) : {};
    return typeof format === 'string' ? format : null;
  } catch {
    return null;
  }
}

async function textOf(file: File, entry: ZipEntry, part?: Part): Promise<string> {
  if (entry.bytes > MAX_TEXT_BYTES) throw refused(file.name, `holds more than 64 MB in “${entry.path}”`);
  const bytes: Uint8Array<ArrayBuffer>[] = [];
  for await (const more of part ? checked(file, entry, part) : unpackEntry(file, entry)) bytes.push(more);
  return new Blob(bytes).text();
}

/** The bytes of a part; the last word is that of its SHA-256. */
async function* checked(file: File, entry: ZipEntry, part: Part) {
  const hash = sha256.create();
  for await (const bytes of unpackEntry(file, entry)) {
    hash.update(bytes);
    yield bytes;
  }
  if (bytesToHex(hash.digest()) !== part.sha256)
    throw refused(
      file.name,
      `holds a “${part.path}” that was changed: its SHA-256 is not that of its manifest`,
    );
}
