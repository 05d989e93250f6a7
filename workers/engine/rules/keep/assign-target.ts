import { columnLength, takeRows } from '../../../../src/domain/column-data';
import { RandomStream } from '../../../../src/domain/random';
import { columnsOfRule, type Rule } from '../../../../src/domain/rules';
import { BREAKS, rowsKeeping } from '../../../rules/check-rule';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import type { FeatureColumn } from '../../models/model';
import type { ReadColumn } from './extra-columns';
import { type Equation, otherTargets } from './other-targets';
import { computeStep, isPossible, type PlannedStep, stepsInOrder } from './plan-steps';
import { restoreColumns } from './restore';

/** Rows that show how often equations fail. */
const TRIED_ROWS = 1000;
/** Spread of a difference against that of the number it is taken from. */
const SMALL_DIFFERENCE = 0.5;
/** Columns of up to so many values are drawn to agree with each other: they are shuffled together. */
const MAX_JOINT = 60;
/** A share of broken rows that is worth no other column. */
const FEW_BROKEN = 0.02;

/**
 * The steps with one that computes a sum or product. Its own target is written, unless another step writes that: then the
 * equation is solved for one of its other columns, or the other step's for one of its. The first way is taken that few rows
 * break of which the columns were drawn on their own: a solved column is rounded, which a product rarely survives. If there
 * is none, the one that the fewest rows break.
 * @param before rules that the steps keep
 * @returns null if no column can be written
 */
export async function assignTarget(
  rule: Equation,
  steps: readonly PlannedStep[],
  before: readonly Rule[],
  known: ReadonlyMap<string, FeatureColumn>,
  read: ReadColumn,
): Promise<PlannedStep[] | null> {
  const own = computeStep(rule, known, 0);
  if (isPossible(steps, own)) return [...steps, own];
  const solved = await otherTargets(rule, steps, known, read);
  const aside = solved.map((planned) => [...steps, planned]);
  const moved = await withWriterMoved(own, steps, known, read);
  const ways = [...aside, ...moved.map(({ way }) => way)];
  if (ways.length <= 1) return ways[0] ?? null;
  const all = [...before, rule];
  const columns = await shuffledColumns([...new Set(all.flatMap(columnsOfRule))], read);
  const shares = [];
  for (const way of ways) {
    shares.push(brokenShare(way, all, columns));
    if (shares.at(-1)! <= FEW_BROKEN) break;
  }
  const share = Math.min(...shares);
  const best = shares.indexOf(share);
  const chosen = moved[best - aside.length];
  if (!chosen || !solved[0]) return ways[best]!;
  const near = await withNearStart(chosen, own, solved[0], read);
  return near && brokenShare(near, all, columns) <= share + FEW_BROKEN ? near : ways[best]!;
}

/** Steps in which one that wrote a column was solved for another, to make way for a new one. */
interface MovedWriter {
  readonly others: readonly PlannedStep[];
  readonly writer: PlannedStep;
  readonly solved: PlannedStep;
  readonly way: PlannedStep[];
}

/** The steps with this one, and the step that writes its target solved for another column, in all ways that are possible. */
async function withWriterMoved(
  own: PlannedStep,
  steps: readonly PlannedStep[],
  known: ReadonlyMap<string, FeatureColumn>,
  read: ReadColumn,
): Promise<MovedWriter[]> {
  const writer = steps.find(({ target }) => target === own.target);
  const rule = writer && equationOf(writer);
  const others = steps.filter((step) => step !== writer);
  if (!rule || !isPossible(others, own)) return [];
  const moved = await otherTargets(rule, [...others, own], known, read);
  return moved.map((solved) => ({ others, writer, solved, way: [...others, own, solved] }));
}

/**
 * A small difference of two large numbers is blurred if both are drawn: interest = total − amount. Then total = amount +
 * interest as drawn, the instalment is solved for it and rounded, and only then total = months · instalment and the interest
 * are computed.
 * @param aside the new equation solved for another column
 * @returns null if the difference is not small, or the steps would depend on themselves
 */
async function withNearStart(
  { others, writer, solved }: MovedWriter,
  own: PlannedStep,
  aside: PlannedStep,
  read: ReadColumn,
): Promise<PlannedStep[] | null> {
  const sum = equationOf(writer);
  if (sum?.kind !== 'linear' || sum.terms.length < 2 || aside.also?.length || solved.also?.length)
    return null;
  const factor = sum.terms.find(({ column }) => column === solved.target)?.factor ?? 0;
  const [difference, total] = [await read(solved.target), await read(own.target)];
  if (Math.abs(factor) * spreadOf(difference) > SMALL_DIFFERENCE * spreadOf(total)) return null;
  const near: PlannedStep = {
    ...own,
    before: [writer.step, aside.step],
    also: [aside.target],
    reads: [...new Set([...own.reads, ...writer.reads])].filter(
      (name) => name !== aside.target && name !== solved.target,
    ),
  };
  const isFree = isPossible(others, near) && isPossible([...others, near], solved);
  return isFree ? [...others, near, solved] : null;
}

/** Half the distance of the quartiles. */
function spreadOf(column: RuleColumn): number {
  const sorted = numbersOf(column)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return (at(0.75) - at(0.25)) / 2;
}

/** The equation of a step that writes its own target. */
function equationOf({ step }: PlannedStep): Equation | null {
  if (step.kind !== 'compute' || step.alternatives !== undefined) return null;
  const [rule] = step.rules;
  return rule?.kind === 'linear' || rule?.kind === 'product' ? rule : null;
}

/** Rows of columns as if each was drawn on its own, but those of few values together. */
async function shuffledColumns(names: readonly string[], read: ReadColumn): Promise<RuleColumn[]> {
  const columns: RuleColumn[] = [];
  for (const name of names) {
    const column = await read(name);
    const isFew = column.data.kind === 'text' || new Set(numbersOf(column)).size <= MAX_JOINT;
    const stream = new RandomStream(1, isFew ? 'rows' : `rows of ${name}`);
    const rows = Uint32Array.from({ length: TRIED_ROWS }, () => stream.below(columnLength(column.data)));
    columns.push({ ...column, data: takeRows(column.data, rows) });
  }
  return columns;
}

function brokenShare(
  steps: readonly PlannedStep[],
  rules: readonly Rule[],
  columns: readonly RuleColumn[],
): number {
  const restored = restoreColumns(columns, stepsInOrder(steps));
  const broken = new Uint8Array(TRIED_ROWS);
  for (const rule of rules) {
    rowsKeeping(rule, restored).forEach((state, row) => {
      if (state === BREAKS) broken[row] = 1;
    });
  }
  return broken.reduce((sum, flag) => sum + flag, 0) / TRIED_ROWS;
}
