import type { ColumnData } from '../src/domain/column-data';
import type { ResolvedEncodingType, StorageType } from '../src/domain/columns';
import { RandomStream } from '../src/domain/random';
import { startNodeThread } from '../src/threads/testing/node-threads';
import type { ThreadSource } from '../src/threads/thread';
import { takeRows } from '../workers/database/columns/select-rows';
import type { AnalyseOptions } from '../workers/engine/encoding/contract';
import {
  analyseColumn,
  type ColumnEncoding,
  decodeColumn,
  encodeColumn,
} from '../workers/engine/encoding/encoder';
import type { EncoderApi } from '../workers/engine/encoding-pool/column-task';
import { encodeColumns } from '../workers/engine/encoding-pool/encode-columns';
import { median } from './median';
import { busiestThread } from './thread-time';

interface BenchColumn {
  readonly name: string;
  readonly storageType: StorageType;
  readonly encodingType: ResolvedEncodingType;
  readonly data: ColumnData;
}

type Maker = (stream: RandomStream, rows: number) => ColumnData;

const SHAPES: readonly (readonly [string, StorageType, ResolvedEncodingType, Maker])[] = [
  ['age', 'integer', 'TABULAR_NUMERIC_DISCRETE', numbers((s) => 17 + s.below(74))],
  ['education', 'integer', 'TABULAR_NUMERIC_DISCRETE', numbers((s) => 1 + s.below(16))],
  [
    'weight',
    'integer',
    'TABULAR_NUMERIC_BINNED',
    numbers((s) => Math.round(180_000 * Math.exp(0.5 * s.normal()))),
  ],
  ['gain', 'integer', 'TABULAR_NUMERIC_BINNED', numbers((s) => (s.uniform() < 0.9 ? 0 : s.below(99_999)))],
  ['price', 'float', 'TABULAR_NUMERIC_BINNED', numbers((s) => Math.round(5000 * Math.exp(s.normal())) / 100)],
  ['ratio', 'float', 'TABULAR_NUMERIC_BINNED', numbers((s) => s.normal())],
  ['amount with nulls', 'float', 'TABULAR_NUMERIC_BINNED', numbers((s) => s.normal() * 1e4, 0.1)],
  ['flag', 'boolean', 'TABULAR_CATEGORICAL', texts(2, 0)],
  ['state', 'text', 'TABULAR_CATEGORICAL', texts(50, 0)],
  ['city', 'text', 'TABULAR_CATEGORICAL', texts(20_000, 0.02)],
  ['name', 'text', 'TABULAR_CATEGORICAL', texts(200_000, 0)],
  ['born', 'date', 'TABULAR_DATETIME', numbers((s) => (s.below(30_000) - 10_000) * 86_400_000)],
  ['seen', 'datetime', 'TABULAR_DATETIME', numbers((s) => 1.6e12 + s.below(1e9) * 100, 0.05)],
  ['code', 'integer', 'TABULAR_CATEGORICAL', numbers((s) => s.below(500))],
  ['big', 'integer', 'TABULAR_NUMERIC_BINNED', numbers((s) => s.below(2 ** 50))],
];

/**
 * Analyses, encodes and decodes a generated table of 15 mixed columns on one thread and prints seconds and rows/s
 * per column and step; then over helpers and on one thread in turn. Arguments: `[rows] [helpers]
 * [rounds]`, 1,000,000, 2 and 3 unless given.
 */
export async function run(args: readonly string[]): Promise<void> {
  const rows = Number(args[0] ?? 1_000_000);
  const table = makeTable(rows);
  printSteps(table, rows);
  await compareHelpers(table, rows, Number(args[1] ?? 2), Number(args[2] ?? 3));
}

