import { readFileSync } from 'node:fs';
import {
  type ColumnData,
  concatenate,
  type NamedColumn,
  type TextColumn,
  takeRows,
} from '../../../src/domain/column-data';
import type { Coherence } from '../../../src/domain/likeness';
import { RandomStream } from '../../../src/domain/random';
import { type BinnedColumn, binColumn } from '../accuracy/bin-column';
import { meanOf, type Score, scoreCounts } from '../accuracy/distribution';
import { countPair, scoreJoint } from '../accuracy/joint-scores';
import { CoherenceScores } from '../coherence/coherence';
import { takeRowsOrNone } from '../coherence/next-rows';
import { percentile } from '../distances/quantile-encoding';
import { type Fixture, sharedFolder } from './adult';
import type { Agreement } from './agreement';
import { readCsvTable } from './csv-table';
import { quietPacer } from './quiet-pacer';

/** Name of the number of rows of a sequence, as the reference has it. */
const LENGTH = 'Sequence Length';
/** Figures of one row of each player lie so far apart from seed to seed. */
const SEED_NOISE = 0.005;

/** Names of the published outputs, and folders next to the repository. */
export const BASEBALL = ['argn', 'argn_dp', 'rctgan', 'rtf', 'sdv_par'] as const;
export const BASEBALL_DATA = sharedFolder('data/argn_baseball');

export function readBaseballFixture(name: string): Fixture {
  return JSON.parse(readFileSync(sharedFolder(`fixtures/quality/baseball__${name}.json`), 'utf8')) as Fixture;
}

/** A table of players and the rows of each. */
export interface LinkedTables {
  readonly players: readonly NamedColumn[];
  readonly rows: readonly NamedColumn[];
  readonly key: string;
}

/** Linked tables as two CSV files, of which `like` gives the types. */
export function readLinked(folder: string, name: string, like?: LinkedTables): LinkedTables {
  return {
    players: readCsvTable(`${folder}/${name}-players.csv`, like?.players),
    rows: readCsvTable(`${folder}/${name}-fielding.csv`, like?.rows),
    key: 'playerID',
  };
}

/** Both tables of two sets, one after the other, as the original of training and holdout. */
export function together(a: LinkedTables, b: LinkedTables): LinkedTables {
  const join = (first: readonly NamedColumn[], second: readonly NamedColumn[]) =>
    first.map((column) => {
      const other = second.find(({ name }) => name === column.name)!;
      return { ...column, data: concatenate(column.data, other.data) };
    });
  return { players: join(a.players, b.players), rows: join(a.rows, b.rows), key: a.key };
}

/** One row of each player that has rows, with the number of these, the row after it, and the player. */
interface Drawn {
  readonly target: readonly NamedColumn[];
  readonly next: readonly NamedColumn[];
  readonly context: readonly NamedColumn[];
}

function drawn({ players, rows, key }: LinkedTables, seed: number, set: string): Drawn {
  const keys = textsOf(players.find(({ name }) => name === key)!.data);
  const rowsOf = new Map<string, number[]>();
  textsOf(rows.find(({ name }) => name === key)!.data).forEach((id, row) => {
    const own = rowsOf.get(id!);
    if (own) own.push(row);
    else rowsOf.set(id!, [row]);
  });
  const random = new RandomStream(seed, `one row of each ${set}`);
  const own = keys.flatMap((id, player) => {
    const mine = rowsOf.get(id!);
    return mine ? [{ player, mine, at: Math.floor((mine.length - 1) * random.uniform()) }] : [];
  });
  const first = Uint32Array.from(own, ({ mine, at }) => mine[at]!);
  const next = Int32Array.from(own, ({ mine, at }) => mine[at + 1] ?? -1);
  const others = (columns: readonly NamedColumn[]) => columns.filter(({ name }) => name !== key);
  const lengths = Float64Array.from(own, ({ mine }) => mine.length);
  return {
    target: [
      ...others(rows).map((column) => ({ ...column, data: takeRows(column.data, first) })),
      { name: LENGTH, storageType: 'integer', data: { kind: 'number', values: lengths, nulls: null } },
    ],
    next: others(rows).map((column) => ({ ...column, data: takeRowsOrNone(column.data, next) })),
    context: others(players).map((column) => ({
      ...column,
      data: takeRows(
        column.data,
        Uint32Array.from(own, ({ player }) => player),
      ),
    })),
  };
}

