import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { basename } from 'node:path';
import { HeadlessApp } from '../scripts/lib/headless-app';
import { importFile } from '../scripts/synthesize/job';
import { mebibytes, print } from './terminal';

const INTERVAL_MS = 100;
/** Imports of each file: the first of a page starts and compiles what it needs. */
const RUNS = 2;

/**
 * Imports of files through the app in a headless browser, each in a page of its own: seconds by the clock, highest memory of
 * the page with its workers, processor seconds of their threads. `npm run bench -- import-app FILE… [--runs=2]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const runs = Number(args.find((arg) => arg.startsWith('--runs='))?.slice('--runs='.length) ?? RUNS);
  for (const file of args.filter((arg) => !arg.startsWith('--'))) {
    const app = await HeadlessApp.open(() => undefined);
    try {
      await app.give('table', file);
      for (let round = 0; round < runs; round++) await measure(app, file);
    } finally {
      await app.close();
    }
  }
}

async function measure(app: HeadlessApp, file: string): Promise<void> {
  let memory = 0;
  let pid = 0;
  const look = () => {
    const now = app.memory();
    if (!now) return;
    ({ pid } = now);
    memory = Math.max(memory, now.now);
  };
  look();
  const before = threadTimes(pid);
  const timer = setInterval(look, INTERVAL_MS);
  const started = performance.now();
  const source = await importFile(app.page, 'table');
  const seconds = (performance.now() - started) / 1000;
  clearInterval(timer);
  const times = [...threadTimes(pid)]
    .map(([id, { name, seconds }]) => ({ name, seconds: seconds - (before.get(id)?.seconds ?? 0) }))
    .sort((a, b) => b.seconds - a.seconds);
  const all = times.reduce((sum, thread) => sum + thread.seconds, 0);
  const { byteSize, tables } = source;
  const busiest = times.slice(0, 7).map(({ name, seconds: of }) => `${name} ${of.toFixed(1)}`);
  print(
    `${basename(file)}, ${tables[0]!.rowCount} × ${tables[0]!.columns.length}, ${mebibytes(byteSize)}: ${seconds.toFixed(2)} s, ${(byteSize / 1e6 / seconds).toFixed(0)} MB/s, ${mebibytes(memory)}, ${all.toFixed(1)} CPU s (${busiest.join(', ')}), load ${loadavg()[0]!.toFixed(1)}`,
  );
}

/** Processor seconds so far of every thread of a process, by its id; empty where the system does not tell (it is Linux that does). */
function threadTimes(pid: number): Map<string, { readonly name: string; readonly seconds: number }> {
  const tasks = `/proc/${pid}/task`;
  const times = new Map<string, { name: string; seconds: number }>();
  try {
    for (const id of readdirSync(tasks)) {
      const seconds = Number(readFileSync(`${tasks}/${id}/schedstat`, 'utf8').split(' ')[0]) / 1e9;
      times.set(id, { name: readFileSync(`${tasks}/${id}/comm`, 'utf8').trim(), seconds });
    }
  } catch {
    // Gone meanwhile, or another system.
  }
  return times;
}
