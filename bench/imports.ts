import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openNodeEngine, readFile, readingSentence } from './engine';
import { print } from './terminal';

/** Small files of which a careful reader said what they hold, and the suites of parsers, next to the repository. */
const CASES = fileURLToPath(new URL('../../shared/cases/import/', import.meta.url));
const SUITES = fileURLToPath(new URL('../../shared/data/messy_csv/', import.meta.url));

interface Expected {
  readonly columns?: readonly string[];
  readonly rows?: readonly (readonly (string | null)[])[];
  readonly error?: string;
}

/**
 * What files are read as: one line each, with whether names and cells are those that a careful reader expects, how the
 * file was read, and how many lines are rows, skipped and rejected. Arguments: parts of names of files (all by default).
 */
export async function run(args: readonly string[]): Promise<void> {
  const sql = await openNodeEngine();
  const isWanted = (name: string) => args.length === 0 || args.some((part) => name.includes(part));
  const totals = { good: 0, bad: 0 };
  for (const path of filesBelow(CASES).filter((name) => name.endsWith('.csv') && isWanted(name))) {
    const expected: Expected = JSON.parse(readFileSync(path.replace(/\.csv$/, '.expected.json'), 'utf8'));
    const read = await attempt(path);
    const isGood =
      expected.error === undefined
        ? same(read.table?.names, expected.columns) && same(read.table?.cells, expected.rows)
        : read.table === null || (read.table.regions ?? []).length > 1;
    totals[isGood ? 'good' : 'bad']++;
    print(`${isGood ? 'as expected' : 'OTHERWISE  '}  ${nameOf(path)}: ${read.words}`);
  }
  print(`\n${totals.good} of ${totals.good + totals.bad} as expected\n`);
  for (const path of filesBelow(SUITES).filter((name) => /\.(csv|tsv)$/.test(name) && isWanted(name))) {
    print(`${nameOf(path)}: ${(await attempt(path)).words}`);
  }

  async function attempt(path: string) {
    try {
      const table = await readFile(sql, new Uint8Array(readFileSync(path)), {}, nameOf(path));
      const counts = `${table.rowCount} rows, ${table.skippedCount} skipped, ${table.rejectedCount} rejected`;
      return { table, words: `${counts}. ${readingSentence({ dialect: table.dialect, tables: [table] })}` };
    } catch (error) {
      return { table: null, words: (error as Error).message };
    }
  }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function nameOf(path: string): string {
  return path.split('/').at(-1)!;
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) {
    print(`SKIPPED: ${folder} is missing.`);
    return [];
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => `${folder}${name}`);
}
