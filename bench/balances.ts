import { writeFileSync } from 'node:fs';
import { balanceTable, MONTHS } from './balance-tables';
import { type NamedColumn, openEngine, type Settings } from './engine';
import { describeProcess, optionOf, print } from './terminal';

/**
 * Sharp relations of numbers (`balance-tables.ts`): the shares of balances within 5 and 10 % of the month before, of equal
 * ones, and of payments equal to the balance; real against synthetic.
 * `npm run bench -- balances [--rows 15000] [--seeds 1-3] [--model {"modelSize":"S"}] [--out PREFIX]`; with `--out` both
 * tables are written as CSV, for a discriminator of another library.
 */
export async function run(args: readonly string[]): Promise<void> {
  const rows = Number(optionOf(args, 'rows') ?? 15_000);
  const [first, last] = (optionOf(args, 'seeds') ?? '1').split('-').map(Number);
  const settings: Settings = JSON.parse(optionOf(args, 'model') ?? '{}');
  const out = optionOf(args, 'out');
  print(`Balances, ${rows} rows, ${describeProcess()}, one thread`);
  print('seed  table      within 5 %  within 10 %  equal  payment = balance  CPU s');
  for (let seed = first!; seed <= (last ?? first!); seed++) {
    const real = balanceTable(rows, seed);
    const engine = await openEngine(real, 1);
    const { cpuSeconds } = await engine.train(seed, settings);
    const { columns: synthetic } = await engine.generate(rows, seed);
    await engine.close();
    print(`${String(seed).padEnd(5)} real       ${sharesText(real)}`);
    print(`${String(seed).padEnd(5)} synthetic  ${sharesText(synthetic)}  ${cpuSeconds.toFixed(1)}`);
    if (!out) continue;
    writeFileSync(`${out}-${seed}-real.csv`, csvOf(real));
    writeFileSync(`${out}-${seed}-synthetic.csv`, csvOf(synthetic));
  }
}

function sharesText(table: readonly NamedColumn[]): string {
  const [near, nearer, equal, paid] = shares(table).map((share) => share.toFixed(3));
  return `${near!.padEnd(11)} ${nearer!.padEnd(12)} ${equal!.padEnd(6)} ${paid!.padEnd(17)}`;
}

/** Of positive balances: followed by one within 5 %, within 10 %, by an equal one; paid in full. */
function shares(table: readonly NamedColumn[]): number[] {
  const counts = [0, 0, 0, 0];
  let [followed, positive] = [0, 0];
  for (let t = 1; t <= MONTHS; t++) {
    const [own, next, payment] = [`balance${t}`, `balance${t + 1}`, `payment${t}`].map((name) =>
      valuesOf(table, name),
    );
    own!.forEach((value, row) => {
      if (!(value > 0)) return;
      positive++;
      if (payment![row] === value) counts[3]!++;
      if (!next) return;
      followed++;
      const distance = Math.abs(next[row]! / value - 1);
      [0.05, 0.1, 0].forEach((limit, k) => {
        if (distance <= limit) counts[k]!++;
      });
    });
  }
  return counts.map((count, k) => count / (k < 3 ? followed : positive));
}

function valuesOf(table: readonly NamedColumn[], name: string): Float64Array | null {
  const data = table.find((column) => column.name === name)?.data;
  return data?.kind === 'number' ? data.values : null;
}

function csvOf(table: readonly NamedColumn[]): string {
  const columns = table.map(({ name }) => valuesOf(table, name)!);
  const lines = Array.from(columns[0]!, (_, row) => columns.map((values) => values[row]).join());
  return `${[table.map(({ name }) => name).join(), ...lines].join('\n')}\n`;
}
