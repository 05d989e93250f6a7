import { columnLength, type NamedColumn, openEngine, randomColumn, rareHits } from './engine';
import { describeProcess, optionOf, print } from './terminal';

/** Rare values of the learned rows in the output, against those of as many rows that nobody learned. */
interface Total {
  tables: number;
  rows: number;
  own: number;
  strangers: number;
  changed: number;
}

/**
 * Random columns of every encoding type through their codes, and some through a trained model: how many rows of the output
 * are a value that fewer than 5 learned rows hold, and how many one of other rows of the same population (chance).
 * `npm run bench -- encodings [--tables 10000] [--trained 20] [--first 0]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const tables = Number(optionOf(args, 'tables') ?? 10_000);
  const trained = Number(optionOf(args, 'trained') ?? 20);
  const first = Number(optionOf(args, 'first') ?? 0);
  print(`Encodings, ${describeProcess()}, one thread, ${tables} random columns from seed ${first}`);
  const cpu = process.cpuUsage();
  const totals = new Map<string, Total>();
  for (let seed = first; seed < first + tables; seed++) {
    const column = randomColumn(seed);
    add(totals, `${column.encodingType}, ${column.about}`, rareHits(column, seed));
  }
  printTotals('through codes', totals);
  print(`${(process.cpuUsage(cpu).user / 1e6).toFixed(0)} CPU s`);
  if (trained > 0) printTotals('through a trained model', await throughModels(first, trained));
}

/** Columns of 200 rows and more, each a table with two columns that follow from it. */
async function throughModels(first: number, wanted: number): Promise<Map<string, Total>> {
  const totals = new Map<string, Total>();
  let done = 0;
  for (let seed = first; done < wanted; seed++) {
    const { about, encodingType, storageType, learned, strangers } = randomColumn(seed);
    if (columnLength(learned) < 200 || !LEARNED.includes(encodingType)) continue;
    done++;
    const table: NamedColumn[] = [{ name: 'c', storageType, data: learned }];
    const engine = await openEngine(table, 1);
    try {
      await engine.train(seed, { maxEpochs: 30 }, {}, [], { c: encodingType });
      const { columns } = await engine.generate(2 * columnLength(learned), seed);
      const data = columns.find(({ name }) => name === 'c')?.data;
      if (!data) continue;
      const out = cellsOf(data);
      const count = (cells: ReadonlySet<unknown>) => out.filter((cell) => cells.has(cell)).length;
      const [own, others] = [count(rareOf(learned)), count(rareOf(strangers))];
      add(totals, `${encodingType}, ${about}`, { rows: out.length, own, strangers: others, changed: 0 });
    } catch (error) {
      // A column of which nothing may show is no table to learn.
      if (!(error instanceof Error && error.name === 'UserError')) throw error;
    } finally {
      await engine.close();
    }
  }
  return totals;
}

/** What codes alone do not tell: types whose rare values a model could only learn. */
const LEARNED = ['TABULAR_CHARACTER', 'TABULAR_NUMERIC_DIGIT', 'TABULAR_LAT_LONG'];

function cellsOf(data: NamedColumn['data']): (string | number | null)[] {
  if (data.kind === 'text') return Array.from(data.codes, (code) => data.dictionary[code] ?? null);
  return Array.from(data.values, (value, row) => (data.nulls?.[row] === 1 ? null : value));
}

function rareOf(data: NamedColumn['data']): Set<string | number> {
  const counts = new Map<string | number, number>();
  for (const cell of cellsOf(data)) if (cell !== null) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return new Set([...counts].flatMap(([cell, count]) => (count < 5 ? [cell] : [])));
}

function add(totals: Map<string, Total>, key: string, hits: Omit<Total, 'tables'>): void {
  const total = totals.get(key) ?? { tables: 0, rows: 0, own: 0, strangers: 0, changed: 0 };
  totals.set(key, {
    tables: total.tables + 1,
    rows: total.rows + hits.rows,
    own: total.own + hits.own,
    strangers: total.strangers + hits.strangers,
    changed: total.changed + hits.changed,
  });
}

function printTotals(title: string, totals: ReadonlyMap<string, Total>): void {
  print(`${title.padEnd(52)} tables     rows  rare, learned  rare, of strangers  common, changed`);
  for (const [key, { tables, rows, own, strangers, changed }] of [...totals].sort()) {
    print(
      `${key.padEnd(52)} ${String(tables).padStart(6)} ${String(rows).padStart(8)} ${String(own).padStart(14)} ` +
        `${String(strangers).padStart(19)} ${String(changed).padStart(16)}`,
    );
  }
}
