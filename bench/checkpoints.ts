import { columnLength, openEngine } from './engine';
import { median } from './table/sandwich';
import { missingFile, readBenchTable, readHalves } from './tables';
import { optionOf, print } from './terminal';

/** Times that the clock of checkpoints runs faster: a training of some seconds then writes several. */
const HASTE = 10;
/** Seconds between two checkpoints. */
const INTERVAL = 10;

/**
 * What checkpoints of a training cost: the same training with and without, by turns, in one process.
 * `npm run bench -- checkpoints [--csv FILE] [--rounds 5]`. Writing and hashing are in this process, too.
 */
export async function run(args: readonly string[]): Promise<void> {
  const path = optionOf(args, 'csv');
  const rounds = Number(optionOf(args, 'rounds') ?? 5);
  if (!path && missingFile('adult')) {
    print(`SKIPPED: ${missingFile('adult')} is missing. --csv FILE takes another table.`);
    return;
  }
  const { name, training: table } = path ? await readHalves(path) : await readBenchTable('adult');
  const sizes: number[] = [];
  const clock = () => HASTE * performance.now();
  const engines = {
    without: await openEngine(table, 1),
    with: await openEngine(table, 1, { clock, onCheckpoint: (bytes) => sizes.push(bytes) }),
  };
  const seconds: Record<keyof typeof engines, number[]> = { without: [], with: [] };
  // The first round warms up.
  for (let round = -1; round < rounds; round++) {
    if (round === 0) sizes.length = 0;
    for (const mode of ['without', 'with'] as const) {
      const { cpuSeconds } = await engines[mode].train(1);
      if (round >= 0) seconds[mode].push(cpuSeconds);
    }
  }
  for (const mode of ['without', 'with'] as const) {
    print(`${mode.padEnd(8)} ${seconds[mode].map((value) => value.toFixed(2)).join('  ')} CPU s`);
    await engines[mode].close();
  }
  const count = sizes.length / rounds;
  const each = (median(seconds.with) - median(seconds.without)) / Math.max(1, count);
  print(
    `${name}, ${columnLength(table[0]!.data)} rows: ${count.toFixed(1)} checkpoints of ${(Math.max(...sizes) / 2 ** 20).toFixed(2)} MiB per training; ` +
      `each ${(1000 * each).toFixed(0)} ms, ${((100 * each) / INTERVAL).toFixed(2)} % of ${INTERVAL} s`,
  );
}
