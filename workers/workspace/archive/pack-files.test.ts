import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { packFiles } from './pack-files';

describe('packFiles', () => {
  it('packs files of any size as they are', async () => {
    const long = new Uint8Array(9 * 2 ** 20).map((_, i) => i % 251);
    const archive = await packFiles('both.zip', [
      { path: 'a/long.bin', file: new File([long], 'long.bin') },
      { path: 'empty.csv', file: new File([], 'empty.csv') },
      { path: 'b.csv', file: new File(['id\n1\n'], 'b.csv') },
    ]);
    expect(archive.name).toBe('both.zip');
    const read = unzipSync(new Uint8Array(await archive.arrayBuffer()));
    expect(Object.keys(read)).toEqual(['a/long.bin', 'empty.csv', 'b.csv']);
    // A comparison of the two arrays by vitest takes minutes.
    expect(Buffer.compare(read['a/long.bin']!, long)).toBe(0);
    expect(read['empty.csv']?.length).toBe(0);
    expect(new TextDecoder().decode(read['b.csv'])).toBe('id\n1\n');
  });

  it('refuses more than an archive holds', async () => {
    const huge = { size: 5 * 2 ** 30 } as File;
    await expect(packFiles('x.zip', [{ path: 'x', file: huge }])).rejects.toThrow(/5\.4 GB/);
  });
});
