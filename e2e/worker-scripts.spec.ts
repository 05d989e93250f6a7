import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { DIST } from '../scripts/lib/paths';

/** WebKit runs a worker's own script again when a chunk imports it: there would be two workers in one. */
test('no script imports the script of a worker', () => {
  const folder = join(DIST, 'assets');
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const workers = scripts.filter((name) => /^(\w+-)?worker-[\w-]+\.js$/.test(name));
  expect(workers.length).toBeGreaterThanOrEqual(6);
  const imports = scripts.flatMap((script) => {
    const source = readFileSync(join(folder, script), 'utf8');
    return workers.filter((worker) => source.includes(`./${worker}`)).map((worker) => `${script}: ${worker}`);
  });
  expect(imports).toEqual([]);
});
