import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { ROOT } from './lib/paths';

export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Paths of our own files that it imports. */
  readonly imports: readonly string[];
  /** Names of npm packages that it imports. */
  readonly packages: readonly string[];
}

/** Static, re-exporting and dynamic imports; a worker's `new URL(…)` is a file name and no import. */
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** The product's sources, tests and their helpers left out. */
export function readSources(): readonly SourceFile[] {
  return ['src', 'workers'].flatMap(readFolder).filter(({ path }) => !isTest(path));
}

/** All TypeScript below a folder of the repository. */
export function readFolder(folder: string): readonly SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll('\\', '/'))
    .map(readSource);
}

/** Files that run in tests only, and the kernels, which are another language. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?(\.snap)?$|\/(testing|conformance)(\/|\.ts$)|\/assembly\//.test(path);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const specifiers = [...text.matchAll(IMPORT)].map((match) => (match[1] ?? match[2])!);
  const own = specifiers.filter((specifier) => specifier.startsWith('.'));
  return {
    path,
    text,
    imports: own.map((specifier) => resolve(path, specifier)).filter((target) => target !== null),
    packages: specifiers.filter((specifier) => !specifier.startsWith('.')).map(packageName),
  };
}

/** Null for assets: styles, compiled kernels. */
function resolve(from: string, specifier: string): string | null {
  const base = posix.join(dirname(from), specifier.replace(/\?.*$/, ''));
  return ['', '.ts', '.tsx'].map((end) => base + end).find(isSource) ?? null;
}

function isSource(path: string): boolean {
  return /\.tsx?$/.test(path) && existsSync(join(ROOT, path));
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** A closed chain of imports, or null. */
export function findCycle(files: readonly SourceFile[]): readonly string[] | null {
  const imports = new Map(files.map((file) => [file.path, file.imports]));
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): readonly string[] | null => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const next of imports.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return null;
  };
  for (const { path } of files) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return null;
}
