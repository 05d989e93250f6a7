import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { findLattices } from '../../encoding/find-lattices';
import { decimalsOf, inUnits } from '../../encoding/numeric-binned';
import { runsOf } from '../../encoding/sorted-values';
import type { PlaneAxis } from '../../models/kept-rules';
import type { PlaneCells } from '../../models/plane-cells';
import { type ProtectionPlan, protectedBounds, strictestProtection } from '../../privacy/protection';
import type { TableProtection } from '../../privacy/table-protection';
import { cutPlane } from './cut-plane';

/** Rows of a cell: edges are functions of ten of them. */
const MIN_ROWS = 20;
/** Cells of a plane, at most: with more, shares of single columns suffer (bench/quality-log.md). */
const MAX_CELLS = 380;

/**
 * The cells that code two columns of numbers, and how their numbers are written.
 * @param protection whether what few rows hold must not be seen, and how few
 */
export function planPlane(
  from: RuleColumn,
  to: RuleColumn,
  { enabled, least }: Pick<TableProtection, 'enabled' | 'least'>,
): { readonly cells: PlaneCells; readonly axes: readonly [PlaneAxis, PlaneAxis] } {
  const plan = strictestProtection(enabled, least);
  const [a, b] = [numbersOf(from), numbersOf(to)];
  const rows = a.map((value, row) => Number(!Number.isNaN(value + b[row]!)));
  const [x, y] = [a.filter((_, row) => rows[row] === 1), b.filter((_, row) => rows[row] === 1)];
  const [first, second] = [describeAxis(x, plan), describeAxis(y, plan)];
  const cells = cutPlane(x, y, {
    minRows: Math.max(MIN_ROWS, plan.threshold, Math.ceil(x.length / MAX_CELLS)),
    grid: [first.grid, second.grid],
    bounds: [...first.bounds, ...second.bounds],
  });
  return { cells, axes: [first.axis, second.axis] };
}

function describeAxis(
  values: Float64Array,
  plan: ProtectionPlan,
): { readonly axis: PlaneAxis; readonly grid: number; readonly bounds: readonly [number, number] } {
  const sorted = values.slice().sort();
  const decimals = decimalsOf(sorted, plan);
  const { low, high } = protectedBounds(sorted, plan) ?? {
    low: sorted[0]!,
    high: sorted[sorted.length - 1]!,
  };
  const lattices = decimals === null ? [] : findLattices(runsOf(inUnits(sorted, decimals)), plan);
  return {
    axis: { decimals, lattices },
    grid: decimals === null ? 0 : 10 ** -decimals,
    bounds: [low, high],
  };
}
