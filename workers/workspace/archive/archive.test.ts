import fc from 'fast-check';
import { type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors';
import { MemoryBackend } from '../file-backends';
import { FileStore } from '../file-store';
import type { ArchiveForm, UnpackedArchive } from '../protocol';
import { MemoryRecords } from '../records';
import { packArchive } from './pack-archive';
import { readFormat, unpackArchive } from './unpack-archive';

const HEADER = { format: 'test', version: 1, name: 'n' };
const FORM: ArchiveForm = {
  ...HEADER,
  noun: 'test',
  texts: ['a.json', 'b.json'],
  files: ['m/w.bin'],
  optional: ['b.json'],
};

function store() {
  const backend = new MemoryBackend();
  return { backend, files: new FileStore(backend, new MemoryRecords()) };
}

async function kept(files: FileStore, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const id = await files.create('w.bin', '');
  await files.append(id, bytes);
  await files.close(id);
  return id;
}

async function pack(text: string, weights: Uint8Array<ArrayBuffer>, header: object = {}): Promise<File> {
  const { files } = store();
  const parts = [
    { path: 'a.json', text },
    { path: 'm/w.bin', file: await kept(files, weights) },
  ];
  return packArchive({ name: 'x.zip', header: { ...HEADER, ...header }, parts }, (id) => files.read(id));
}

/** What an archive gives, its files as bytes. */
async function unpack(file: File, form = FORM) {
  const { backend, files } = store();
  let unpacked: UnpackedArchive;
  try {
    unpacked = await unpackArchive(file, form, files);
  } catch (error) {
    // Whatever the reason: no file is left behind.
    expect(await backend.list()).toEqual([]);
    throw error;
  }
  const weights = await (await files.read(unpacked.files['m/w.bin']!)).arrayBuffer();
  return { manifest: unpacked.manifest, texts: unpacked.texts, weights: [...new Uint8Array(weights)] };
}

/** The sentence by which an archive is refused. */
async function refusal(file: File): Promise<string> {
  const error = await unpack(file).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).code).toBe('archive/refused');
  expect((error as UserError).message).toContain('“x.zip”');
  return (error as UserError).message;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const encode = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

/** A ZIP archive by another tool: right hashes, and whatever else. */
async function zipped(
  entries: Record<string, Uint8Array<ArrayBuffer>>,
  more: Zippable = {},
  header = {},
  sizes: Record<string, number> = {},
) {
  const parts = await Promise.all(
    Object.entries(entries).map(async ([path, bytes]) => ({
      path,
      bytes: sizes[path] ?? bytes.length,
      sha256: await sha256(bytes),
    })),
  );
  const manifest = encode(JSON.stringify({ ...HEADER, ...header, parts }));
  const zip = zipSync({ 'manifest.json': manifest, ...entries, ...more });
  return new File([zip as Uint8Array<ArrayBuffer>], 'x.zip');
}

const GOOD = { 'a.json': encode('{}'), 'm/w.bin': encode('weights') };

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

