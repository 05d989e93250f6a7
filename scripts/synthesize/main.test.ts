import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { main } from './main';

const CONTENTS = {
  'people.csv': 'age\n1\n2\n',
  'bad.json': '{"generator":',
  'other.json': JSON.stringify({ holdout: { file: 'held.csv' } }),
};
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synthesize-'));
  for (const [name, content] of Object.entries(CONTENTS)) writeFileSync(join(folder, name), content);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** What goes wrong before a browser starts; a name with a dot is one of a file in the folder. */
it.each([
  ['missing.csv --out o.d', 'missing.csv'],
  ['people.csv --rows many --out o.d', 'many'],
  ['people.csv --config bad.json --out o.d', 'bad.json'],
  ['people.csv --rules bad.json --out o.d', 'bad.json'],
  ['people.csv --protection-key-file people.csv --out o.d', '64 hexadecimal digits'],
  ['people.csv --rules other.json --out o.d', 'must be a list'],
  ['people.csv --config other.json --out o.d', 'held.csv'],
  ['people.csv --out people.csv', 'people.csv'],
])('%s: one clear line, exit code 2, and nothing is left behind', async (args, part) => {
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  const words = args.split(' ').map((word) => (word.includes('.') ? join(folder, word) : word));
  expect(await main(words)).toBe(2);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(part);
  expect(lines[0]!.trimEnd().split('\n')).toHaveLength(1);
  expect(readdirSync(folder).sort()).toEqual(Object.keys(CONTENTS).sort());
});
