import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutputFolder } from './output-folder';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'output-'));
});
afterEach(() => rmSync(base, { recursive: true }));

describe('OutputFolder', () => {
  it('shows files only when all are there', () => {
    const out = new OutputFolder(join(base, 'deep/er'));
    writeFileSync(out.path('a.txt'), 'new');
    expect(existsSync(join(base, 'deep'))).toBe(false);
    out.deliver();
    expect(readFileSync(join(base, 'deep/er/a.txt'), 'utf8')).toBe('new');
    expect(readdirSync(base)).toEqual(['deep']);
  });

  it('leaves nothing behind, and what was there, when discarded', () => {
    mkdirSync(join(base, 'out'));
    writeFileSync(join(base, 'out/a.txt'), 'old');
    const out = new OutputFolder(join(base, 'out'));
    writeFileSync(out.path('a.txt'), 'new');
    out.discard();
    expect(readFileSync(join(base, 'out/a.txt'), 'utf8')).toBe('old');
    expect(readdirSync(base)).toEqual(['out']);
  });

  it('replaces files of the same names and keeps others', () => {
    mkdirSync(join(base, 'out'));
    writeFileSync(join(base, 'out/a.txt'), 'old');
    writeFileSync(join(base, 'out/b.txt'), 'other');
    const out = new OutputFolder(join(base, 'out'));
    writeFileSync(out.path('a.txt'), 'new');
    out.deliver();
    expect(readFileSync(join(base, 'out/a.txt'), 'utf8')).toBe('new');
    expect(readFileSync(join(base, 'out/b.txt'), 'utf8')).toBe('other');
  });

  it('refuses a file as its destination', () => {
    writeFileSync(join(base, 'out'), '');
    expect(() => new OutputFolder(join(base, 'out'))).toThrow('is a file');
  });
});
