import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../lib/paths';

interface Icon {
  readonly src: string;
  readonly sizes: string;
  readonly type: string;
  readonly purpose?: string;
}

const { icons, start_url, scope, id }: Record<string, string> & { icons: readonly Icon[] } = JSON.parse(
  readFileSync(`${ROOT}public/doppelgrid.webmanifest`, 'utf8'),
);

/** Width and height stand in the first chunk (https://www.w3.org/TR/png-3/#11IHDR). */
function pngSize(path: string): string {
  const bytes = readFileSync(path);
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}

describe('the web app manifest', () => {
  it('works below any path', () => {
    expect([id, start_url, scope]).toEqual(['./', './', './']);
    expect(icons.every(({ src }) => src.startsWith('./'))).toBe(true);
  });

  it('has icons of the sizes that it names, one to be masked', () => {
    for (const { src, sizes, type } of icons) {
      const path = `${ROOT}public/${src}`;
      expect(existsSync(path)).toBe(true);
      if (type === 'image/png') expect(pngSize(path)).toBe(sizes);
    }
    expect(icons.filter(({ purpose }) => purpose === 'maskable')).toHaveLength(1);
    // What Chromium asks for before it offers to install (https://web.dev/articles/install-criteria).
    expect(icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
  });
});
