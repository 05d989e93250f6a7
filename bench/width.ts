import { columnLength, type NamedColumn, openEngine, type Settings, takeRows } from './engine';
import { describeProcess, optionOf, print } from './terminal';
import { causeEffects, scoreAuc } from './width-score';
import { widthTable } from './width-tables';

/** Planted correlations below this are chance to a tenth and more. */
const MIN_CORRELATION = 0.1;
/** Rows drawn at least, so that the error of the sample is small against what is lost. */
const MIN_DRAWN = 10_000;

/**
 * Relations of a few columns among many unrelated ones (`width-tables.ts`): how much of each planted correlation with the
 * outcome, and of the AUC of a naive Bayes score over all columns, trained on the output and asked about the real rows,
 * is kept: of the real rows every second one is learned and the others are asked about. One line per table and the means.
 * `npm run bench -- width [--tables 101-160] [--cells 300000] [--model {"privacyGuard":false}]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const [first, last] = (optionOf(args, 'tables') ?? '101-110').split('-').map(Number);
  const cells = Number(optionOf(args, 'cells') ?? 300_000);
  const settings: Settings = JSON.parse(optionOf(args, 'model') ?? '{}');
  print(`Width, ${describeProcess()}, one thread`);
  print('table  rows × columns  related  correlations kept            AUC real → synthetic  CPU s');
  const kept: number[] = [];
  const aucs: number[] = [];
  for (let seed = first!; seed <= (last ?? first!); seed++) {
    const { columns, target, causes, rows, related } = widthTable(seed, cells);
    const { drawn, cpuSeconds } = await outcome(columns, settings);
    const real = causeEffects(columns, target, causes);
    const synthetic = causeEffects(drawn, target, causes);
    const shares = real.flatMap((r, k) => (Math.abs(r) < MIN_CORRELATION ? [] : [synthetic[k]! / r]));
    const [learned, tested] = [everySecond(columns, 0), everySecond(columns, 1)];
    const as = firstRows(drawn, columnLength(learned[0]!.data));
    const [before, after] = [scoreAuc(learned, tested, target), scoreAuc(as, tested, target)];
    if (shares.length > 0) kept.push(mean(shares));
    aucs.push((after - 0.5) / (before - 0.5));
    const list = shares.map((share) => share.toFixed(2)).join(' ');
    const size = `${rows} × ${columns.length}`;
    print(
      `${String(seed).padEnd(6)} ${size.padEnd(15)} ${String(related).padEnd(8)} ${list.padEnd(29)} ` +
        `${before.toFixed(3)} → ${after.toFixed(3)}         ${cpuSeconds.toFixed(1)}`,
    );
  }
  print(`mean kept: correlations ${mean(kept).toFixed(3)}, AUC above ½ ${mean(aucs).toFixed(3)}`);
}

async function outcome(columns: readonly NamedColumn[], settings: Settings) {
  const engine = await openEngine(columns, 1);
  const { cpuSeconds } = await engine.train(1, settings);
  const { columns: drawn } = await engine.generate(Math.max(MIN_DRAWN, columnLength(columns[0]!.data)), 1);
  await engine.close();
  return { drawn, cpuSeconds };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function everySecond(table: readonly NamedColumn[], first: number): NamedColumn[] {
  const count = columnLength(table[0]!.data) >> 1;
  return pick(
    table,
    Uint32Array.from({ length: count }, (_, k) => 2 * k + first),
  );
}

function firstRows(table: readonly NamedColumn[], count: number): NamedColumn[] {
  return pick(
    table,
    Uint32Array.from({ length: count }, (_, k) => k),
  );
}

function pick(table: readonly NamedColumn[], rows: Uint32Array): NamedColumn[] {
  return table.map((column) => ({ ...column, data: takeRows(column.data, rows) }));
}