function textsOf(data: ColumnData): (string | null)[] {
  const { codes, dictionary } = data as TextColumn;
  return Array.from(codes, (code) => dictionary[code] ?? null);
}

/**
 * The reference's accuracies of linked tables by our formulas: of one row of each player, with the next row and the player, and
 * how the rows of players go together. Texts of many values are compared by other tokens than the reference's.
 */
export async function linkedAgreement(
  original: LinkedTables,
  training: LinkedTables,
  holdout: LinkedTables,
  synthetic: LinkedTables,
  fixture: Fixture,
  seed: number,
): Promise<Agreement[]> {
  const [trained, unseen, made] = [
    drawn(training, seed, 'training'),
    drawn(holdout, seed, 'holdout'),
    drawn(synthetic, seed, 'synthetic'),
  ];
  const binned = (part: keyof Drawn, prefix: string) =>
    trained[part].map((column) => {
      const of = (set: Drawn) => set[part].find(({ name }) => name === column.name)!.data;
      const real = { ...column, data: concatenate(column.data, of(unseen)) };
      return { ...binColumn(real, of(made), seed), name: `${prefix}${column.name}` };
    });
  const target = binned('target', 'tgt::');
  const context = binned('context', 'ctx::');
  const next = binned('next', 'nxt::');
  const joint = await scoreJoint(target, seed, quietPacer());
  const scores = new Map<string, Score>();
  target.forEach(({ name }, i) => void scores.set(name, joint.univariate[i]!));
  const key = (names: readonly string[]) => names.toSorted().join(' × ');
  for (const { columns, ...score } of [...joint.bivariate, ...joint.trivariate])
    scores.set(key(columns.map((at) => target[at]!.name)), score);
  for (const a of target) for (const b of context) scores.set(key([a.name, b.name]), pairScore(a, b));
  for (const a of next) {
    const own = target.find(({ name }) => name === a.name.replace('nxt::', 'tgt::'))!;
    scores.set(key([own.name, a.name]), pairScore(own, a));
  }
  const text = new Set(
    [...target, ...context, ...next].filter(({ freeText }) => freeText).map(({ name }) => name),
  );
  const categories = coherenceOf(original, synthetic, seed);
  const rows = [
    ...fixture.univariate.rows.map(([a, accuracy, max]) => ({
      kind: 'univariate',
      names: [a],
      accuracy,
      max,
    })),
    ...fixture.bivariate.rows.map(([a, b, type, accuracy, max]) => ({
      ...{
        kind: { tgt: 'bivariate', ctx: 'with the player', nxt: 'next row' }[type]!,
        names: [a, b],
        accuracy,
        max,
      },
    })),
    ...fixture.trivariate.rows.map(([a, b, c, accuracy, max]) => ({
      ...{ kind: 'trivariate', names: [a, b, c], accuracy, max },
    })),
  ].map((row) => ({
    ...row,
    ours: scores.get(key(row.names))!,
    isText: row.names.some((name) => text.has(name)),
  }));
  const figures: Agreement[] = [];
  const means = new Map<string, Score>();
  for (const kind of new Set(rows.map((row) => row.kind))) {
    const own = rows.filter((row) => row.kind === kind);
    means.set(kind, {
      accuracy: meanOf(own.map(({ ours }) => ours.accuracy))!,
      accuracyMax: meanOf(own.map(({ ours }) => ours.accuracyMax))!,
    });
    for (const isText of [false, true]) {
      const some = own.filter((row) => row.isText === isText);
      if (some.length === 0) continue;
      const mean = (of: (row: (typeof some)[number]) => number) =>
        some.reduce((sum, row) => sum + of(row), 0) / some.length;
      const bar = isText ? null : SEED_NOISE;
      const label = `${kind}${isText ? ', texts by tokens' : ''}`;
      figures.push(
        {
          figure: label,
          ours: mean(({ ours }) => ours.accuracy),
          theirs: mean(({ accuracy }) => accuracy),
          bar,
        },
        {
          figure: `${label}, fresh real rows`,
          ours: mean(({ ours }) => ours.accuracyMax),
          theirs: mean(({ max }) => max),
          bar,
        },
      );
    }
  }
  const { accuracy } = fixture.metrics;
  // The reference draws next rows of training and holdout apart, and takes players of both as one for their categories.
  const coherence = (which: keyof Score) =>
    meanOf([
      means.get('next row')![which],
      meanOf(categories.columns.map(({ distinctCategories }) => distinctCategories[which])),
      meanOf(categories.columns.map(({ sequencesPerCategory }) => sequencesPerCategory[which])),
    ]);
  const of = (figure: string, ours: number | null, theirs: number | null, bar: number | null): Agreement => ({
    ...{ figure, ours, theirs, bar },
  });
  return [
    ...figures,
    of('accuracy coherence', coherence('accuracy'), accuracy['coherence']!, SEED_NOISE),
    of(
      'accuracy coherence, fresh real rows',
      coherence('accuracyMax'),
      accuracy['coherence_max']!,
      SEED_NOISE,
    ),
  ];
}

