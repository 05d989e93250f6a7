import { numbersOf } from '../../../rules/rule-column';
import type { FeatureColumn } from '../../models/model';
import type { ReadColumn } from '../keep/extra-columns';
import { isBinnedNumber } from '../keep/number-columns';
import { sampledNumbers } from '../keep/sampled-numbers';
import { planeGain } from './plane-gain';

/** Rows with both numbers, at least and at most. */
const MIN_ROWS = 400;
const MAX_ROWS = 8000;
/** Of a pair that a person chose. */
const MIN_CHOSEN_ROWS = 100;
/** Held-back log-likelihood per row that cells must gain, and in standard errors. */
const MIN_GAIN = 0.08;
const MIN_ERRORS = 4;
/** Columns that are compared with one another, at most; pairs that are cut into cells. */
const MAX_COLUMNS = 60;
const MAX_PAIRS = 120;
/** Rows and levels of a first look that rules most pairs out. */
const FIRST_ROWS = 1000;
const FIRST_LEVELS = 16;
/** Ratio of χ² to its degrees of freedom. */
const FIRST_RATIO = 1.3;

/** Two columns of numbers whose points fill a small part of the plane. */
export interface PlanePair {
  readonly from: string;
  readonly to: string;
}

/**
 * Pairs of binned columns that are to be coded jointly, as coordinates are: those that gain most from it on held-back rows
 * (`planeGain`), each column in one pair at most.
 * @param isFree whether a column may take values that follow from a cell
 */
export async function findPlanes(
  features: readonly FeatureColumn[],
  read: ReadColumn,
  isFree: (name: string) => boolean,
  pause: () => Promise<void>,
): Promise<PlanePair[]> {
  const chosen = await chosenPlanes(features, read, isFree);
  const isTaken = (name: string) => chosen.some(({ from, to }) => from === name || to === name);
  const names = features
    .filter(({ schema }) => !isTaken(schema.name))
    .filter((feature) => isBinnedNumber(feature) && isFree(feature.schema.name))
    .map(({ schema }) => schema.name)
    .slice(0, MAX_COLUMNS);
  if (names.length < 2) return chosen;
  const columns = await sampledNumbers(names, read, MAX_ROWS, 'planes', pause);
  const ranks = columns.map((values) => levelsOf(values.subarray(0, FIRST_ROWS)));
  const likely: { readonly i: number; readonly k: number; readonly ratio: number }[] = [];
  for (let i = 0; i < names.length; i++) {
    for (let k = i + 1; k < names.length; k++) {
      const ratio = dependence(ranks[i]!, ranks[k]!);
      if (ratio >= FIRST_RATIO) likely.push({ i, k, ratio });
    }
  }
  likely.sort((a, b) => b.ratio - a.ratio);
  const found: { readonly i: number; readonly k: number; readonly gain: number }[] = [];
  for (const { i, k } of likely.slice(0, MAX_PAIRS)) {
    const both = columns[i]!.map((value, row) => Number(Number.isFinite(value + columns[k]![row]!)));
    const [x, y] = [i, k].map((at) => columns[at]!.filter((_, row) => both[row] === 1));
    if (x!.length < MIN_ROWS) continue;
    const { mean, error } = planeGain(x!, y!);
    if (mean >= MIN_GAIN && mean >= MIN_ERRORS * error) found.push({ i, k, gain: mean });
    await pause();
  }
  const taken = new Set<number>();
  const gaining = found
    .sort((a, b) => b.gain - a.gain)
    .flatMap(({ i, k }) => {
      if (taken.has(i) || taken.has(k)) return [];
      taken.add(i).add(k);
      return [{ from: names[i]!, to: names[k]! }];
    });
  return [...chosen, ...gaining];
}

/** The pairs that a person chose, where enough rows have both numbers for a few cells. */
async function chosenPlanes(
  features: readonly FeatureColumn[],
  read: ReadColumn,
  isFree: (name: string) => boolean,
): Promise<PlanePair[]> {
  const pairs: PlanePair[] = [];
  for (const feature of features) {
    const { pairedWith: to } = feature;
    const from = feature.schema.name;
    const other = features.find(({ schema }) => schema.name === to);
    if (!other || ![feature, other].every((one) => isBinnedNumber(one) && isFree(one.schema.name))) continue;
    if (pairs.some((pair) => pair.from === to && pair.to === from)) continue;
    const [x, y] = [numbersOf(await read(from)), numbersOf(await read(to!))];
    const rows = x.reduce((sum, value, row) => sum + Number(Number.isFinite(value + y[row]!)), 0);
    if (rows >= MIN_CHOSEN_ROWS) pairs.push({ from, to: to! });
  }
  return pairs;
}

/** Level of each value by its rank, [rows]; −1 = missing. */
function levelsOf(values: Float64Array): Int8Array {
  const sorted = values.filter(Number.isFinite).sort();
  const edges = Array.from(
    { length: FIRST_LEVELS - 1 },
    (_, level) => sorted[Math.floor(((level + 1) * sorted.length) / FIRST_LEVELS)]!,
  );
  return Int8Array.from(values, (value) =>
    Number.isFinite(value) ? edges.reduce((level, edge) => level + Number(value >= edge), 0) : -1,
  );
}

/** χ² of two columns' levels, divided by what chance gives. */
function dependence(a: Int8Array, b: Int8Array): number {
  const counts = new Float64Array(FIRST_LEVELS * FIRST_LEVELS);
  const [ofA, ofB] = [new Float64Array(FIRST_LEVELS), new Float64Array(FIRST_LEVELS)];
  let rows = 0;
  for (let row = 0; row < a.length; row++) {
    if (a[row]! < 0 || b[row]! < 0) continue;
    counts[a[row]! * FIRST_LEVELS + b[row]!]!++;
    ofA[a[row]!]!++;
    ofB[b[row]!]!++;
    rows++;
  }
  let [sum, used] = [0, 0];
  for (let pair = 0; pair < counts.length; pair++) {
    const expected = (ofA[Math.floor(pair / FIRST_LEVELS)]! * ofB[pair % FIRST_LEVELS]!) / rows;
    if (!(expected > 0)) continue;
    sum += (counts[pair]! - expected) ** 2 / expected;
    used++;
  }
  return sum / Math.max(used, 1);
}
