import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { importFile, openNodeEngine } from './engine';
import { longCsv } from './large-csv';
import { mebibytes, print } from './terminal';

/** Two runs: the first compiles what it runs. */
const RUNS = 2;
const WIDE = { columns: 700, rows: 20 };

/**
 * CPU seconds of a whole import in Node, those of DuckDB (a thread of its own in a browser) and the rest apart, and of the
 * statements that take most. `npm run bench -- import-speed [rows of 15 columns | wide | FILE]`, by default 1,000,000.
 */
export async function run(args: readonly string[]): Promise<void> {
  const what = args[0] ?? '1000000';
  const file = fileOf(what);
  const engine = await openNodeEngine();
  for (let round = 0; round < RUNS; round++) {
    const costs = new Map<string, number>();
    const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      const before = seconds();
      try {
        return await work();
      } finally {
        costs.set(name, (costs.get(name) ?? 0) + seconds() - before);
      }
    };
    const sql: typeof engine = {
      ...engine,
      query: (text) =>
        timed(text.replace(/\d+/g, '#').replace(/\s+/g, ' ').slice(0, 90), () => engine.query(text)),
      insertArrow: (...rows) => timed('insertion', () => engine.insertArrow(...rows)),
    };
    const before = seconds();
    const { rowCount, columns } = await importFile(sql, file, {
      overrides: {},
      sqlTable: 'imported',
      onProgress: () => {},
      checkpoint: () => {},
    });
    const all = seconds() - before;
    const inEngine = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
    print(
      `${rowCount} × ${columns.length}, ${mebibytes(file.size)}: ${all.toFixed(2)} CPU s, ${inEngine.toFixed(2)} of them DuckDB's`,
    );
    for (const [name, cost] of [...costs].sort((a, b) => b[1] - a[1]).slice(0, 8)) {
      print(`  ${cost.toFixed(2)}  ${name}`);
    }
  }
}

function fileOf(what: string): File {
  if (what === 'wide') return new File([wideText()], 'wide.csv');
  if (/^\d+$/.test(what)) return new File([...longCsv(Number(what))], 'long.csv');
  return new File([readFileSync(what)], basename(what));
}

/** Whole and real numbers, words and days in turn. */
function wideText(): string {
  const names = Array.from({ length: WIDE.columns }, (_, c) => `column ${c}`);
  const rows = Array.from({ length: WIDE.rows }, (_, r) =>
    names.map((_, c) => {
      const cells = [(r * 7 + c) % 100, ((r * 13 + c) % 1000) / 8, ['red', 'green', 'blue'][(r + c) % 3]];
      return cells[c % 4] ?? `2020-0${1 + (r % 9)}-1${c % 10}`;
    }),
  );
  return [names, ...rows].map((cells) => cells.join()).join('\n');
}

function seconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
