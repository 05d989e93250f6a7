import { deepStrictEqual } from 'node:assert';
import { cpus } from 'node:os';
import { RandomStream } from '../src/domain/random';
import { ALL_ROWS } from '../src/domain/split';
import { startNodeThread } from '../src/threads/testing/node-threads';
import type { ThreadSource } from '../src/threads/thread';
import { computeAccuracy } from '../workers/quality/accuracy/compute-accuracy';
import { computeDistances, type DistancesResult } from '../workers/quality/distances/compute-distances';
import type { NearestRecords } from '../workers/quality/distances/distance-metrics';
import type { PointSet } from '../workers/quality/distances/encode';
import { nearestRecords } from '../workers/quality/distances/nearest-records';
import type { SearchApi } from '../workers/quality/distances/search-task';
import { evaluate } from '../workers/quality/evaluate';
import { Pacer } from '../workers/quality/pacing';
import {
  missingAdult,
  PUBLISHED,
  readAdult,
  readFixture,
  readPublished,
} from '../workers/quality/testing/adult';
import { memorySource } from '../workers/quality/testing/memory-source';
import { deviations } from '../workers/quality/testing/parity';
import { oneAfterOther } from './thread-time';

/** What the reference took for one Adult file on two cores. */
const REFERENCE_SECONDS = '24–30';

const THREADS = 2;

/** Threads that run already: loading TypeScript in Node is not what they would do in a browser. */
async function startedThreads(): Promise<ThreadSource<SearchApi>> {
  const script = new URL('../workers/quality/distances/search-worker.ts', import.meta.url);
  const started = await Promise.all(
    Array.from({ length: THREADS }, () => startNodeThread<SearchApi>(script)),
  );
  return { cores: THREADS, start: async () => started.pop()! };
}

/** What a second thread brings where the distances take long: 20,000 rows that spread in 16 dimensions. */
async function searchRatio(): Promise<number> {
  const cloud = (seed: number): PointSet => {
    const stream = new RandomStream(seed, 'cloud');
    return { rows: 20_000, dims: 16, data: Float64Array.from({ length: 320_000 }, () => stream.normal()) };
  };
  const sets = { training: cloud(1), holdout: cloud(2), synthetic: cloud(3) };
  let expected: NearestRecords | null = null;
  const alone = await oneAfterOther(async () => {
    expected = await nearestRecords(sets, new Pacer(), 1);
  });
  const searchers = await startedThreads();
  let shared: NearestRecords | null = null;
  const together = await oneAfterOther(async () => {
    shared = await nearestRecords(sets, new Pacer(), 1, { searchers });
  });
  deepStrictEqual(shared, expected);
  return alone / together;
}

interface Row {
  readonly [heading: string]: string;
}

/**
 * The first report against the reference's own output on published Adult files: largest deviation of any column,
 * pair and triple, the distance share beside the reference's, seconds per stage on one thread, and what a second thread brings the distances on a machine with nothing else to do. The reference's
 * share is the highest of up to seven sub-spaces and uses another embedder, so it agrees only about.
 *
 * @param args names of files in `bench_adult/syn` (without `.csv.gz`); three of them by default
 */
export async function run(args: readonly string[]): Promise<void> {
  const missing = missingAdult();
  if (missing) {
    print([`The report cannot be compared: ${missing} is missing.`]);
    return;
  }
  const adult = readAdult();
  const rows: Row[] = [];
  for (const name of args.length > 0 ? args : PUBLISHED) {
    rows.push(await measure(name, adult));
  }
  print([
    `Report on Adult, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}, one thread`,
    `(largest deviation from the reference over all columns, pairs, triples; the reference took ${REFERENCE_SECONDS} s a file on two cores)`,
    '',
    ...table(rows),
    '',
    `Closest records of 20,000 rows in 16 dimensions, one thread / ${THREADS}, processor time: ${(await searchRatio()).toFixed(2)}`,
  ]);
}

async function measure(name: string, adult: ReturnType<typeof readAdult>): Promise<Row> {
  const fixture = readFixture(name);
  const synthetic = readPublished(name, adult.training);
  const [accuracy, accuracySeconds] = await timed(() =>
    computeAccuracy({ original: adult.original, synthetic }),
  );
  const [distances, distanceSeconds] = await timed(() => computeDistances({ ...adult, synthetic }));
  const alone = await oneAfterOther(() => computeDistances({ ...adult, synthetic }));
  const searchers = await startedThreads();
  let shared: DistancesResult | null = null;
  const together = await oneAfterOther(async () => {
    shared = await computeDistances({ ...adult, synthetic }, {}, searchers);
  });
  deepStrictEqual(shared, distances);
  const source = memorySource({ training: adult.training, holdout: adult.holdout, synthetic });
  const [, reportSeconds] = await timed(() =>
    evaluate(
      {
        reportId: name,
        syntheticDatasetId: 'dataset',
        syntheticTableId: 'synthetic',
        columns: adult.training.map((column) => column.name),
        training: { tableId: 'training', rows: ALL_ROWS },
        holdout: { tableId: 'holdout', rows: ALL_ROWS, origin: 'file' },
        randomState: 1,
        original: 'training+holdout',
      },
      source,
    ),
  );
  const largest = deviations(accuracy, fixture);
  const { dcrShare, dcrShareStandardError, imsTraining } = distances.metrics;
  return {
    file: name,
    univariate: largest.univariate.toExponential(1),
    bivariate: largest.bivariate.toExponential(1),
    trivariate: largest.trivariate.toExponential(1),
    overall: `${accuracy.summary.overall}`,
    'reference’s': `${fixture.metrics.accuracy['overall']}`,
    'dcr share ± s.e.': `${dcrShare?.toFixed(3)} ± ${dcrShareStandardError?.toFixed(4)}`,
    'reference’s share': `${fixture.metrics.distances['dcr_share']}`,
    'identical (reference’s)': `${imsTraining} (${fixture.metrics.distances['ims_training']})`,
    'accuracies s': accuracySeconds.toFixed(2),
    'distances s': distanceSeconds.toFixed(2),
    [`one thread / ${THREADS}, processor time`]: (alone / together).toFixed(2),
    'whole report s': reportSeconds.toFixed(2),
  };
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  const result = await work();
  return [result, (performance.now() - started) / 1000];
}

function table(rows: readonly Row[]): string[] {
  const headings = Object.keys(rows[0] ?? {});
  const widths = headings.map((heading) =>
    Math.max(heading.length, ...rows.map((row) => row[heading]!.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [
    line(headings),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map((row) => line(headings.map((heading) => row[heading]!))),
  ];
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
