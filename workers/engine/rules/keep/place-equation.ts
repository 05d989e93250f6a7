import { columnLength, takeRows } from '../../../../src/domain/column-data';
import { RandomStream } from '../../../../src/domain/random';
import { columnsOfRule, type Rule } from '../../../../src/domain/rules';
import { BREAKS, rowsKeeping } from '../../../rules/check-rule';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import type { FeatureColumn } from '../../models/model';
import type { ReadColumn } from './extra-columns';
import { type Equation, otherTargets } from './other-targets';
import { computeStep, inOrder, isPossible, type PlannedStep } from './plan-steps';
import { restoreColumns } from './restore';

/** Rows that show how often equations fail. */
const TRIED_ROWS = 1000;
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
export async function placeEquation(
  rule: Equation,
  steps: readonly PlannedStep[],
  before: readonly Rule[],
  known: ReadonlyMap<string, FeatureColumn>,
  read: ReadColumn,
): Promise<PlannedStep[] | null> {
  const own = computeStep(rule, known, 0);
  if (isPossible(steps, own)) return [...steps, own];
  const aside = (await otherTargets(rule, steps, known, read)).map((solved) => [...steps, solved]);
  const ways = [...aside, ...(await withWriterMoved(own, steps, known, read))];
  if (ways.length <= 1) return ways[0] ?? null;
  const all = [...before, rule];
  const columns = await shuffledColumns([...new Set(all.flatMap(columnsOfRule))], read);
  let best: { readonly way: PlannedStep[]; readonly share: number } | null = null;
  for (const way of ways) {
    const share = brokenShare(way, all, columns);
    if (share <= FEW_BROKEN) return way;
    if (!best || share < best.share) best = { way, share };
  }
  return best!.way;
}

/** The steps with this one, and the step that writes its target solved for another column, in all ways that are possible. */
async function withWriterMoved(
  own: PlannedStep,
  steps: readonly PlannedStep[],
  known: ReadonlyMap<string, FeatureColumn>,
  read: ReadColumn,
): Promise<PlannedStep[][]> {
  const writer = steps.find(({ target }) => target === own.target);
  const rule = writer && equationOf(writer);
  const others = steps.filter((step) => step !== writer);
  if (!rule || !isPossible(others, own)) return [];
  const moved = await otherTargets(rule, [...others, own], known, read);
  return moved.map((solved) => [...others, own, solved]);
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
  const restored = restoreColumns(
    columns,
    inOrder(steps).map(({ step }) => step),
  );
  const broken = new Uint8Array(TRIED_ROWS);
  for (const rule of rules) {
    rowsKeeping(rule, restored).forEach((state, row) => {
      if (state === BREAKS) broken[row] = 1;
    });
  }
  return broken.reduce((sum, flag) => sum + flag, 0) / TRIED_ROWS;
}
