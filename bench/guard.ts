import { openEngine, openGuard, RandomStream, takeRows } from './engine';
import { relatedTable } from './guard-tables';
import { describeProcess, optionOf, print } from './terminal';

const TABLES = 100;
const SAMPLES = 4000;
/** Shares of samples that are copies of training rows, and columns in which a copy is changed. */
const SHARES = [0.01, 0.05, 0.2];
const CHANGES = [0, 1, 2];

type Guarded = Awaited<ReturnType<typeof openGuard>>;

/**
 * Both error rates of the privacy guard over made-up tables of 400 to 6,000 rows whose columns follow from each other.
 * Ideal samples are further rows of the same table; memorised rows replace 1, 5 and 20 % of them, as they are or with
 * one or two columns changed. Then the default model trains on the tables with the guard watching.
 * `npm run bench -- guard [--tables 100] [--first 1] [--trained 100]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const tables = Number(optionOf(args, 'tables') ?? TABLES);
  const first = Number(optionOf(args, 'first') ?? 1);
  const trained = Number(optionOf(args, 'trained') ?? tables);
  print(`Privacy guard, ${describeProcess()}, one thread`);
  if (tables > 0) await comparePlanted(first, tables);
  if (trained > 0) await watchTrainings(first, trained);
}

async function comparePlanted(first: number, tables: number): Promise<void> {
  const alarms = new Map<string, number>();
  let cpuSeconds = 0;
  let checks = 0;
  const count = async (guarded: Guarded, name: string, drawn: readonly ArrayLike<number>[]) => {
    const found = await guarded.check(drawn);
    if (process.env['VERBOSE'])
      print(`  ${name}: ${found.copied.toFixed(4)} ± ${found.standardError.toFixed(4)}`);
    alarms.set(name, (alarms.get(name) ?? 0) + Number(!found.acceptable));
    cpuSeconds += found.cpuSeconds;
    checks++;
  };
  for (let seed = first; seed < first + tables; seed++) {
    const { training, unseen } = rowsOf(seed);
    const columns = relatedTable(seed, training + unseen + SAMPLES);
    const guarded = await openGuard(columns, { training, unseen }, seed);
    if (process.env['VERBOSE']) print(`table ${seed}: ${training} + ${unseen} × ${columns.length}`);
    await count(guarded, 'no copies', guarded.fresh);
    for (const share of SHARES) {
      for (const changes of CHANGES)
        await count(guarded, nameOf(share, changes), withCopies(guarded, seed, share, changes));
    }
  }
  print(`\n${tables} tables, samples drawn like the rows: alarms`);
  for (const [name, number] of alarms) print(`  ${name.padEnd(40)}${number} of ${tables}`);
  print(`  a check takes ${(cpuSeconds / checks).toFixed(3)} CPU s`);
}

async function watchTrainings(first: number, tables: number): Promise<void> {
  const ended: number[] = [];
  const tiny: number[] = [];
  let guard = 0;
  let training = 0;
  let count = 0;
  for (let seed = first; seed < first + tables; seed++) {
    const rows = rowsOf(seed);
    const all = rows.training + rows.unseen;
    const columns = relatedTable(seed, all).map((column) => ({
      ...column,
      data: takeRows(
        column.data,
        Uint32Array.from({ length: all }, (_, i) => i),
      ),
    }));
    const engine = await openEngine(columns, 1);
    const { summary, wallSeconds } = await engine.train(seed);
    await engine.close();
    const { privacyGuard: found, rows: used } = summary;
    if (!found) continue;
    count++;
    const isTiny = used.validation === 0;
    if (found.outcome !== 'kept' || !found.acceptable) (isTiny ? tiny : ended).push(seed);
    if (isTiny) continue;
    guard += found.seconds;
    training += wallSeconds;
    if (process.env['VERBOSE'])
      print(
        `  table ${seed}: ${found.outcome} ${found.copied.toFixed(4)} ± ${found.standardError.toFixed(4)}`,
      );
  }
  print(`\n${count} trainings watched: changed by the guard`);
  print(`  above 1,000 rows: ${ended.length} (tables ${ended.join(', ') || 'none'})`);
  print(`  up to 1,000 rows: ${tiny.length} (tables ${tiny.join(', ') || 'none'})`);
  print(`  above 1,000 rows the guard took ${((100 * guard) / training).toFixed(1)} % of the time`);
}

function rowsOf(seed: number): { training: number; unseen: number } {
  const total = Math.round(400 * 15 ** new RandomStream(seed, 'rows').uniform());
  const unseen = Math.round(0.2 * total);
  return { training: total - unseen, unseen };
}

function nameOf(share: number, changes: number): string {
  const copies = `${100 * share} % memorised rows`;
  return changes === 0 ? `${copies}, exact` : `${copies}, ${changes} column${changes > 1 ? 's' : ''} changed`;
}

/** The fresh rows with some replaced by training rows; a changed column is that of the row replaced. */
function withCopies(
  { parts, training, fresh }: Guarded,
  seed: number,
  share: number,
  changes: number,
): Uint16Array[] {
  const stream = new RandomStream(seed, 'copies');
  const columns = (parts.at(-1) ?? 0) + 1;
  const drawn = fresh.map((part) => Uint16Array.from(part));
  for (let i = 0; i < drawn[0]!.length; i++) {
    if (stream.uniform() >= share) continue;
    const row = stream.below(training[0]!.length);
    const changed = stream.permutation(columns).subarray(0, changes);
    parts.forEach((column, j) => {
      if (!changed.includes(column)) drawn[j]![i] = training[j]![row]!;
    });
  }
  return drawn;
}