/** Wall seconds of analysing and encoding all columns, here and over helpers. */
async function compareHelpers(
  table: readonly BenchColumn[],
  rows: number,
  helpers: number,
  rounds: number,
): Promise<void> {
  const tasks = table.map(({ storageType, encodingType }, index) => ({
    storageType,
    encodingType,
    options: optionsOf(index),
  }));
  const none = new Uint32Array(0);
  const source = {
    read: async (index: number) => {
      const { data } = table[index]!;
      return { training: takeRows(data, null), validation: takeRows(data, none) };
    },
    randomState: 1,
    rowCount: rows,
  };
  const hooks = { cancel: new AbortController().signal, pause: async () => undefined, onColumns: () => {} };
  const running = await Promise.all(
    Array.from({ length: helpers }, () =>
      startNodeThread<EncoderApi>(
        new URL('../workers/engine/encoding-pool/encoder-worker.ts', import.meta.url),
      ),
    ),
  );
  let given = 0;
  // In Node a helper compiles its TypeScript first, which the app's need not.
  const start = async () => ({ ...running[given++ % helpers]!, terminate: () => undefined });
  const encode = (encoders: ThreadSource<EncoderApi> | null) =>
    encodeColumns(tasks, source, hooks, encoders, helpers);
  const measure = async (encoders: ThreadSource<EncoderApi> | null) => {
    const started = performance.now();
    const busiest = await busiestThread(() => encode(encoders));
    return { wall: (performance.now() - started) / 1000, busiest: busiest / 1000 };
  };
  await encode({ cores: helpers, start });
  const alone: { wall: number; busiest: number }[] = [];
  const shared: { wall: number; busiest: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    alone.push(await measure(null));
    shared.push(await measure({ cores: helpers, start }));
  }
  for (const connection of running) connection.terminate();
  for (const what of ['wall', 'busiest'] as const) {
    const [one, several] = [alone, shared].map((times) => median(times.map((time) => time[what])));
    const name = what === 'wall' ? 'wall time' : 'processor time of the busiest thread';
    process.stdout.write(
      `analyse and encode, ${name}: one thread ${twoDigits(one!)} s, ${helpers} helpers ${twoDigits(several!)} s, ratio ${twoDigits(one! / several!)}\n`,
    );
  }
}

function optionsOf(index: number): AnalyseOptions {
  return { valueProtection: true, rareCategoryReplacementMethod: 'CONSTANT', seed: index };
}

function printSteps(table: readonly BenchColumn[], rows: number): void {
  const totals = [0, 0, 0];
  const lines = [row('column', 'type', 'codes', ['analyse s', 'encode s', 'decode s'])];
  for (const [index, column] of table.entries()) {
    const options = optionsOf(index);
    let encoding: ColumnEncoding;
    let codes: Uint16Array[] = [];
    const seconds = [
      time(() => {
        encoding = analyseColumn(column.data, column.storageType, column.encodingType, options);
      }),
      time(() => {
        codes = encodeColumn(encoding, column.data);
      }),
      time(() => {
        decodeColumn(encoding, codes, { seed: 1, column: index }, 0);
      }),
    ];
    seconds.forEach((value, i) => {
      totals[i]! += value;
    });
    const cardinality = encoding!.subColumns.map((s) => s.cardinality).join('+');
    lines.push(row(column.name, column.encodingType, cardinality, seconds.map(twoDigits)));
  }
  lines.push(row('all', '', '', totals.map(twoDigits)));
  lines.push(
    row(
      'rows/s',
      '',
      '',
      totals.map((s) => Math.round(rows / s).toLocaleString('en-US')),
    ),
  );
  process.stdout.write(`${rows.toLocaleString('en-US')} rows × 15 columns\n${lines.join('\n')}\n`);
}

function makeTable(rows: number): BenchColumn[] {
  return SHAPES.map(([name, storageType, encodingType, make]) => {
    return { name, storageType, encodingType, data: make(new RandomStream(1, name), rows) };
  });
}

function numbers(draw: (stream: RandomStream) => number, nullShare = 0): Maker {
  return (stream, rows) => {
    const values = Float64Array.from({ length: rows }, () => draw(stream));
    if (nullShare === 0) return { kind: 'number', values, nulls: null };
    const nulls = Uint8Array.from({ length: rows }, () => Number(stream.uniform() < nullShare));
    return { kind: 'number', values, nulls };
  };
}

/** Squared uniform ranks: frequent values first, a long tail of rare ones. */
function texts(distinct: number, nullShare: number): Maker {
  return (stream, rows) => {
    const dictionary = Array.from({ length: distinct }, (_, i) =>
      distinct === 2 ? String(i === 0) : `v${i}`,
    );
    const codes = Int32Array.from({ length: rows }, () =>
      stream.uniform() < nullShare ? -1 : Math.floor(stream.uniform() ** 2 * distinct),
    );
    return { kind: 'text', codes, dictionary };
  };
}

function time(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function twoDigits(seconds: number): string {
  return seconds.toFixed(2);
}

function row(name: string, type: string, codes: string, figures: readonly string[]): string {
  const columns = figures.map((figure) => figure.padStart(12)).join('');
  return `${name.padEnd(20)}${type.padEnd(28)}${codes.padEnd(30)}${columns}`;
}
