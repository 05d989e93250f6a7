import type { Cell, RuleOf } from '../../../../src/domain/rules';
import { neededViolations } from './evidence';
import { chanceOfEmpty, crossTable, type LeveledColumn, type Unevenness, unevenness } from './levels';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';

/** A value that a column has wherever another has certain values. */
export interface Implication {
  readonly column: SampledColumn;
  readonly cell: Cell;
  readonly by: SampledColumn;
  readonly values: readonly Cell[];
  readonly exactly: boolean;
  /** Names of the rows: equal for equal sets of rows. */
  readonly cause: string;
  readonly effect: string;
}

/** Chance findings per table that are put up with. */
const ALPHA = 0.05;

/**
 * Implications with evidence between levels of columns.
 * @param skip pairs that other rules tie; values of such pairs imply one another anyhow
 */
export async function findImplications(
  columns: readonly LeveledColumn[],
  skip: (by: SampledColumn, column: SampledColumn, cell: Cell) => boolean,
  pacer: Pacer,
): Promise<Implication[]> {
  const found: Implication[] = [];
  const table = new Uint32Array(64 * 64);
  const tests = columns.reduce((sum, { cells }) => sum + cells.length, 0) ** 2;
  for (const by of columns) {
    for (const target of columns) {
      if (by === target || by.cells.length < 2) continue;
      if (!target.cells.some((cell, level) => cell !== undefined && mayBeImplied(target, level))) continue;
      const counts = crossTable(by, target, table);
      const width = target.cells.length;
      for (const [level, cell] of target.cells.entries()) {
        if (cell === undefined || !mayBeImplied(target, level) || skip(by.column, target.column, cell))
          continue;
        if (!mayImply(by, width, level, counts)) continue;
        const implication = implicationOf(by, target, level, counts, tests);
        if (implication) found.push(implication);
      }
      if (pacer.due) await pacer.tick();
    }
  }
  return found;
}

/** True if a value of `by` has the level in all its rows. */
function mayImply(by: LeveledColumn, width: number, level: number, table: Uint32Array): boolean {
  for (let v = 0; v < by.cells.length; v++) {
    if (by.counts[v]! > 0 && table[v * width + level] === by.counts[v] && by.cells[v] !== undefined)
      return true;
  }
  return false;
}

/** Missing, zero among other numbers, or one of several texts. Of two texts the other is merely excluded. */
function mayBeImplied({ cells, counts, column }: LeveledColumn, level: number): boolean {
  if (counts[level]! < column.minRows) return false;
  if (cells[level] === null) return true;
  if (column.cells.length < 3) return false;
  return column.type === 'text' || cells[level] === 0;
}

function implicationOf(
  by: LeveledColumn,
  target: LeveledColumn,
  level: number,
  table: Uint32Array,
  tests: number,
): Implication | null {
  const rows = by.levels.length;
  const width = target.cells.length;
  const share = target.counts[level]! / rows;
  const all: number[] = [];
  let covered = 0;
  for (let v = 0; v < by.cells.length; v++) {
    const inside = table[v * width + level]!;
    if (inside === by.counts[v] && inside > 0 && by.cells[v] !== undefined) {
      all.push(v);
      covered += inside;
    }
  }
  if (all.length === 0 || all.length === by.cells.length) return null;
  const expected = (v: number) => by.counts[v]! * (1 - share);
  const needed = neededViolations(tests);
  const uneven = unevennessOf(by, target, level, table);
  // The same rows by chance: each of the rarer side's rows would have to be among the other's.
  if (covered === target.counts[level]) {
    if (isLongRange(by, all)) return null;
    const rarer = Math.min(covered, rows - covered);
    const surprise = -rarer * Math.log(Math.min(share, 1 - share) || 1);
    if (rarer < Math.max(by.column.minRows, target.column.minRows) || surprise < needed + 10) return null;
    // Where one column nearly decides another, exceptions on both sides may just have failed to come.
    const exceptions = 2 * covered * (1 - share) * (uneven.thin ?? 1);
    return uneven.thin !== null && Math.exp(-exceptions) * tests > ALPHA
      ? null
      : implication(by, target, level, all, true);
  }
  const shape = by.ordered && by.cells.length > 7 ? Math.min(1.5, uneven.shape) : uneven.shape;
  const sure = all.filter((v) => {
    const e = expected(v);
    return (
      e >= needed &&
      (e >= Math.max(200, 0.01 * rows) || chanceOfEmpty(e, { ...uneven, shape }) * tests < ALPHA)
    );
  });
  if (sure.length === 0) return null;
  // Once one value implies the cell, that others do is no news: they are tested among themselves.
  const values = all.filter(
    (v) =>
      sure.includes(v) ||
      (expected(v) >= neededViolations(0) && chanceOfEmpty(expected(v), uneven) * by.cells.length < ALPHA),
  );
  return isLongRange(by, values) ? null : implication(by, target, level, values, false);
}

/** A stretch of an ordered column of many values is a threshold, whose values a sample does not tell. */
function isLongRange({ ordered, cells }: LeveledColumn, values: readonly number[]): boolean {
  return ordered && cells.length > 12 && values.length > 2;
}

/**
 * How the rows without a level spread over the levels of `by`: their shape for this level, the thin ones of all levels, as
 * where one column nearly decides another.
 */
