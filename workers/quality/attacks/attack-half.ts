import { RandomStream } from '../../../src/domain/random';
import { allowance, type ReportLimits } from '../../../src/domain/report-limits';
import type { Pacer } from '../pacing';
import type { AttackRows, CodedRows } from './attack-rows';
import { cellsSteps, fineMarginalsAttack, marginalsAttack } from './histogram-attacks';
import { combineScores, drawnAmongNearest } from './membership-attacks';
import { meanOfNearest, NearestRows } from './nearest-rows';
import type { ScoredHalf } from './panel-figures';
import { treesAttack } from './random-trees';
import { NEAREST } from './scan-rows';

/** Rows of the three sets in one coding, and whose they are. */
export interface PanelRows {
  readonly ordered: readonly boolean[];
  /** Rows that were trained on. */
  readonly members: CodedRows;
  /** Rows that were not: of as many people. */
  readonly others: CodedRows;
  readonly synthetic: CodedRows;
  /** Numbers of the people that rows belong to; null = each row is somebody's own. */
  readonly owners: { readonly members: Uint32Array; readonly others: Uint32Array } | null;
  /** Rows of the whole training. */
  readonly trained: number;
}

/** Which half of the people are the targets: the other half of the unseen ones is the attacker's reference. */
export interface HalfAsked {
  readonly rows: PanelRows;
  readonly half: 0 | 1;
  readonly seed: number;
  readonly limits: ReportLimits;
}

/** What attacks say of one half. */
export interface AttackedHalf {
  readonly all: ScoredHalf;
  readonly isolated: ScoredHalf;
  /** Rows of the reference. */
  readonly reference: number;
}

/** Comparisons of a target's cell with a row's at most, some seconds; more where more people are asked for. */
const MAX_COMPARED = 6e9;
/** Rows of one person at most: the likeliest one counts. */
const MAX_ROWS_EACH = 5;
/** Share of the people who count as isolated, reference rows that tell it, and people of both sides needed. */
export const ISOLATED = { share: 0.01, compared: 256, nearest: 5, needed: 100 } as const;
const CHUNK = 200;
/** Cells that are counted: fewer than the bench does, which has time. */
const QUICK = {
  pairs: { levels: [32, 128], combinations: 150 },
  triples: { levels: [32], combinations: 100 },
} as const;
/** Keeps ratios of distances finite. */
const FLOOR = 0.02;
/** Parts of the mean distance to the five nearest reference rows that kernels are as wide as. */
const WIDTHS = [0.35, 0.7] as const;
const MIN_WIDTH = 0.02;

interface Person {
  readonly isMember: boolean;
  readonly rows: readonly number[];
}

/** Attacks one half of the people, the unseen ones of the other half being known (docs/metrics.md, Membership attacks). */
export async function attackHalf(
  { rows, half, seed, limits }: HalfAsked,
  pacer: Pacer,
): Promise<AttackedHalf> {
  const sides = [
    peopleOf(rows.members, rows.owners?.members ?? null, true, seed),
    peopleOf(rows.others, rows.owners?.others ?? null, false, seed),
  ];
  const people = sides.flatMap((side) => side.filter((_, p) => p % 2 === half));
  const reference = sides[1]!.filter((_, p) => p % 2 !== half).flatMap((person) => person.rows);
  return {
    ...(await attackPeople(rows, people, reference, { seed, limits }, pacer)),
    reference: reference.length,
  };
}

/** In random order, each with some of its rows. */
function peopleOf(set: CodedRows, owners: Uint32Array | null, isMember: boolean, seed: number): Person[] {
  const total = set[0]?.length ?? 0;
  const rows = new Map<number, number[]>();
  for (let row = 0; row < total; row++) {
    const owner = owners?.[row] ?? row;
    const own = rows.get(owner);
    if (!own) rows.set(owner, [row]);
    else if (own.length < MAX_ROWS_EACH) own.push(row);
  }
  const found = [...rows.values()];
  const order = new RandomStream(seed, `attacked ${isMember ? 'members' : 'others'}`).permutation(
    found.length,
  );
  return Array.from(order, (at) => ({ isMember, rows: found[at]! }));
}

async function attackPeople(
  rows: PanelRows,
  people: readonly Person[],
  reference: readonly number[],
  { seed, limits }: Pick<HalfAsked, 'seed' | 'limits'>,
  pacer: Pacer,
): Promise<{ all: ScoredHalf; isolated: ScoredHalf }> {
  const { ordered, synthetic } = rows;
  const known = taken(rows.others, reference);
  const comparisons = MAX_COMPARED * allowance(limits, 'attackedPeople');
  const affordable = comparisons / 2 / ordered.length / (synthetic[0]!.length + reference.length);
  const each = Math.floor(Math.min(limits.attackedPeople / 2, affordable / 2));
  const sides = [true, false].map((side) => people.filter(({ isMember }) => isMember === side));
  const drawn = sides.flatMap((side) => side.slice(0, each));
  const alone = await isolatedPeople(rows, people, known, seed, pacer);
  const attacked = [...new Set([...drawn, ...alone])];
  const targets = ordered.map((_, c) =>
    Float32Array.from(attacked.flatMap((person) => person.rows.map((row) => codeOf(rows, person, c, row)))),
  );
  const scores = await scoresOf(
    { ordered, targets, synthetic, reference: known, trained: rows.trained },
    seed,
    pacer,
  );
  const ends: number[] = [];
  for (const person of attacked) ends.push((ends.at(-1) ?? 0) + person.rows.length);
  const numberOf = new Map(attacked.map((person, p) => [person, p]));
  const of = (group: readonly Person[]): ScoredHalf =>
    new Map(
      [...scores].map(([name, values]) => {
        const side = (isMember: boolean) =>
          Float64Array.from(
            group.filter((person) => person.isMember === isMember),
            (person) => {
              const to = ends[numberOf.get(person)!]!;
              return values.subarray(to - person.rows.length, to).reduce((a, b) => Math.max(a, b));
            },
          );
        return [name, { members: side(true), others: side(false) }];
      }),
    );
  return { all: of(drawn), isolated: of(alone) };
}

