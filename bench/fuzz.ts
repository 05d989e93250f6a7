import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openFuzz } from './engine';
import { print } from './terminal';

/** No mutant may take longer to be read or refused, CPU seconds. */
const MAX_SECONDS = 5;
/** The process may never be larger, MB. */
const MAX_MEGABYTES = 1024;
const SLACK_MEGABYTES = 50;
/** After so many mutants what nobody holds is given back, so that what is held is measured. */
const COLLECTED = 50;
/** Of all mutants, those of delimited text; the rest is shared by the other formats alike. */
const TEXT_SHARE = 0.3;
const TEXT = 'Text';
/** The mutant that is being imported: what is left where one ends the process, or never ends. */
const CURRENT = join(tmpdir(), 'doppelgrid-mutant');

/** Outcomes of the mutants of one format. */
interface Row {
  mutants: number;
  read: number;
  failed: number;
  slowest: number;
  seconds: number;
  /** Of the process, and by how much one mutant made it larger, MB. */
  peak: number;
  growth: number;
}

/**
 * `npm run bench -- fuzz [MUTANTS] [SEED] [NAME] [FOLDER]`: imports mutants of small files of every format (20,000 without a
 * number; of the formats or files with a part of their names), of text also of the files below `cases/import` and
 * `data/messy_csv` of a folder. Each must be read or refused with a sentence, within five CPU seconds and 1 GB, and the
 * table from before must stay.
 */
export async function run([
  count = '20000',
  seed = '1',
  part = '',
  folder = '../shared',
]: readonly string[]): Promise<void> {
  const { sql, fuzzImport, seeds } = await openFuzz(folder);
  const wanted = seeds.filter(({ fileName, format }) => fileName.includes(part) || format === part);
  const rows = new Map<string, Row>();
  const start = process.cpuUsage();
  let failures = 0;
  for (const one of wanted) {
    const { fileName, format } = one;
    const alike = wanted.filter((other) => other.format === format).length;
    const mutants = Math.ceil((Number(count) * shareOf(format, wanted)) / alike);
    const row = rows.get(format) ?? newRow();
    rows.set(format, row);
    let level = 0;
    const onMutant = (bytes: Uint8Array) => {
      if (row.mutants % COLLECTED === 0) collectGarbage();
      writeFileSync(`${CURRENT}-${fileName}`, bytes);
      level = process.memoryUsage.rss() / 2 ** 20;
      resetPeak();
    };
    for await (const { bytes, isRead, fault, seconds } of fuzzImport(
      sql,
      one,
      mutants,
      Number(seed),
      onMutant,
    )) {
      const peak = peakMegabytes();
      const faults = [
        ...(fault === undefined ? [] : [fault]),
        ...(seconds > MAX_SECONDS ? [`it took ${seconds.toFixed(1)} s`] : []),
        // What an earlier mutant took is not given back.
        ...(peak > MAX_MEGABYTES && peak > level + SLACK_MEGABYTES
          ? [`the process took ${peak.toFixed()} MB`]
          : []),
      ];
      if (faults.length > 0) {
        const path = `${CURRENT}-${seed}-${++failures}-${fileName}`;
        writeFileSync(path, bytes);
        print(`${path}: ${faults.join('; ')}`);
      }
      row.mutants++;
      row.read += Number(isRead);
      row.failed += Number(faults.length > 0);
      row.slowest = Math.max(row.slowest, seconds);
      row.seconds += seconds;
      row.peak = Math.max(row.peak, peak);
      row.growth = Math.max(row.growth, peak - level);
    }
  }
  printTable(rows);
  const { user, system } = process.cpuUsage(start);
  print(`${((user + system) / 1e6).toFixed()} CPU seconds in all, seed ${seed}`);
  process.exit();
}

function shareOf(format: string, wanted: readonly { readonly format: string }[]): number {
  const formats = new Set(wanted.map((one) => one.format));
  const others = formats.size - Number(formats.has(TEXT));
  if (others === 0) return 1;
  const texts = formats.has(TEXT) ? TEXT_SHARE : 0;
  return format === TEXT ? texts : (1 - texts) / others;
}

function newRow(): Row {
  return { mutants: 0, read: 0, failed: 0, slowest: 0, seconds: 0, peak: 0, growth: 0 };
}

function printTable(rows: ReadonlyMap<string, Row>): void {
  const all = newRow();
  for (const row of rows.values()) {
    for (const key of ['mutants', 'read', 'failed', 'seconds'] as const) all[key] += row[key];
    for (const key of ['slowest', 'peak', 'growth'] as const) all[key] = Math.max(all[key], row[key]);
  }
  print(
    '| format | mutants | read | refused | failed | slowest, CPU s | mean, CPU ms | peak, MB | one added, MB |',
  );
  print('| --- | --: | --: | --: | --: | --: | --: | --: | --: |');
  for (const [format, row] of [...rows, ['all', all] as const]) {
    const { mutants, read, failed, slowest, seconds, peak, growth } = row;
    const cells = [
      mutants,
      read,
      mutants - read,
      failed,
      slowest.toFixed(2),
      ((1000 * seconds) / mutants).toFixed(),
    ];
    print(`| ${[format, ...cells, peak.toFixed(), growth.toFixed()].join(' | ')} |`);
  }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

/** Linux counts the most memory that a process has held, and begins anew when it is told to (proc(5), clear_refs). */
function resetPeak(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}

function peakMegabytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))!;
  return Number(kilobytes) / 1024;
}
