import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { csvFormat } from 'd3-dsv';
import { DEMO_TABLES } from '../../src/domain/sources';
import { buildWasm } from '../build-wasm.mjs';
import { ROOT } from './paths';

const DATA = fileURLToPath(new URL('../data/', import.meta.resolve('vega-datasets')));
const DEMO = `${ROOT}public/demo/`;

/** Everything the app is built from that is not in the repository: compiled kernels and demo tables. */
export async function main(): Promise<void> {
  await buildWasm();
  copyDemoTables();
}

function copyDemoTables(): void {
  mkdirSync(DEMO, { recursive: true });
  for (const { file } of DEMO_TABLES) {
    if (file === 'penguins.csv') writeFileSync(`${DEMO}${file}`, penguins());
    else copyFileSync(`${DATA}${file}`, `${DEMO}${file}`);
  }
  writeFileSync(`${DEMO}LICENCES.txt`, licences());
}

/** The package has the penguins as JSON only; null becomes an empty cell. */
function penguins(): string {
  return `${csvFormat(JSON.parse(readFileSync(`${DATA}penguins.json`, 'utf8')))}\n`;
}

function licences(): string {
  const lines = DEMO_TABLES.map(({ file, about, licence }) => `${file}: ${about}. ${licence}.`);
  return `Demo tables, from the npm package vega-datasets.\n\n${lines.join('\n')}\n`;
}
