import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPackages, packageFolder } from './licences';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'packages-'));
});
afterAll(() => rmSync(root, { recursive: true }));

/** A package with these files beside its package.json. */
function pack(about: object, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(root, 'package-'));
  mkdirSync(join(folder, 'licenses'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(about));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('packageFolder', () => {
  it.each([
    ['/app/node_modules/zod/v4/index.js', '/app/node_modules/zod'],
    ['/app/node_modules/@scope/name/dist/a.js?url', '/app/node_modules/@scope/name'],
    ['/app/node_modules/a/node_modules/b/b.js', '/app/node_modules/a/node_modules/b'],
    ['C:\\app\\node_modules\\zod\\index.js', 'C:/app/node_modules/zod'],
    ['\0/app/node_modules/zod/index.js?commonjs', '/app/node_modules/zod'],
    ['/app/src/main.tsx', null],
    ['\0vite/preload-helper.js', null],
  ])('of %j is %s', (id, folder) => {
    expect(packageFolder(id)).toBe(folder);
  });
});

describe('listPackages', () => {
  it('gives licence and notice as the package has them, by name', () => {
    const folders = [
      pack(
        { name: 'b', version: '2.0.0', license: 'Apache-2.0' },
        { LICENSE: 'Apache\r\ntext\n', 'NOTICE.txt': 'Made by B' },
      ),
      pack(
        { name: 'a', version: '1.0.0', license: 'MIT' },
        { 'licence.txt': 'MIT text', 'history.txt': 'no' },
      ),
      pack({ name: 'a', version: '1.0.0', license: 'MIT' }, { LICENSE: 'MIT text' }),
    ];
    expect(listPackages(folders)).toEqual([
      { name: 'a', version: '1.0.0', licence: 'MIT', text: 'MIT text' },
      { name: 'b', version: '2.0.0', licence: 'Apache-2.0', text: 'Apache\ntext\n\nMade by B' },
    ]);
  });

  it('gives the standard text with the author where a package has none', () => {
    const [one] = listPackages([
      pack({ name: 'c', version: '1.0.0', license: 'MIT AND ISC', author: 'Ada <ada@example.test>' }),
    ]);
    expect(one!.text).toMatch(/Copyright: Ada\./);
    expect(one!.text).toContain('Copyright (c) Ada');
    expect(one!.text).toContain('Permission to use, copy, modify');
    expect(one!.text).not.toMatch(/<year>|<copyright holders>|ada@/);
  });

  it.each(['GPL-3.0-only', 'MIT AND GPL-3.0-only', undefined])('refuses the licence %s', (license) => {
    expect(() => listPackages([pack({ name: 'd', version: '1.0.0', license }, { LICENSE: 'text' })])).toThrow(
      /^d 1\.0\.0 has the licence/,
    );
  });
});
