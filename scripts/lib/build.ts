import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isTest } from '../source-graph';
import { DIST, ROOT } from './paths';
import { main as prepare } from './prepare';

/** What the built app depends on. */
const INPUTS = [
  'src',
  'workers',
  'public',
  'scripts/bundle',
  'index.html',
  'vite.config.ts',
  'package-lock.json',
];
const STAMP = join(ROOT, 'node_modules/.cache/doppelgrid/build');

/** Builds the app into dist/ unless it was built from exactly these sources. */
export async function ensureBuilt(): Promise<void> {
  await prepare();
  const sources = hashSources();
  if (existsSync(join(DIST, 'index.html')) && readStamp() === sources) return;
  process.stdout.write('Building the app …\n');
  const { build } = await import('vite');
  await build({ root: ROOT, logLevel: 'warn' });
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, sources);
}

function readStamp(): string | null {
  return existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : null;
}

/** Contents and not times: a checkout of an older state has newer times. */
function hashSources(): string {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    for (const file of listFiles(join(ROOT, input))) {
      hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

function listFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !isTest(file.replaceAll('\\', '/')))
      .sort();
  } catch {
    return [path];
  }
}
