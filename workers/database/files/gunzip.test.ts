import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { gunzip } from './gunzip';

const random = new RandomStream(1, 'gunzip');
const TEXT = Array.from({ length: 40_000 }, (_, i) => `${i},${random.below(1000)}\n`).join('');

async function* pieces(bytes: Uint8Array, size = 10_000): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function text(chunks: AsyncGenerator<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

describe('gunzip', () => {
  const half = TEXT.length / 2;
  const members = Buffer.concat([gzipSync(TEXT.slice(0, half)), gzipSync(TEXT.slice(half))]);

  it('unpacks one member and several', async () => {
    expect(await text(gunzip(pieces(gzipSync(TEXT)), 'x.gz'))).toBe(TEXT);
    expect(await text(gunzip(pieces(members), 'x.gz'))).toBe(TEXT);
  });

  it.each([
    ['its end is missing', gzipSync(TEXT).subarray(0, 20_000)],
    ['bytes are wrong', gzipSync(TEXT).fill(7, 5_000, 9_000)],
  ])('says so when %s', async (_, bytes) => {
    await expect(text(gunzip(pieces(bytes), 'x.gz'))).rejects.toThrow('not an intact gzip file');
  });

  it('passes on errors of the file itself', async () => {
    async function* broken(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
      yield* pieces(gzipSync(TEXT).subarray(0, 10_000));
      throw new RangeError('the disk is gone');
    }
    await expect(text(gunzip(broken(), 'x.gz'))).rejects.toThrow('the disk is gone');
  });
});
