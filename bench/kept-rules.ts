import { basename } from 'node:path';
import {
  checkRule,
  columnLength,
  columnsOfRule,
  type NamedColumn,
  openEngine,
  type Rule,
  randomTable,
  readCsv,
  says,
} from './engine';
import { BENCH_TABLES, type BenchTableName, missingFile, readBenchTable, withDates } from './tables';
import { describeProcess, optionOf, print } from './terminal';

/** Rules of a kind. */
interface Tally {
  /** Rules that all original rows keep. */
  rules: number;
  /** … of which some synthetic row breaks. */
  broken: number;
  /** Synthetic rows that break one. */
  rows: number;
}

/** Rules that some original rows break: how far the share of rows that keep them is off. */
interface ShareTally {
  rules: number;
  sum: number;
  largest: number;
}

/** What came of one table. */
interface Outcome {
  readonly drawnAgain: number;
  readonly copied: number;
  readonly rowsPerSecond: number;
}

/**
 * Whether rules that all original rows keep hold in all synthetic rows: those that were planted in generated tables, by
 * their own check, and those that were found. Dependencies are compared with the original rows.
 * `npm run bench -- kept-rules [--from 1001] [--tables 50] [--rows 10000] [--model {"maxEpochs":3}] [--csv FILE,FILE|adult,…]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const rows = Number(optionOf(args, 'rows') ?? 10_000);
  const settings = JSON.parse(optionOf(args, 'model') ?? '{"maxEpochs":3}');
  const from = Number(optionOf(args, 'from') ?? 1001);
  const count = Number(optionOf(args, 'tables') ?? 50);
  const files = optionOf(args, 'csv');
  print(`Kept rules, ${describeProcess()}, ${rows} rows a table, ${JSON.stringify(settings)}`);
  const tallies = {
    planted: new Map<string, Tally>(),
    found: new Map<string, Tally>(),
    shares: new Map<string, ShareTally>(),
  };
  const outcomes: Outcome[] = [];
  if (files) {
    for (const name of files.split(',')) {
      print(name);
      outcomes.push(await keptIn(basename(name), await tableOf(name), [], { rows, settings, tallies }));
    }
  } else {
    for (let seed = from; seed < from + count; seed++) {
      const { columns, planted } = randomTable(seed);
      outcomes.push(await keptIn(`table ${seed}`, columns, planted, { rows, settings, tallies }));
    }
  }
  printTally('planted', tallies.planted);
  printTally('found', tallies.found);
  print('| kept by a share of the rows | rules | off by, mean | at most |\n| --- | --- | --- | --- |');
  for (const [kind, { rules, sum, largest }] of [...tallies.shares].sort()) {
    print(`| ${kind} | ${rules} | ${(sum / rules).toFixed(4)} | ${largest.toFixed(4)} |`);
  }
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((all, outcome) => all + of(outcome), 0);
  const drawn = rows * outcomes.length;
  print(
    `${outcomes.length} tables: drawn again ${sum((o) => o.drawnAgain)} of ${drawn} rows ` +
      `(${((100 * sum((o) => o.drawnAgain)) / drawn).toFixed(2)} %), copies ${sum((o) => o.copied)}; ` +
      `${Math.round(drawn / sum((o) => rows / o.rowsPerSecond))} rows/s with decoding and rules`,
  );
}

async function tableOf(name: string): Promise<readonly NamedColumn[]> {
  if ((BENCH_TABLES as readonly string[]).includes(name)) {
    const missing = missingFile(name as BenchTableName);
    if (missing) throw new Error(`${missing} is missing.`);
    return (await readBenchTable(name as BenchTableName)).training;
  }
  return (await readCsv(name)).map(withDates);
}

interface Request {
  readonly rows: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly tallies: {
    readonly planted: Map<string, Tally>;
    readonly found: Map<string, Tally>;
    readonly shares: Map<string, ShareTally>;
  };
}

async function keptIn(
  name: string,
  columns: readonly NamedColumn[],
  planted: readonly Rule[],
  { rows, settings, tallies }: Request,
): Promise<Outcome> {
  const engine = await openEngine(columns, 1);
  const { rules = [] } = await engine.train(1, settings);
  const drawn = await engine.generate(rows, 1);
  await engine.close();
  const found = rules.map(({ rule }) => rule);
  const count = (tally: Map<string, Tally>, own: Rule, note: string) => {
    // Rows of a time series are drawn in no order, which the rule's state says.
    const isSeries = own.kind === 'running-number' && note.includes('unkept');
    const kind = isSeries ? 'running-number of a time series' : own.kind;
    const entry = tally.get(kind) ?? { rules: 0, broken: 0, rows: 0 };
    tally.set(kind, entry);
    const { applicable, kept } = checkRule(own, drawn.columns, columns);
    entry.rules++;
    if (kept === applicable) return;
    entry.broken++;
    entry.rows += applicable - kept;
    print(
      `  ${name}: ${applicable - kept} of ${applicable} break ${note} ${JSON.stringify(own).slice(0, 400)}`,
    );
  };
  const countShare = (own: Rule, before: number) => {
    const entry = tallies.shares.get(own.kind) ?? { rules: 0, sum: 0, largest: 0 };
    tallies.shares.set(own.kind, entry);
    const { applicable, kept } = checkRule(own, drawn.columns, columns);
    const off = Math.abs(kept / Math.max(1, applicable) - before);
    entry.rules++;
    entry.sum += off;
    entry.largest = Math.max(entry.largest, off);
    if (off > 0.01)
      print(
        `  ${name}: kept in ${before} → ${kept / applicable} of the rows: ${JSON.stringify(own).slice(0, 300)}`,
      );
  };
  const names = new Set(drawn.columns.map((column) => column.name));
  const isDrawn = (rule: Rule) => columnsOfRule(rule).every((column) => names.has(column));
  for (const rule of planted) {
    const exact = asHeld(rule, columns);
    if (!exact || !isDrawn(exact)) continue;
    const own = rules.find((candidate) => says(candidate.rule, rule));
    count(tallies.planted, exact, own ? `planted (${own.state})` : 'planted (not found)');
  }
  for (const { rule, state } of rules) {
    const { applicable, kept } = checkRule(rule, columns);
    if (!isDrawn(rule) || applicable === 0) continue;
    if (kept === applicable) count(tallies.found, rule, `found (${state})`);
    else countShare(rule, kept / applicable);
  }
  const { drawnAgain, copied } = drawn.mended;
  const size = `${columnLength(columns[0]!.data)} × ${columns.length}`;
  print(
    `${name}: ${size}, ${found.length} rules, again ${drawnAgain}, copied ${copied}, ${Math.round(rows / drawn.seconds)} rows/s`,
  );
  return { drawnAgain, copied, rowsPerSecond: rows / drawn.seconds };
}

/** The rule as all original rows keep it: with the rounding that was planted without being named; null if some break it. */
function asHeld(rule: Rule, columns: readonly NamedColumn[]): Rule | null {
  const holds = (candidate: Rule) => {
    const { applicable, kept } = checkRule(candidate, columns);
    return applicable > 0 && applicable === kept;
  };
  if (rule.kind === 'date-part' && rule.cells?.length === 0) return null;
  const isRounded = rule.kind === 'linear' || rule.kind === 'product';
  for (let decimals = 4; isRounded && decimals >= 0; decimals--) {
    for (const rounding of ['nearest', 'down', 'up'] as const) {
      const candidate: Rule = { ...rule, decimals, rounding };
      if (holds(candidate)) return candidate;
    }
  }
  return holds(rule) ? rule : null;
}

function printTally(title: string, tally: ReadonlyMap<string, Tally>): void {
  print(`| ${title} | hold in all rows | broken | rows that break |\n| --- | --- | --- | --- |`);
  const all = { rules: 0, broken: 0, rows: 0 };
  for (const [kind, { rules, broken, rows }] of [...tally].sort()) {
    print(`| ${kind} | ${rules} | ${broken} | ${rows} |`);
    all.rules += rules;
    all.broken += broken;
    all.rows += rows;
  }
  print(`| all | ${all.rules} | ${all.broken} | ${all.rows} |`);
}
