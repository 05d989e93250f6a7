import { DAY } from '../../../../src/domain/calendar';
import type { RuleOf } from '../../../../src/domain/rules';
import { type CodedColumn, codeColumn, numbersOf } from '../../../rules/rule-column';
import { type ClassRun, expectedAcross, MAX_RUNS, runsAlong, stretchedRuns } from './class-runs';
import { neededViolations } from './evidence';
import type { Pacer } from './pacer';
import { type Gap, type NumberForm, roundThresholds } from './round-thresholds';
import type { SampledColumn } from './sampled-column';

/** Distinct numbers for each interval: of fewer, each number may as well decide by itself. */
const MIN_DISTINCT = 3;
/** Rows out of order that a smooth dependence has to bring beside each threshold. */
const MIN_ACROSS = 2;
/** Classes of too few rows beside those that count. */
const MAX_RARE = 12;

/** A column whose values are classes of another one's numbers. */
export interface FoundThresholds {
  readonly from: SampledColumn;
  readonly to: SampledColumn;
  readonly rule: RuleOf<'thresholds'>;
}

/** Columns of few values that are decided by the interval in which a number or date of the same row lies. */
export async function findThresholds(
  columns: readonly SampledColumn[],
  pacer: Pacer,
): Promise<FoundThresholds[]> {
  const numbers = columns.filter(({ cells, numbers }) => numbers && cells.length >= 2 * MIN_DISTINCT);
  const classes = columns.filter(isClass);
  const needed = neededViolations(numbers.length * classes.length);
  const found: FoundThresholds[] = [];
  for (const from of numbers) {
    const order = ascendingRows(from);
    for (const to of classes) {
      if (to === from) continue;
      const runs = runsAlong(order, from.numbers!, to);
      if (!runs || !isEvident(runs, from.numbers!, to, order, needed)) continue;
      const rule = await ruleOf(from, to, runs, pacer);
      if (rule) found.push({ from, to, rule });
    }
    await pacer.tick();
  }
  return found;
}

function isClass({ type, cells, counts, minRows }: SampledColumn): boolean {
  if (type === 'date' || cells.length < 2 || cells.length > MAX_RUNS + MAX_RARE) return false;
  const common = counts.filter((count) => count >= minRows).length;
  return common >= 2 && common <= MAX_RUNS;
}

/** Rows with a number, by number. */
function ascendingRows({ codes, cells, counts }: SampledColumn): Int32Array {
  const values = cells as readonly number[];
  const sorted = Int32Array.from(cells.keys())
    .filter((code) => Number.isFinite(values[code]!))
    .sort((a, b) => values[a]! - values[b]!);
  const next = new Int32Array(cells.length).fill(-1);
  let total = 0;
  for (const code of sorted) {
    next[code] = total;
    total += counts[code]!;
  }
  const order = new Int32Array(total);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= 0 && next[code]! >= 0) order[next[code]!++] = row;
  }
  return order;
}

/**
 * Whether the runs would surprise: enough numbers for each of them, and rows out of order that a smooth dependence would
 * bring beside each threshold and in all.
 */
export function isEvident(
  runs: readonly ClassRun[],
  numbers: Float64Array,
  { codes, counts, minRows }: SampledColumn,
  order: Int32Array,
  needed: number,
): boolean {
  const rows = order.filter((row) => codes[row]! >= 0 && counts[codes[row]!]! >= minRows);
  const ascending = Float64Array.from(rows, (row) => numbers[row]!);
  const distinct = ascending.reduce((count, value, i) => count + Number(value !== ascending[i - 1]), 0);
  if (distinct < MIN_DISTINCT * runs.length) return false;
  // One number apart from all others is an implied value.
  if (runs.length === 2 && runs.some(({ low, high }) => low === high)) return false;
  const expected = expectedAcross(ascending, runs).map(([below, above]) => below + above);
  return (
    expected.every((count) => count >= MIN_ACROSS) &&
    expected.reduce((sum, count) => sum + count, 0) >= needed
  );
}

/** The rule as all rows have it. */
async function ruleOf(
  from: SampledColumn,
  to: SampledColumn,
  sample: readonly ClassRun[],
  pacer: Pacer,
): Promise<RuleOf<'thresholds'> | null> {
  const classes = codeColumn(to.source);
  const codeOf = new Map(classes.cells.map((cell, code) => [cell, code]));
  const own = sample.map((run) => ({ ...run, code: codeOf.get(to.cells[run.code]!)! }));
  const runs = await stretchedRuns(own, numbersOf(from.source), classes, to.minRows, pacer);
  if (!runs) return null;
  const form: NumberForm =
    from.type === 'date'
      ? { kind: 'date', unit: from.source.storageType === 'date' ? DAY : 1 }
      : { kind: 'number', decimals: from.decimals };
  return {
    kind: 'thresholds',
    target: to.name,
    column: from.name,
    ...roundThresholds(gapsBetween(runs), form, from.minRows),
    cells: runs.map(({ code }) => cellAt(classes, code)),
  };
}

function cellAt({ cells }: CodedColumn, code: number): string | number {
  return cells[code] as string | number;
}

function gapsBetween(runs: readonly ClassRun[]): Gap[] {
  return runs.slice(1).map((run, i) => ({
    below: runs[i]!.high,
    above: run.low,
    belowRows: runs[i]!.highRows,
    aboveRows: run.lowRows,
  }));
}

/**
 * The rules from which all others follow: a class is not listed beside a finer one that decides it, nor by a number beside
 * another one that a rule ties to it.
 * @param decides true if a column decides another
 * @param tied true if a rule of just two columns ties them
 */
export function reduceThresholds(
  found: readonly FoundThresholds[],
  columns: readonly SampledColumn[],
  decides: (from: SampledColumn, to: SampledColumn) => boolean,
  tied: (a: SampledColumn, b: SampledColumn) => boolean,
): FoundThresholds[] {
  return found.filter(({ from, to }) => {
    if (tied(from, to)) return false;
    const between = columns.some(
      (middle) =>
        middle !== from &&
        middle !== to &&
        decides(from, middle) &&
        decides(middle, to) &&
        !(decides(middle, from) && from.at < middle.at) &&
        !(decides(to, middle) && to.at < middle.at),
    );
    const coarser = found.some(
      (other) =>
        other.to === to &&
        other.from !== from &&
        tied(other.from, from) &&
        (other.from.cells.length < from.cells.length ||
          (other.from.cells.length === from.cells.length && other.from.at < from.at)),
    );
    return !between && !coarser;
  });
}