function unevennessOf(
  by: LeveledColumn,
  target: LeveledColumn,
  level: number,
  table: Uint32Array,
): Unevenness {
  const width = target.cells.length;
  const outside = (c: number) => Array.from(by.counts, (count, v) => count - table[v * width + c]!);
  const expected = (c: number) =>
    Array.from(by.counts, (count) => count * (1 - target.counts[c]! / by.levels.length));
  const named = [...target.cells.keys()].filter((c) => target.cells[c] !== undefined);
  const all = unevenness(named.flatMap(outside), named.flatMap(expected));
  return { shape: unevenness(outside(level), expected(level)).shape, thin: all.thin };
}

function implication(
  by: LeveledColumn,
  target: LeveledColumn,
  level: number,
  values: readonly number[],
  exactly: boolean,
): Implication {
  const marked = new Uint8Array(by.cells.length);
  for (const v of values) marked[v] = 1;
  return {
    column: target.column,
    cell: target.cells[level]!,
    by: by.column,
    values: values.map((v) => by.cells[v]!),
    exactly,
    cause: nameRows(by.levels, (v) => marked[v] === 1),
    effect: nameRows(target.levels, (v) => v === level),
  };
}

function nameRows(levels: Uint8Array, holds: (level: number) => boolean): string {
  let [count, one, two] = [0, 0x811c9dc5, 0x2545f491];
  for (let row = 0; row < levels.length; row++) {
    if (!holds(levels[row]!)) continue;
    count++;
    one = Math.imul(one ^ row, 0x01000193) ^ (one >>> 15);
    two = Math.imul(two ^ (row + 0x9e3779b9), 0x85ebca6b) ^ (two >>> 13);
  }
  return `${count} ${one >>> 0} ${two >>> 0}`;
}

/**
 * The implications from which all others follow. Columns that mark the same rows are tied to the first column that does;
 * columns missing together count once.
 * @param decides true if the first column determines the second
 */
export function reduceImplications(
  found: readonly Implication[],
  decides: (from: SampledColumn, to: SampledColumn) => boolean,
): RuleOf<'implied-value'>[] {
  const kept: Implication[] = [];
  const ordered = [...found].sort(
    (a, b) => Number(b.exactly) - Number(a.exactly) || a.by.at - b.by.at || a.column.at - b.column.at,
  );
  const hubs = findHubs(ordered);
  for (const next of ordered) {
    if (next.exactly ? hubs.get(next.effect) !== next.by : !isNews(next, kept, hubs, decides)) continue;
    if (
      next.cell === null &&
      next.exactly &&
      kept.some((other) => other.exactly && other.cell === null && other.effect === next.effect)
    )
      continue;
    kept.push(next);
  }
  kept.push(...unlinked(ordered, kept, hubs));
  return kept.map(({ column, cell, by, values, exactly }) => ({
    kind: 'implied-value',
    column: column.name,
    cell,
    by: by.name,
    values: [...values],
    exactly,
  }));
}

/** Of columns that tell a set of rows by several values, which no cell tells, the implications that tie them to it. */
function unlinked(
  found: readonly Implication[],
  kept: readonly Implication[],
  hubs: ReadonlyMap<string, SampledColumn>,
): Implication[] {
  const linked = new Map<string, Set<SampledColumn>>();
  const link = ({ effect, column, by }: Implication) =>
    linked.set(effect, (linked.get(effect) ?? new Set()).add(column).add(by));
  for (const one of kept) if (one.exactly) link(one);
  const isHub = (next: Implication) => Number(hubs.get(next.effect) === next.column);
  const candidates = found.filter(({ exactly, values }) => exactly && values.length > 1);
  return [...candidates]
    .sort((a, b) => isHub(b) - isHub(a))
    .filter((next) => {
      if (linked.get(next.effect)?.has(next.by)) return false;
      link(next);
      return true;
    });
}

/** For each set of rows, the column that tells it by a value rather than by missing, by fewest values, or first. */
function findHubs(found: readonly Implication[]): Map<string, SampledColumn> {
  const hubs = new Map<string, Implication>();
  const rank = (a: Implication, b: Implication) =>
    Number(a.values.includes(null)) - Number(b.values.includes(null)) ||
    a.values.length - b.values.length ||
    a.by.at - b.by.at;
  for (const next of found) {
    if (!next.exactly) continue;
    const hub = hubs.get(next.effect);
    if (!hub || rank(next, hub) < 0) hubs.set(next.effect, next);
  }
  return new Map([...hubs].map(([effect, { by }]) => [effect, by]));
}

/** False if kept ones say as much: the same rows by another column, coarser columns, or a chain of two. */
function isNews(
  next: Implication,
  kept: readonly Implication[],
  hubs: ReadonlyMap<string, SampledColumn>,
  decides: (from: SampledColumn, to: SampledColumn) => boolean,
): boolean {
  const hub = hubs.get(next.cause);
  if (hub && hub !== next.by && hub !== next.column) return false;
  const target = hubs.get(next.effect);
  if (target && target !== next.column && target !== next.by) return false;
  return !kept.some((other) => {
    if (other.effect === next.effect && (other.cause === next.cause || decides(next.by, other.by)))
      return true;
    return other.cause === next.cause && decides(other.column, next.column);
  });
}
