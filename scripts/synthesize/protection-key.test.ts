import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findProtectionKey, KEY_VARIABLE } from './protection-key';
import { InputError } from './setting-options';

const KEY = 'ab'.repeat(32);
const OTHER = 'cd'.repeat(32);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'key-'));
  writeFileSync(join(folder, 'key'), `${KEY}\n`);
  writeFileSync(join(folder, 'table.csv'), 'name,age\nAlice Miller,35\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('comes from the file, else from the environment, else from the app', () => {
  expect(findProtectionKey(join(folder, 'key'), { [KEY_VARIABLE]: OTHER })).toBe(KEY);
  expect(findProtectionKey(undefined, { [KEY_VARIABLE]: OTHER })).toBe(OTHER);
  expect(findProtectionKey(undefined, {})).toBeUndefined();
});

it('is refused in one line that names where it stands and not what stands there', () => {
  const wrong = () => findProtectionKey(join(folder, 'table.csv'), {});
  expect(wrong).toThrow(InputError);
  expect(wrong).toThrow(/^--protection-key-file: “.*table\.csv”: A protection key is 64 hexadecimal digits/);
  expect(wrong).not.toThrow('Miller');
  expect(() => findProtectionKey(undefined, { [KEY_VARIABLE]: KEY.slice(1) })).toThrow(`${KEY_VARIABLE}: `);
});
