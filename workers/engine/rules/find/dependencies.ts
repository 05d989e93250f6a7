import type { RuleOf } from '../../../../src/domain/rules';
import { NEARLY, neededViolations, overwhelming } from './evidence';
import type { Pacer } from './pacer';
import { collision, type SampledColumn, variesBeside } from './sampled-column';

/** All rows with one value of `from` have one value of `to`. */
export interface Dependency {
  readonly from: SampledColumn;
  readonly to: SampledColumn;
}

/** Sharply fewer repeats than this, and a column is a key: it would decide anything. */
const MIN_REPEATS = 20;

/** Scratch: the first value seen with each code. */
interface FirstSeen {
  readonly value: Int32Array;
  readonly stamp: Int32Array;
  round: number;
}

/** Every dependency between two columns with evidence, whether or not others imply it. */
export async function findDependencies(
  columns: readonly SampledColumn[],
  pacer: Pacer,
): Promise<Dependency[]> {
  const varied = columns.filter(({ cells }) => cells.length >= 2);
  const determinants = varied.filter(({ present, cells }) => present - cells.length >= MIN_REPEATS);
  const needed = neededViolations(determinants.length * varied.length);
  const size = Math.max(0, ...determinants.map(({ cells }) => cells.length));
  const seen = { value: new Int32Array(size), stamp: new Int32Array(size).fill(-1), round: 0 };
  const differing = varied.map((column) => 1 - collision(column));
  const found: Dependency[] = [];
  for (const from of determinants) {
    let order: Int32Array | null = null;
    for (const [i, to] of varied.entries()) {
      if (to === from) continue;
      if (pacer.due) await pacer.tick();
      const repeats = agreeing(from, to, seen);
      if (repeats < MIN_REPEATS || repeats * differing[i]! < needed || !variesBeside(to, from)) continue;
      order ??= ascending(from);
      const elsewhere = repeats - repeatsOfOne(from, to);
      const expected = elsewhere * Math.min(differing[i]!, changesAlong(order, from, to));
      const violations = minorities(from, to);
      if (violations > NEARLY * repeats) continue;
      if (expected >= needed && overwhelming(violations, expected)) found.push({ from, to });
    }
    await pacer.tick();
  }
  return found;
}

/** Rows beyond the first of each value of `from`; 0 as soon as too many of them differ. */
function agreeing(from: SampledColumn, to: SampledColumn, seen: FirstSeen): number {
  const { value, stamp } = seen;
  const round = ++seen.round;
  const [a, b] = [from.codes, to.codes];
  let repeats = 0;
  let wrong = 0;
  for (let row = 0; row < a.length; row++) {
    const code = a[row]!;
    const cell = b[row]!;
    if (code < 0 || cell < 0) continue;
    if (stamp[code] !== round) {
      stamp[code] = round;
      value[code] = cell;
    } else {
      repeats++;
      // One odd first row makes all others of its value differ: the exact count follows.
      if (value[code] !== cell && ++wrong > 20 + 0.03 * repeats) return 0;
    }
  }
  return repeats;
}

/**
 * Rows beyond the first that share the most frequent value of `from`. What is true of one value, as of 0 among amounts that
 * hardly repeat, says nothing of the others.
 */
function repeatsOfOne(from: SampledColumn, to: SampledColumn): number {
  const counts = new Int32Array(from.cells.length);
  let largest = 1;
  for (let row = 0; row < from.codes.length; row++) {
    const code = from.codes[row]!;
    if (code >= 0 && to.codes[row]! >= 0) largest = Math.max(largest, ++counts[code]!);
  }
  return largest - 1;
}

/** Rows that differ from what most rows with their determinant hold. */
function minorities(from: SampledColumn, to: SampledColumn): number {
  const width = to.cells.length;
  const counts = new Map<number, number>();
  let present = 0;
  for (let row = 0; row < from.codes.length; row++) {
    const code = from.codes[row]!;
    const cell = to.codes[row]!;
    if (code < 0 || cell < 0) continue;
    present++;
    const key = code * width + cell;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const largest = new Int32Array(from.cells.length);
  for (const [key, count] of counts) {
    const code = Math.floor(key / width);
    if (count > largest[code]!) largest[code] = count;
  }
  return largest.reduce((left, count) => left - count, present);
}

/** Codes of a column of numbers or dates by value; null order for text, whose neighbours say nothing. */
function ascending({ type, cells }: SampledColumn): Int32Array {
  const order = Int32Array.from(cells.keys());
  if (type === 'text') return new Int32Array(0);
  const values = cells as readonly number[];
  return order.sort((a, b) => values[a]! - values[b]!);
}

/**
 * How often the dependent changes between neighbouring values of a numeric determinant: a column that depends smoothly on
 * another repeats its value for equal numbers as it does for similar ones. 1 without an order.
 */
function changesAlong(order: Int32Array, from: SampledColumn, to: SampledColumn): number {
  if (order.length < 2) return 1;
  const value = new Int32Array(from.cells.length).fill(-1);
  for (let row = 0; row < from.codes.length; row++) {
    if (from.codes[row]! >= 0 && to.codes[row]! >= 0) value[from.codes[row]!] = to.codes[row]!;
  }
  let changes = 0;
  for (let i = 1; i < order.length; i++) if (value[order[i]!] !== value[order[i - 1]!]) changes++;
  return changes / (order.length - 1);
}

/**
 * The dependencies from which all others follow, as rules: one-to-one columns are tied to the first of them, and no
 * dependency is listed that others imply.
 * @param known true for pairs that another rule ties already
 */
export function reduceDependencies(
  dependencies: readonly Dependency[],
  known: (from: SampledColumn, to: SampledColumn) => boolean,
): RuleOf<'functional-dependency'>[] {
  const decides = new Map<SampledColumn, Set<SampledColumn>>();
  for (const { from, to } of dependencies) {
    if (!decides.has(from)) decides.set(from, new Set());
    decides.get(from)!.add(to);
  }
  const both = (a: SampledColumn, b: SampledColumn) => decides.get(a)?.has(b) && decides.get(b)?.has(a);
  const sources = [...new Set(dependencies.flatMap(({ from, to }) => [from, to]))].sort(
    (a, b) => a.at - b.at,
  );
  const head = new Map<SampledColumn, SampledColumn>();
  for (const column of sources) {
    head.set(
      column,
      sources.find((other) => other.at < column.at && both(other, column) && head.get(other) === other) ??
        column,
    );
  }
  const rules: RuleOf<'functional-dependency'>[] = [];
  const rule = (from: SampledColumn, to: SampledColumn, oneToOne: boolean) => {
    if (known(from, to)) return;
    rules.push({ kind: 'functional-dependency', determinant: [from.name], dependent: to.name, oneToOne });
  };
  for (const [column, first] of head) if (first !== column) rule(first, column, true);
  const heads = sources.filter((column) => head.get(column) === column);
  for (const from of heads) {
    const targets = heads.filter((to) => to !== from && decides.get(from)?.has(to));
    for (const to of targets) {
      const between = targets.some((middle) => middle !== to && decides.get(middle)?.has(to));
      if (!between) rule(from, to, false);
    }
  }
  return rules;
}
