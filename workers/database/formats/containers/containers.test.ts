import { gzipSync, strToU8, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fixture, readFile, readFixture } from '../testing/read-fixture';
import { chunksToFile } from './unpacked-file';

const ROWS = Array.from({ length: 50 }, (_, i) => `${i},x${i}`).join('\n');
const CSV = strToU8(`a,b\n${ROWS}\n`);
const zip = (files: Zippable) => zipSync(files);

describe('containers', () => {
  it('unpacks a ZIP archive of one table, without a word of which', async () => {
    const { rowCount, format, dialect } = await readFile(
      zip({ 'data/rows.csv': CSV, '__MACOSX/x': CSV }),
      'x.csv',
    );
    expect(rowCount).toBe(50);
    expect(format).toEqual({ id: 'csv', container: 'zip' });
    expect(dialect.entry).toBeUndefined();
  });

  it('notes how a packed text is written, so that its rows can be written the same way', async () => {
    const text = strToU8(`a;"b"\r\n${Array.from({ length: 50 }, (_, i) => `${i},5;"x${i}"`).join('\r\n')}`);
    const layout = {
      delimiter: ';',
      decimal: ',',
      lineEnd: '\r\n',
      quotedColumns: [1],
      noFinalLineEnd: true,
    };
    const packed = [await readFile(zip({ 'a.csv': text }), 'x.zip'), await readFile(gzipSync(text), 'x.gz')];
    for (const read of packed) expect(read.layout).toMatchObject(layout);
    expect((await readFixture('rows.csv.zst')).layout).toMatchObject({ delimiter: ',', lineEnd: '\n' });
    expect((await readFixture('book.xlsx')).layout).toBeUndefined();
  });

  it('offers the files of one with several, the largest table first', async () => {
    const archive = zip({
      'readme.txt': new Uint8Array(9999).fill(65),
      'small.json': strToU8('[{"q":1},{"q":2}]'),
      'big.csv': CSV,
    });
    const first = await readFile(archive, 'x.zip');
    expect([first.dialect.entry, first.rowCount]).toEqual(['big.csv', 50]);
    expect(first.format?.entries).toEqual([
      { name: 'big.csv' },
      { name: 'readme.txt' },
      { name: 'small.json' },
    ]);
    const other = await readFile(archive, 'x.zip', { entry: 'small.json' });
    expect(other).toMatchObject({ names: ['q'], format: { id: 'json', container: 'zip' } });
    await expect(readFile(archive, 'x.zip', { entry: 'gone.csv' })).rejects.toThrow(/no file “gone\.csv”/);
  });

  it('unpacks gzip of any format, Zstandard, and one in the other', async () => {
    expect((await readFile(gzipSync(fixture('encodings.parquet')), 'x.gz')).format).toEqual({
      id: 'parquet',
      container: 'gzip',
    });
    expect(await readFixture('rows.csv.zst')).toMatchObject({
      rowCount: 200,
      format: { id: 'csv', container: 'zstd' },
    });
    const nested = await readFile(zip({ 'a.csv.zst': fixture('rows.csv.zst') }), 'x.zip');
    expect(nested.rowCount).toBe(200);
    expect((await readFile(gzipSync(CSV), 'x.csv.gz')).format).toBeUndefined();
  });

  it('refuses what is empty, protected, damaged, or packed in itself', async () => {
    await expect(readFile(zip({ 'a/': new Uint8Array(0) }), 'x.zip')).rejects.toThrow(
      /no file that could be a table/,
    );
    const locked = zip({ 'a.csv': CSV });
    const at = (mark: number) =>
      locked.findIndex((_, i) => locked[i] === 0x50 && locked[i + 1] === 0x4b && locked[i + 2] === mark);
    locked[at(1) + 8]! |= 1;
    await expect(readFile(locked, 'x.zip')).rejects.toThrow(/protected by a password/);
    await expect(readFile(zip({ 'a.csv': CSV }).subarray(0, 200), 'x.zip')).rejects.toThrow(
      /looks like a ZIP archive/,
    );
    await expect(readFile(fixture('rows.csv.zst').subarray(0, 100), 'x.zst')).rejects.toThrow(
      /not an intact Zstandard/,
    );
    let nested: Uint8Array = CSV;
    for (let i = 0; i < 5; i++) nested = zip({ 'a.zip': nested });
    await expect(readFile(nested, 'x.zip')).rejects.toThrow(/an archive of archives/);
    await expect(readFile(zip({ 'xl/workbook.bin': CSV }), 'x.xlsx')).rejects.toThrow(
      /binary Excel workbook/,
    );
  });

  it('stops at an archive that unpacks to too much', async () => {
    const bomb = zip({ 'a.csv': new Uint8Array(80 * 2 ** 20) });
    await expect(readFile(bomb, 'x.zip')).rejects.toThrow(/more than 300 times its size/);
    async function* endless() {
      for (;;) yield new Uint8Array(2 ** 20);
    }
    const facts = { name: 'x', packed: 2 ** 10, checkpoint: () => undefined };
    await expect(chunksToFile(endless(), facts)).rejects.toThrow(/300 times its size/);
  });

  it('refuses Zstandard of which a frame says that it needs more memory than others do', async () => {
    // A single segment of 1 GB; the same of 8 bytes with a dictionary; a window of 1 GB; behind an intact frame, too.
    const single = [0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0x40];
    const named = [0x28, 0xb5, 0x2f, 0xfd, 0xe2, 1, 2, 0, 0, 0, 0x40, 0, 0, 0, 0];
    const window = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 20 << 3];
    const whole = fixture('rows.csv.zst');
    const block = [1, 0, 0];
    const skippable = [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9];
    for (const header of [single, named, window])
      for (const before of [[], [...whole], [...whole, ...skippable]]) {
        const file = new Uint8Array([...before, ...header, ...block, ...new Array(12).fill(0)]);
        await expect(readFile(file, 'x.zst')).rejects.toThrow(/window of more than 128 MB/);
      }
    const twice = new Uint8Array([...whole, ...whole]);
    expect((await readFile(twice, 'x.csv.zst')).rowCount).toBeGreaterThan(
      (await readFile(whole, 'x.csv.zst')).rowCount,
    );
  });
});
