import { correlation, factorTable, type NamedColumn, openEngine, type Settings } from './engine';
import { describeProcess, optionOf, print } from './terminal';

/** Pairs of columns that are compared: every seventh. */
const EVERY_PAIR = 7;

/**
 * A table whose columns all follow a few hidden causes to 70 %: how much of the correlation of every two is kept, in as
 * many rows as it has.
 * `npm run bench -- factors [--size 1000x300] [--causes 8] [--seed 1] [--model {"privacyGuard":false}]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const [rows, count] = (optionOf(args, 'size') ?? '1000x300').split('x').map(Number) as [number, number];
  const causes = Number(optionOf(args, 'causes') ?? 8);
  const seed = Number(optionOf(args, 'seed') ?? 1);
  const settings: Settings = JSON.parse(optionOf(args, 'model') ?? '{}');
  const { values } = factorTable({ rows, columns: count, causes, sharing: count, seed });
  const columns = values.map(
    (column, c): NamedColumn => ({
      name: `x${c}`,
      storageType: 'float',
      data: { kind: 'number', values: column.map((value) => Math.round(value * 1000) / 1000), nulls: null },
    }),
  );
  print(`Factors, ${describeProcess()}, one thread`);
  const before = process.cpuUsage();
  const engine = await openEngine(columns, 1);
  const { cpuSeconds, summary } = await engine.train(seed, settings);
  const { columns: drawn } = await engine.generate(rows, seed);
  await engine.close();
  const { user, system } = process.cpuUsage(before);
  const [real, synthetic] = [columns, drawn].map((table) => table.map(numbersOf)) as [
    Float64Array[],
    Float64Array[],
  ];
  let [error, size, kept, pairs] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    for (let j = i % EVERY_PAIR; j < i; j += EVERY_PAIR) {
      const [r, s] = [correlation(real[i]!, real[j]!), correlation(synthetic[i]!, synthetic[j]!)];
      error += Math.abs(r - s);
      size += Math.abs(r);
      kept += Math.abs(s);
      pairs++;
    }
  }
  const mean = (sum: number) => (sum / pairs).toFixed(3);
  print(
    `${rows} × ${count} on ${causes} causes: mean |r| ${mean(size)} → ${mean(kept)}, error ${mean(error)}`,
  );
  const all = ((user + system) / 1e6).toFixed(1);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  print(
    `training ${cpuSeconds.toFixed(1)} CPU s, all ${all}, at most ${memory} MiB; ${summary.parameters} parameters`,
  );
}

function numbersOf({ data }: NamedColumn): Float64Array {
  return data.kind === 'number' ? data.values : new Float64Array(0);
}