function codeOf(rows: PanelRows, { isMember }: Person, column: number, row: number): number {
  return (isMember ? rows.members : rows.others)[column]![row]!;
}

/** The people whose rows lie farthest from others', told by a sample of the reference. */
async function isolatedPeople(
  rows: PanelRows,
  people: readonly Person[],
  known: CodedRows,
  seed: number,
  pacer: Pacer,
): Promise<Person[]> {
  const wanted = Math.round(ISOLATED.share * people.length);
  if (2 * wanted < ISOLATED.needed) return [];
  const sample = new RandomStream(seed, 'isolation').spreadRows(known[0]!.length, ISOLATED.compared);
  const compared = taken(known, [...sample]);
  const targets = rows.ordered.map((_, c) =>
    Float32Array.from(people, (person) => codeOf(rows, person, c, person.rows[0]!)),
  );
  const nearest = await inChunks(rows.ordered, targets, compared, ISOLATED.nearest, pacer);
  const isolation = meanOfNearest(nearest, ISOLATED.nearest, ISOLATED.nearest);
  return [...isolation.keys()]
    .sort((a, b) => isolation[b]! - isolation[a]!)
    .slice(0, wanted)
    .map((p) => people[p]!);
}

function taken(set: CodedRows, rows: readonly number[]): CodedRows {
  return set.map((column) => Float32Array.from(rows, (row) => column[row]!));
}

/** Nearest rows in slices, so that the thread answers between them. */
async function inChunks(
  ordered: readonly boolean[],
  targets: CodedRows,
  rows: CodedRows,
  count: number,
  pacer: Pacer,
): Promise<Float64Array> {
  const total = targets[0]!.length;
  const nearest = new Float64Array(total * count);
  const search = new NearestRows(ordered, rows);
  for (let from = 0; from < total; from += CHUNK) {
    const some = targets.map((column) => column.subarray(from, from + CHUNK));
    nearest.set(search.of(some, count).distances, from * count);
    if (pacer.advance(0)) await pacer.yield();
  }
  return nearest;
}

/** Scores of the targets by name of the attack (docs/privacy.md, Attacks). */
async function scoresOf(rows: AttackRows, seed: number, pacer: Pacer): Promise<Map<string, Float64Array>> {
  const { ordered, targets, synthetic, reference } = rows;
  const drawn = await inChunks(ordered, targets, synthetic, NEAREST, pacer);
  const known = await inChunks(ordered, targets, reference, NEAREST, pacer);
  const [toDrawn, toKnown] = [drawn, known].map((nearest) => meanOfNearest(nearest, NEAREST, 5));
  const each = (score: (target: number) => number) =>
    Float64Array.from({ length: targets[0]!.length }, (_, t) => score(t));
  const scores = new Map<string, Float64Array>();
  scores.set(
    'distance',
    each((t) => -drawn[t * NEAREST]!),
  );
  scores.set(
    'distance ratio',
    each((t) => Math.log((toKnown![t]! + FLOOR) / (toDrawn![t]! + FLOOR))),
  );
  scores.set(
    'nearest ratio',
    each((t) => Math.log((known[t * NEAREST]! + FLOOR) / (drawn[t * NEAREST]! + FLOOR))),
  );
  scores.set(
    'local density',
    each((t) => localDensity(drawn, t, toKnown![t]!) - localDensity(known, t, toKnown![t]!)),
  );
  scores.set(
    'neighbours',
    each((t) => drawnAmongNearest({ nearest: drawn }, { nearest: known }, t)),
  );
  const steps: (readonly [string, () => Float64Array | Promise<Float64Array>])[] = [
    ['marginals', () => marginalsAttack(rows)],
    ['fine marginals', () => fineMarginalsAttack(rows)],
    ['pairs', () => quickCells(rows, 'pairs', pacer)],
    ['triples', () => quickCells(rows, 'triples', pacer)],
    ['classifier', () => treesAttack(rows, seed, pacer)],
  ];
  for (const [name, attack] of steps) {
    scores.set(name, await attack());
    if (pacer.advance(0)) await pacer.yield();
  }
  const joined = [
    'distance ratio',
    'local density',
    'classifier',
    'marginals',
    'fine marginals',
    'pairs',
    'triples',
  ];
  scores.set('together', combineScores(joined.map((name) => scores.get(name)!)));
  return scores;
}

/** The cells attack on few cells; the thread answers between them. */
async function quickCells(rows: AttackRows, kind: keyof typeof QUICK, pacer: Pacer): Promise<Float64Array> {
  const steps = cellsSteps(rows, kind, QUICK[kind]);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (pacer.advance(0)) await pacer.yield();
  }
}

/** Logarithm of the sum of Gaussian kernels on the nearest rows alone, averaged over widths. */
function localDensity(nearest: Float64Array, target: number, spacing: number): number {
  const width = Math.max(MIN_WIDTH, spacing);
  let density = 0;
  for (const part of WIDTHS) {
    const scale = -1 / (2 * (part * width) ** 2);
    let kernels = 0;
    for (let k = 0; k < NEAREST; k++) {
      const distance = nearest[target * NEAREST + k]!;
      if (distance < Number.POSITIVE_INFINITY) kernels += Math.exp(distance * distance * scale);
    }
    density += Math.log(kernels + 1e-6) / WIDTHS.length;
  }
  return density;
}