describe('an archive', () => {
  it('gives back what was packed, and the same content is the same archive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.uint8Array({ maxLength: 4000 }), async (text, weights) => {
        const bytes = new Uint8Array(weights);
        const file = await pack(text, bytes);
        expect(await unpack(file)).toMatchObject({
          manifest: HEADER,
          texts: { 'a.json': text },
          weights: [...weights],
        });
        expect(await bytesOf(await pack(text, bytes))).toEqual(await bytesOf(file));
      }),
      { numRuns: 30 },
    );
  });

  it('with a changed byte is refused, or the byte said nothing', async () => {
    const file = await pack('{"some": "text"}', encode('some weights'));
    const bytes = await bytesOf(file);
    const before = await unpack(file);
    let refusals = 0;
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at]! ^= 1 << (at % 8);
      const read = await unpack(new File([changed], 'x.zip')).catch((error: unknown) => error);
      if (read instanceof UserError) refusals++;
      else expect(read).toEqual(before);
    }
    // Dates, versions and attributes of the ZIP format alone are not looked at.
    expect(refusals).toBeGreaterThan(0.6 * bytes.length);
  });

  it('cut short anywhere is refused', async () => {
    const bytes = await bytesOf(await pack('{}', encode('some weights')));
    for (let length = 0; length < bytes.length; length++) {
      await refusal(new File([bytes.slice(0, length)], 'x.zip'));
    }
  });

  it('that another tool packed again is read', async () => {
    const read = await unpack(await zipped(GOOD, { 'm/': new Uint8Array(0) }));
    expect(read.texts).toEqual({ 'a.json': '{}' });
  });

  it.each(['../a.json', '/etc/passwd', 'm/../../x', 'm\\x', 'C:x', 'm//x', './a.json', 'a\0b'])(
    'with the path %j is refused',
    async (path) => {
      expect(await refusal(await zipped(GOOD, { [path]: encode('x') }))).toContain('lead out of a folder');
    },
  );

  it('with more, fewer or other parts than it should have is refused', async () => {
    expect(await refusal(await zipped(GOOD, { 'more.json': encode('x') }))).toContain('no part of it');
    expect(await refusal(await zipped({ ...GOOD, 'more.json': encode('x') }))).toContain('no part of it');
    expect(await refusal(await zipped({ 'a.json': GOOD['a.json'] }))).toContain('lacks “m/w.bin”');
    expect(await refusal(await zipped(GOOD, { 'a.json': encode('{ }') }))).toContain('another size');
    expect(await refusal(await zipped(GOOD, { 'a.json': encode('[]') }))).toContain('SHA-256');
    expect(await refusal(new File([zipSync({ 'people.csv': encode('a') }) as never], 'x.zip'))).toContain(
      'holds no test: it has no manifest.json',
    );
    expect(await refusal(new File(['a,b\n1,2\n'.repeat(9)], 'x.zip'))).toContain('no ZIP archive');
  });

  it('with an entry twice is refused', async () => {
    const bytes = await bytesOf(await zipped(GOOD, { 'a.jsox': encode('{}') }));
    const text = String.fromCharCode(...bytes).replaceAll('a.jsox', 'a.json');
    const twice = Uint8Array.from(text, (character) => character.charCodeAt(0));
    expect(await refusal(new File([twice], 'x.zip'))).toContain('holds “a.json” twice');
  });

  it('of another format or a later version is refused', async () => {
    expect(await refusal(await zipped(GOOD, {}, { format: 'other' }))).toContain(
      'holds no test, but “other”',
    );
    expect(await refusal(await zipped(GOOD, {}, { version: 2 }))).toContain('later version of Doppelgrid');
    expect(await refusal(await zipped(GOOD, {}, { version: 'x' }))).toContain('not valid at version');
    expect(await refusal(await zipped(GOOD, { 'manifest.json': encode('{') }))).toContain('cannot be read');
  });

  it('with very many entries is refused before they are read', async () => {
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`f${i}`, new Uint8Array(0)]));
    expect(await refusal(await zipped(GOOD, many))).toContain('has 2,003 entries');
    const bytes = await bytesOf(await zipped(GOOD, many));
    // The count of a million wraps around in 16 bits.
    new DataView(bytes.buffer).setUint16(bytes.length - 12, 3, true);
    new DataView(bytes.buffer).setUint16(bytes.length - 14, 3, true);
    expect(await refusal(new File([bytes], 'x.zip'))).toContain('damaged directory');
  });

  it('that would unpack to more than it may is refused, and so is one that lies about it', async () => {
    const large = 65 << 20;
    const bytes = await bytesOf(await zipped(GOOD, {}, {}, { 'a.json': large }));
    const view = new DataView(bytes.buffer);
    const sizeAt = directoryOf(view, 'a.json') + 24;
    expect(await refusal(new File([bytes], 'x.zip'))).toContain('in another size');
    view.setUint32(sizeAt, large, true);
    expect(await refusal(new File([bytes], 'x.zip'))).toContain('more than 64 MB');
    view.setUint32(sizeAt, 3 << 29, true);
    expect(await refusal(new File([bytes], 'x.zip'))).toContain('more than 1 GB');
    const lying = await bytesOf(await zipped({ ...GOOD, 'a.json': encode('x'.repeat(1000)) }));
    const lyingView = new DataView(lying.buffer);
    lyingView.setUint32(directoryOf(lyingView, 'manifest.json') + 24, 5, true);
    expect(await refusal(new File([lying], 'x.zip'))).toContain('more in “manifest.json” than it says');
  });

  it('leaves no file where there is no space', async () => {
    const full = new UserError('storage/full', 'The disk is full.');
    const { backend, files } = store();
    let appended = 0;
    const stingy = {
      create: (name: string, type: string) => files.create(name, type),
      append: async () => {
        appended++;
        throw full;
      },
      close: (id: string) => files.close(id),
      remove: (id: string) => files.remove(id),
    };
    await expect(unpackArchive(await zipped(GOOD), FORM, stingy)).rejects.toBe(full);
    expect(appended).toBe(1);
    expect(await backend.list()).toEqual([]);
  });
});

