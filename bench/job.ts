import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../scripts/lib/build';
import { ROOT } from '../scripts/lib/paths';
import { DATA, missingFile } from './tables';
import { mebibytes, print } from './terminal';

const RUNS = 3;

/**
 * The whole job unattended on Adult: wall seconds from the command to the files, report included, in fresh
 * processes; the app is built before.
 *
 * @param args passed on to `synthesize`
 */
export async function run(args: readonly string[]): Promise<void> {
  const [table, holdout] = ['train', 'holdout'].map((name) => join(DATA, `bench_adult/${name}.csv.gz`));
  const missing = missingFile('adult');
  if (missing) {
    print(`The job cannot be measured: ${missing} is missing.`);
    return;
  }
  await ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'bench-job-'));
  try {
    print(`Adult, ${RUNS} runs, ${cpus().length} × ${cpus()[0]?.model.trim()}`);
    for (let seed = 1; seed <= RUNS; seed++) {
      const out = join(folder, String(seed));
      const started = performance.now();
      await synthesize([table!, '--holdout', holdout!, '--seed', String(seed), '--out', out, ...args]);
      print(`seed ${seed}: ${figures(out, (performance.now() - started) / 1000)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figures(out: string, seconds: number): string {
  const read = (name: string) => JSON.parse(readFileSync(join(out, name), 'utf8'));
  const { accuracy, distances } = read('metrics.json');
  const { training, sampling, seconds: steps, peak_memory_bytes: memory } = read('run.json');
  return [
    `${seconds.toFixed(1)} s`,
    `training ${training.seconds.toFixed(1)} s, ${training.epochs} epochs, ${Math.round(training.rows_per_second)} rows/s`,
    `sampling ${Math.round(sampling.rows_per_second)} rows/s`,
    `report ${steps.create_data_report.toFixed(1)} s`,
    `(uni + biv)/2 ${((accuracy.univariate + accuracy.bivariate) / 2).toFixed(4)}, triv ${accuracy.trivariate.toFixed(4)}`,
    `DCR share ${distances.dcr_share}`,
    `page peak ${memory.page === null ? 'unknown' : mebibytes(memory.page)}`,
  ].join(' · ');
}

function synthesize(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'scripts/synthesize.mjs'), ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`synthesize ended with ${code}`)),
    );
  });
}
