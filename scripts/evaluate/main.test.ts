import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { main, namesApart } from './main';
import { readOptions } from './options';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
  writeFileSync(join(folder, 'people.csv'), 'age\n1\n2\n');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

it.each([
  ['--synthetic people.csv', '--train FILE'],
  ['--train people.csv', '--synthetic FILE'],
  ['--train people.csv people.csv', 'come after --synthetic'],
  ['--train missing.csv --synthetic people.csv', 'missing.csv'],
  ['--train people.csv --synthetic missing.csv', 'missing.csv'],
  ['--train people.csv --synthetic people.csv --holdout missing.csv', 'missing.csv'],
  ['--train people.csv --synthetic people.csv --kind good', 'model or data'],
  ['--train people.csv --train people.csv --synthetic people.csv', '2 times'],
  ['--train people.csv --synthetic people.csv --rows 3', 'npm run evaluate -- --help'],
  ['--train people.csv --synthetic people.csv --out people.csv', 'people.csv'],
])('%s: one clear line, exit code 2, and nothing is left behind', async (args, part) => {
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  const words = args.split(' ').map((word) => (word.includes('.csv') ? join(folder, word) : word));
  expect(await main(words)).toBe(2);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(part);
  expect(readdirSync(folder)).toEqual(['people.csv']);
});

it('takes several files behind --synthetic, and names those of one name by their folders', () => {
  const options = readOptions('--train a --synthetic x/s.csv y/s.csv --kind data --seed 3'.split(' '));
  expect(options).toMatchObject({
    synthetic: ['x/s.csv', 'y/s.csv'],
    settings: { kind: 'data', randomState: 3 },
  });
  expect(namesApart(options!.synthetic)).toEqual(['x/s.csv', 'y/s.csv']);
  expect(namesApart(['x/a.csv', 'y/b.csv'])).toEqual(['a.csv', 'b.csv']);
});