function pairScore(a: BinnedColumn, b: BinnedColumn): Score {
  const [original, synthetic] = (['original', 'synthetic'] as const).map((set) =>
    countPair(a[set], b[set], a.size, b.size),
  );
  return scoreCounts(original!, synthetic!, a.original.length, a.synthetic.length);
}

function coherenceOf(original: LinkedTables, synthetic: LinkedTables, seed: number): Coherence {
  const subjects = ({ rows, key }: LinkedTables) =>
    (rows.find(({ name }) => name === key)!.data as TextColumn).codes;
  const scores = new CoherenceScores(
    Uint32Array.from(subjects(original)),
    Uint32Array.from(subjects(synthetic)),
    seed,
  );
  for (const column of original.rows) {
    if (column.name === original.key) continue;
    scores.add(column, synthetic.rows.find(({ name }) => name === column.name)!.data);
  }
  return scores.told()!;
}

/**
 * The rows of players as the reference embeds them: with the number of rows of the player first, at most `cap` of each at random.
 */
export function embeddedRows({ rows, key }: LinkedTables, cap: number, seed: number): NamedColumn[] {
  const keys = (rows.find(({ name }) => name === key)!.data as TextColumn).codes;
  const lengths = new Map<number, number>();
  for (const code of keys) lengths.set(code, (lengths.get(code) ?? 0) + 1);
  const taken = new Map<number, number>();
  const chosen = new RandomStream(seed, 'rows of players').permutation(keys.length).filter((row) => {
    const count = taken.get(keys[row]!) ?? 0;
    taken.set(keys[row]!, count + 1);
    return count < cap;
  });
  const values = Float64Array.from(chosen, (row) => lengths.get(keys[row]!)!);
  return [
    { name: LENGTH, storageType: 'integer', data: { kind: 'number', values, nulls: null } },
    ...rows
      .filter(({ name }) => name !== key)
      .map((column) => ({ ...column, data: takeRows(column.data, chosen) })),
  ];
}

/** Rows of a player that the reference embeds at most: the 95 % quantile of those trained on, 100 at most. */
export function rowCap({ rows, key }: LinkedTables): number {
  const lengths = new Map<number, number>();
  for (const code of (rows.find(({ name }) => name === key)!.data as TextColumn).codes)
    lengths.set(code, (lengths.get(code) ?? 0) + 1);
  return Math.min(100, percentile(Float64Array.from(lengths.values()).sort(), 0.95));
}
