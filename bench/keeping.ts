import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { openApp, withKeptApp } from './browser-profile';
import { mainJob } from './main-job';
import { median } from './table/sandwich';
import { DATA } from './tables';
import { optionOf, print } from './terminal';

/**
 * What keeping costs: the main job in a private session and in one that is kept, by turns, in one browser with a profile
 * on disk. `npm run bench -- keeping [--csv FILE] [--rounds 5]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const path = optionOf(args, 'csv') ?? `${DATA}bench_adult/train.csv.gz`;
  const rounds = Number(optionOf(args, 'rounds') ?? 5);
  if (!existsSync(path)) {
    print(`SKIPPED: ${path} is missing. --csv FILE takes another table.`);
    return;
  }
  const file = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(file) : file).toString();
  const seconds: Record<'private' | 'kept', number[]> = { private: [], kept: [] };
  await withKeptApp('keeping', ({ url, open }) =>
    open(async (_, context) => {
      // The first round loads what the browser caches.
      for (let round = -1; round < rounds; round++) {
        for (const mode of ['private', 'kept'] as const) {
          const page = await context.newPage();
          await openApp(page, mode === 'private' ? `${url}?private` : url);
          const started = performance.now();
          await page.evaluate(mainJob, { csv: text, goesOn: false, settings: {}, generation: {} });
          const took = (performance.now() - started) / 1000;
          await page.close();
          if (round >= 0) seconds[mode].push(took);
        }
      }
    }),
  );
  for (const mode of ['private', 'kept'] as const)
    print(`${mode.padEnd(8)} ${seconds[mode].map((value) => value.toFixed(2)).join('  ')} s`);
  const ratios = seconds.kept.map((value, round) => value / seconds.private[round]!);
  print(
    `kept / private: median ${median(ratios).toFixed(3)}, of minima ${(Math.min(...seconds.kept) / Math.min(...seconds.private)).toFixed(3)}`,
  );
}
