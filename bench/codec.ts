import { mkdirSync, writeFileSync } from 'node:fs';
import { cellText, columnLength, type NamedColumn, throughCodes } from './engine';
import {
  BENCH_TABLES,
  type BenchTable,
  type BenchTableName,
  missingFile,
  readBenchTable,
  readHalves,
} from './tables';
import { optionOf, print } from './terminal';

const DAY = 86_400_000;
/** Steps in the smallest unit of a column whose multiples are counted. */
const STEPS = [2, 3, 5, 7, 10, 12, 20, 25, 50, 60, 100, 250, 500, 1000, 5000, 10_000] as const;
const PRICE_ENDINGS = [49, 90, 95, 99] as const;
/** Columns of fewer values are listed value by value anyway. */
const MIN_DISTINCT = 20;

/**
 * What the codes lose: holdout rows are encoded by the training rows' encodings and decoded again, without a model.
 * Prints, per number and date, the shares that changed most: multiples of steps, price endings, weekdays, days of the
 * month, hours.
 * Arguments: tables (`adult beijing airbnb`), `--csv FILE,FILE`, `--out FOLDER` writes the decoded rows and
 * the training rows as CSV, for a score elsewhere.
 */
export async function run(args: readonly string[]): Promise<void> {
  const files = optionOf(args, 'csv')?.split(',') ?? [];
  const named = args.filter((arg) => BENCH_TABLES.includes(arg as BenchTableName)) as BenchTableName[];
  const out = optionOf(args, 'out');
  for (const name of named.length > 0 || files.length > 0 ? named : BENCH_TABLES) {
    const missing = missingFile(name);
    if (missing) print(`SKIPPED ${name}: ${missing} is missing.`);
    else measure(await readBenchTable(name), out);
  }
  for (const file of files) measure(await readHalves(file), out);
}

function measure(table: BenchTable, out: string | undefined): void {
  const { name, training, holdout } = table;
  const started = process.cpuUsage();
  const decoded = throughCodes(training, holdout, 1);
  const { user, system } = process.cpuUsage(started);
  const rows = columnLength(holdout[0]!.data);
  print(`\n${name}: ${rows} rows, ${((user + system) / 1e6).toFixed(2)} CPU s`);
  for (const column of decoded) {
    const real = holdout.find((other) => other.name === column.name)!;
    const changes = changesOf(real, column);
    if (changes.length > 0) print(`  ${column.name}: ${changes.slice(0, 4).join(' · ')}`);
  }
  if (!out) return;
  mkdirSync(out, { recursive: true });
  const stem = name.replace(/\.csv(\.gz)?$/, '');
  const kept = decoded.map((column) => training.find((other) => other.name === column.name)!);
  writeFileSync(`${out}/${stem}-real.csv`, toCsv(kept));
  writeFileSync(`${out}/${stem}-decoded.csv`, toCsv(decoded));
}

/** Shares with the largest changes, real → decoded in %, largest first. */
function changesOf(real: NamedColumn, decoded: NamedColumn): string[] {
  const before = numbersOf(real);
  const after = numbersOf(decoded);
  if (!before || !after || new Set(before).size < MIN_DISTINCT || after.length === 0) return [];
  const tests = real.storageType.startsWith('date') ? dateTests() : numberTests(before);
  return tests
    .map(({ name, test }) => ({ name, from: shareOf(before, test), to: shareOf(after, test) }))
    .filter(({ from, to }) => Math.abs(from - to) > 0.003)
    .sort((a, b) => Math.abs(b.from - b.to) - Math.abs(a.from - a.to))
    .map(({ name, from, to }) => `${name} ${percent(from)} → ${percent(to)}`);
}

interface Test {
  readonly name: string;
  readonly test: (value: number) => boolean;
}

function numberTests(values: readonly number[]): Test[] {
  const decimals = [0, 1, 2, 3, 4, 5, 6].find((d) =>
    values.every((value) => Math.abs(value * 10 ** d - Math.round(value * 10 ** d)) < 1e-6),
  );
  if (decimals === undefined) return [];
  const units = (value: number) => Math.round(value * 10 ** decimals);
  const tests: Test[] = STEPS.map((step) => ({
    name: `multiples of ${step / 10 ** decimals}`,
    test: (value) => units(value) % step === 0,
  }));
  for (const ending of PRICE_ENDINGS) {
    tests.push({ name: `ending ${ending}`, test: (value) => Math.abs(units(value) % 100) === ending });
  }
  return tests;
}

function dateTests(): Test[] {
  const tests: Test[] = [];
  const weekdays = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
  weekdays.forEach((name, k) => {
    tests.push({ name, test: (value) => ((Math.floor(value / DAY) % 7) + 7) % 7 === k });
  });
  for (let day = 1; day <= 31; day++) {
    tests.push({ name: `day ${day}`, test: (value) => new Date(value).getUTCDate() === day });
  }
  tests.push({ name: 'last of month', test: (value) => new Date(value + DAY).getUTCDate() === 1 });
  for (let hour = 0; hour < 24; hour++) {
    tests.push({ name: `${hour} h`, test: (value) => new Date(value).getUTCHours() === hour });
  }
  return tests;
}

function numbersOf({ data }: NamedColumn): number[] | null {
  if (data.kind !== 'number') return null;
  return Array.from(data.values).filter((_, row) => !data.nulls?.[row]);
}

function shareOf(values: readonly number[], test: (value: number) => boolean): number {
  return values.filter(test).length / values.length;
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

function toCsv(columns: readonly NamedColumn[]): string {
  const rows = columnLength(columns[0]!.data);
  const lines = [columns.map(({ name }) => quote(name)).join(',')];
  for (let row = 0; row < rows; row++) {
    lines.push(
      columns.map(({ data, storageType }) => quote(cellText(data, row, storageType) ?? '')).join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}

function quote(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