describe('an archive with folders', () => {
  const WIDE: ArchiveForm = {
    ...{ ...HEADER, noun: 'test', texts: [], files: [], optional: [] },
    folders: { texts: ['notes'], files: ['files'] },
    limits: { entries: 300, bytes: 1 << 20 },
  };
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`notes/${i}.json`, encode(`${i}`)]));
  const read = async (file: File) => {
    const { files } = store();
    const unpacked = await unpackArchive(file, WIDE, files);
    const names = await Promise.all(Object.values(unpacked.files).map((id) => files.read(id)));
    return { texts: Object.keys(unpacked.texts).length, names: names.map(({ name }) => name) };
  };
  const why = async (file: File) =>
    read(file).then(
      () => 'taken',
      (error: unknown) => (error as UserError).message,
    );

  it('may hold any number of parts in them, files by their own names', async () => {
    expect(await read(await zipped({ ...many, 'files/1/people.csv': encode('a') }))).toEqual({
      texts: 200,
      names: ['people.csv'],
    });
    expect(await read(await zipped({}))).toEqual({ texts: 0, names: [] });
  });

  it.each(['notes/a/b.json', 'files/people.csv', 'files/1/2/people.csv', 'other/1.json', 'top.json'])(
    'takes no part %j',
    async (path) => {
      expect(await why(await zipped({ [path]: encode('x') }))).toContain('no part of it');
    },
  );

  it('has its own limits', async () => {
    const more = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`notes/${i}.json`, encode('1')]));
    expect(await why(await zipped(more))).toContain('has 401 entries; at most 300 are read');
    expect(await why(await zipped({ 'files/1/a': new Uint8Array((1 << 20) + 1) }))).toContain(
      'unpack to more than',
    );
  });

  it('gives back a file that was deflated, and is smaller for it', async () => {
    const { files } = store();
    const rows = encode('a,b\n1,2\n'.repeat(1000));
    const id = await kept(files, rows);
    const sizes = [];
    for (const isDeflated of [false, true]) {
      const parts = [{ path: 'files/1/w.bin', file: id, isDeflated }];
      const file = await packArchive({ name: 'x.zip', header: HEADER, parts }, (each) => files.read(each));
      const unpacked = await unpackArchive(file, WIDE, files);
      const back = await (await files.read(unpacked.files['files/1/w.bin']!)).arrayBuffer();
      expect(new Uint8Array(back)).toEqual(rows);
      sizes.push(file.size);
    }
    expect(sizes[1]).toBeLessThan(sizes[0]! / 4);
  });

  it('that could not be read again is not written', async () => {
    const few = { path: 'reports/1.json', text: ' '.repeat((64 << 20) + 1) };
    const many = Array.from({ length: 60_000 }, (_, i) => ({ path: `reports/${i}.json`, text: '' }));
    for (const parts of [[few], many])
      await expect(
        packArchive({ name: 'x.zip', header: HEADER, parts }, async () => new File([], 'none')),
      ).rejects.toMatchObject({ code: 'export/failed' });
  });

  it('that is more than a ZIP archive can hold is not written', async () => {
    const huge = { size: 5e9 } as File;
    const parts = [{ path: 'files/1/a', file: 'a' }];
    await expect(
      packArchive({ name: 'x.zip', header: HEADER, parts }, async () => huge),
    ).rejects.toMatchObject({
      code: 'export/failed',
      message: expect.stringContaining('“x.zip” would hold 5.0 GB in 1 parts'),
    });
  });
});

describe('the format of a file', () => {
  it('is what its manifest says, or null', async () => {
    expect(await readFormat(await zipped(GOOD))).toBe('test');
    expect(await readFormat(new File(['a,b\n'], 'x.zip'))).toBeNull();
    for (const text of ['{', 'null', '[]', '{"format": 3}'])
      expect(
        await readFormat(
          new File([zipSync({ 'manifest.json': encode(text) }) as Uint8Array<ArrayBuffer>], 'x'),
        ),
      ).toBeNull();
    expect(
      await readFormat(new File([zipSync({ a: encode('b') }) as Uint8Array<ArrayBuffer>], 'x')),
    ).toBeNull();
  });
});

/** Where the directory has an entry. */
function directoryOf(view: DataView, path: string): number {
  for (let at = view.byteLength - 46; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const name = new Uint8Array(view.buffer, at + 46, view.getUint16(at + 28, true));
    if (new TextDecoder().decode(name) === path) return at;
  }
  throw new Error(`no entry ${path}`);
}

describe('packing and unpacking', () => {
  it('count bytes to their end, and end with what the counting throws, without a file', async () => {
    const { files } = store();
    const weights = new Uint8Array(9 << 20);
    const parts = [
      { path: 'a.json', text: '{"a":1}' },
      { path: 'm/w.bin', file: await kept(files, weights) },
    ];
    const told: [done: number, all: number][] = [];
    const file = await packArchive(
      { name: 'x.zip', header: HEADER, parts },
      (id) => files.read(id),
      (...count) => told.push(count),
    );
    const all = weights.length + 7;
    expect(told.at(-1)).toEqual([2 * all, 2 * all]);
    expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).sort((a, b) => a - b));
    expect(told.length).toBeGreaterThan(6);

    const { backend, files: others } = store();
    const read: number[] = [];
    await unpackArchive(file, FORM, others, (done, of) => {
      expect(of).toBe(all);
      read.push(done);
    });
    expect(read.at(-1)).toBe(all);

    const { backend: empty, files: none } = store();
    const canceled = new Error('canceled');
    const cancel = (done: number) => {
      if (done > 1 << 20) throw canceled;
    };
    await expect(unpackArchive(file, FORM, none, cancel)).rejects.toBe(canceled);
    expect([(await backend.list()).length, await empty.list()]).toEqual([1, []]);
  });
});
