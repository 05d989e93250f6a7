import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from './lib/paths';
import { findCycle, isTest, readFolder, readSources, type SourceFile } from './source-graph';

const sources = readSources();

/** What each part of the product may import besides itself; the first matching rule counts. */
const RULES: readonly (readonly [RegExp, readonly RegExp[]])[] = [
  [/^src\/main\.tsx$/, [/^src\//]],
  [/^src\/app\//, [/^src\/(pages|components|client|domain|offline)\//]],
  [/^src\/pages\//, [/^src\/(components|client|domain|offline)\//]],
  [/^src\/offline\//, [/^src\/domain\//]],
  // Know nothing of the product but how numbers are written, so that sentences and figures follow one choice.
  [/^src\/components\//, [/^src\/domain\/number-marks\.ts$/]],
  [/^src\/client\//, [/^src\/(domain|threads)\//, /^workers\/[^/]+\/protocol\.ts$/]],
  // The nouns know which models there are by the families' descriptions alone, and ε as attack risk as the engine does.
  [
    /^src\/domain\//,
    [/^workers\/engine\/models\/catalogue\.ts$/, /^workers\/engine\/privacy\/dp\/gaussian-privacy\.ts$/],
  ],
  [/^src\/threads\//, [/^src\/domain\//]],
  [/^workers\/engine\/models\/catalogue\.ts$/, [/^workers\/engine\/models\/[^/]+\/family\.ts$/]],
  [
    /^workers\/engine\/models\/([^/]+\/)?family\.ts$/,
    [/^src\/domain\//, /^workers\/engine\/models\/family\.ts$/],
  ],
  [
    /^workers\/engine\/models\//,
    [
      /^src\/(domain|threads)\//,
      /^workers\/engine\/(checkpoints|gpu|encoding|encoding-pool|privacy|writers)\//,
    ],
  ],
  [/^workers\/engine\/gpu\//, [/^src\/domain\//]],
  // What writes columns that no model learns.
  [/^workers\/engine\/writers\//, [/^src\/domain\//, /^workers\/engine\/encoding\//]],
  [
    /^workers\/quality\//,
    [/^src\/(domain|threads)\//, /^workers\/[^/]+\/protocol\.ts$/, /^workers\/rules\//],
  ],
  // What says whether a row keeps a rule, for the engine and the report.
  [/^workers\/rules\//, [/^src\/domain\//]],
  [/^workers\/engine\//, [/^src\/(domain|threads)\//, /^workers\/[^/]+\/protocol\.ts$/, /^workers\/rules\//]],
  [/^workers\/([^/]+)\//, [/^src\/(domain|threads)\//, /^workers\/[^/]+\/protocol\.ts$/]],
];

/** The only place that may use a package. */
const HOMES: Readonly<Record<string, RegExp>> = {
  '@duckdb/duckdb-wasm': /^workers\/database\//,
  '@tensorflow/tfjs-core': /^workers\/engine\/gpu\//,
  '@tensorflow/tfjs-backend-webgpu': /^workers\/engine\/gpu\//,
  '@faker-js/faker': /^workers\/engine\/writers\/fakes\//,
  comlink: /^src\/threads\//,
  dexie: /^workers\/workspace\//,
  fzstd: /^workers\/database\//,
  hucre: /^workers\/database\//,
  'hyparquet-compressors': /^workers\/database\//,
  'sql.js': /^workers\/database\//,
  react: /^src\/(main\.tsx|app\/|pages\/|components\/)/,
};

/** Words that have a better way here, and the files that are that way. */
const FORBIDDEN: readonly (readonly [RegExp, string, RegExp | null])[] = [
  [/\bMath\.random\b/, 'src/domain/random.ts', null],
  [/\bdataSync\b/, 'it loses the device in a worker', null],
  [/dangerouslySetInnerHTML|\.innerHTML\b/, 'cells are text', null],
  [/\beval\(|new Function\(/, 'the content security policy refuses it', null],
  [/navigator\.storage\b/, 'workers/workspace', /^(workers\/workspace\/|src\/client\/browser-storage\.ts)/],
  [/@ts-(ignore|nocheck|expect-error)/, 'types hold', null],
];

function partOf(file: string): RegExp {
  const rule = RULES.find(([part]) => part.test(file));
  if (!rule) throw new Error(`${file} belongs to no part of the product`);
  return rule[0];
}

function mayImport(from: string, to: string): boolean {
  const [part, allowed] = RULES.find(([pattern]) => pattern.test(from))!;
  const own = part.exec(from)![0];
  return to.startsWith(own) || allowed.some((pattern) => pattern.test(to));
}

function offences(check: (file: SourceFile) => readonly string[]): string[] {
  return sources.flatMap((file) => check(file).map((offence) => `${file.path}: ${offence}`));
}

describe('the import graph', () => {
  it('is read', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.find(({ path }) => path === 'src/client/client.ts')?.imports).toContain(
      'src/client/page-workers.ts',
    );
    expect(() => sources.map(({ path }) => partOf(path))).not.toThrow();
  });

  it('keeps who may import whom', () => {
    expect(offences(({ path, imports }) => imports.filter((target) => !mayImport(path, target)))).toEqual([]);
  });

  it('has no cycles', () => {
    expect(findCycle(sources)).toBeNull();
  });

  it('keeps test helpers out of the product', () => {
    expect(offences(({ imports }) => imports.filter(isTest))).toEqual([]);
  });

  it('keeps each engine behind its own door', () => {
    expect(
      offences(({ path, packages }) => packages.filter((name) => HOMES[name] && !HOMES[name].test(path))),
    ).toEqual([]);
  });
});

describe('the models', () => {
  it('are described without a package, one line of the catalogue each', () => {
    const isDescription = /^(src\/domain\/|workers\/engine\/models\/(catalogue|([^/]+\/)?family)\.ts$)/;
    expect(
      offences(({ path, packages }) =>
        isDescription.test(path) ? packages.filter((name) => name !== 'zod') : [],
      ),
    ).toEqual([]);
    const catalogue = sources.find(({ path }) => path === 'workers/engine/models/catalogue.ts')!;
    for (const line of catalogue.text.trim().split('\n')) {
      expect(line).toMatch(/^export \{ \w+ \} from '\.\/[\w-]+\/family';$/);
    }
  });
});

describe('the benches', () => {
  it('reach the product through one file, and the conformance page', () => {
    const reaching = readFolder('bench')
      .filter(({ imports }) => imports.some((target) => /^(src|workers)\/(?!.*\/conformance\/)/.test(target)))
      .map(({ path }) => path);
    expect(reaching).toEqual(['bench/engine.ts']);
  });
});

describe('the sources', () => {
  it.each(FORBIDDEN)('do without %s (%s)', (word, _instead, home) => {
    expect(
      offences(({ path, text }) => (word.test(text) && !home?.test(path) ? [String(word)] : [])),
    ).toEqual([]);
  });

  it('stay short enough to read', () => {
    expect(
      offences(({ text }) => {
        const lines = text.split('\n').length;
        return lines > 400 ? [`${lines} lines`] : [];
      }),
    ).toEqual([]);
  });
});

describe('findCycle', () => {
  const file = (path: string, ...imports: string[]): SourceFile => ({
    path,
    imports,
    text: '',
    packages: [],
  });

  it('names the files of a cycle', () => {
    expect(findCycle([file('a', 'b'), file('b', 'c'), file('c', 'b')])).toEqual(['b', 'c', 'b']);
  });

  it('accepts two ways to the same file', () => {
    expect(findCycle([file('a', 'b', 'c'), file('b', 'c'), file('c')])).toBeNull();
  });
});

describe('package.json', () => {
  it('pins every dependency exactly', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
    const loose = Object.entries<string>({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });
});
