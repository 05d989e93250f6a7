import type { Cell, RuleOf } from '../../../../src/domain/rules';
import { columnsOfRule } from '../../../../src/domain/rules';
import type { ComputedRule } from '../../../rules/compute-target';
import { type CodedColumn, codeColumn } from '../../../rules/rule-column';
import type { CellTie, ExtraColumn, KeepingStep, PlaneAxis } from '../../models/kept-rules';
import type { FeatureColumn } from '../../models/model';
import type { ReadColumn } from './extra-columns';
import { solvedRules } from './solve';

/** Share of rows whose number a look-up has to know for others to be moved there. */
const MIN_COVERED = 0.8;

/** A step, what it reads and what it may write; the first of `targets` is what it usually does. */
export interface PlannedStep {
  readonly step: KeepingStep;
  readonly target: string;
  readonly reads: readonly string[];
}

export function computeStep(
  rule: ComputedRule,
  known: ReadonlyMap<string, FeatureColumn>,
  share: number,
): PlannedStep {
  const rules = [rule, ...solvedRules(rule, (name) => known.get(name)?.schema.storageType ?? null)];
  const { target } = rule;
  return {
    step: { kind: 'compute', rules, share },
    target,
    reads: columnsOfRule(rule).filter((name) => name !== target),
  };
}

export function gapStep({ from, to, schema, measure }: ExtraColumn): PlannedStep {
  const unit = measure.kind === 'gap' ? measure.unit : 1;
  return {
    step: { kind: 'gap', low: from, high: to, gap: schema.name, unit },
    target: to,
    reads: [from, schema.name],
  };
}

export function setStep({ column, cell, by, values }: RuleOf<'implied-value'>): PlannedStep {
  return { step: { kind: 'set', target: column, cell, by, values }, target: column, reads: [by] };
}

/** Moves both numbers of a pair; steps that read one of them may read `to` alone, which counts as the target. */
export function cellStep(tie: CellTie, axes: readonly [PlaneAxis, PlaneAxis]): PlannedStep {
  return { step: { kind: 'cell', ...tie, axes }, target: tie.to, reads: [tie.from, tie.cell] };
}

/** Whether a step does no more than leave cells empty. */
export function makesMissing({ step }: PlannedStep): boolean {
  return step.kind === 'set' && step.cell === null;
}

export function roundStep({ column, increment }: RuleOf<'increments'>): PlannedStep {
  return { step: { kind: 'round', target: column, increment }, target: column, reads: [] };
}

export async function lookUpStep(
  { determinant, dependent }: RuleOf<'functional-dependency'>,
  read: ReadColumn,
  minRows: number,
  share: number,
): Promise<PlannedStep> {
  const inputs: CodedColumn[] = [];
  for (const name of determinant) inputs.push(codeColumn(await read(name)));
  const target = codeColumn(await read(dependent));
  const found = new Map<string, { readonly key: Cell[]; readonly rows: Map<number, number> }>();
  for (let row = 0; row < target.codes.length; row++) {
    const codes = inputs.map((input) => input.codes[row]!);
    const name = codes.join();
    let entry = found.get(name);
    if (!entry) {
      const key = codes.map((code, k) => (code < 0 ? null : inputs[k]!.cells[code]!));
      entry = { key, rows: new Map() };
      found.set(name, entry);
    }
    const own = target.codes[row]!;
    entry.rows.set(own, (entry.rows.get(own) ?? 0) + 1);
  }
  let fills = true;
  const cells: [Cell[], Cell][] = [];
  for (const { key, rows } of found.values()) {
    const isMixed = rows.size > 1;
    // The rule says nothing of a missing determinant, nor of a missing dependent.
    if (isMixed && key.includes(null)) continue;
    if (isMixed && rows.has(-1)) fills = false;
    const total = [...rows.values()].reduce((sum, count) => sum + count, 0);
    const [best] = [...rows].filter(([code]) => !isMixed || code >= 0).sort((a, b) => b[1] - a[1]);
    if (total >= minRows) cells.push([key, best![0] < 0 ? null : target.cells[best![0]]!]);
  }
  return {
    step: { kind: 'look-up', by: determinant, target: dependent, cells, fills, share },
    target: dependent,
    reads: determinant,
  };
}

/** Whether nothing else writes the target, unless it sets single cells, and no column depends on itself. */
export function isPossible(steps: readonly PlannedStep[], next: PlannedStep): boolean {
  const setsCells = (step: PlannedStep) => step.step.kind === 'set';
  if (steps.some((step) => step.target === next.target && !setsCells(step) && !setsCells(next))) return false;
  const seen = new Set<string>();
  const reaches = (name: string): boolean => {
    if (name === next.target) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    return steps.some(({ target, reads }) => target === name && reads.some(reaches));
  };
  return !next.reads.some(reaches);
}

/** Steps after those that write what they read. */
export function inOrder(steps: readonly PlannedStep[]): PlannedStep[] {
  const sorted: PlannedStep[] = [];
  const visit = (step: PlannedStep): void => {
    if (sorted.includes(step)) return;
    for (const other of steps) if (step.reads.includes(other.target)) visit(other);
    sorted.push(step);
  };
  for (const step of steps) visit(step);
  return sorted;
}

/**
 * The step that moves a number or date to the nearest value which a look-up knows.
 * @returns null if too few rows hold one of these
 */
export async function snapStep(
  column: string,
  { step }: PlannedStep,
  read: ReadColumn,
): Promise<PlannedStep | null> {
  if (step.kind !== 'look-up') return null;
  const values = step.cells.map(([key]) => key[0]).filter((cell) => typeof cell === 'number');
  const { data } = await read(column);
  if (data.kind === 'text' || values.length === 0) return null;
  const known = new Set(values);
  let [present, covered] = [0, 0];
  data.values.forEach((value, row) => {
    if (data.nulls?.[row] === 1) return;
    present++;
    if (known.has(value)) covered++;
  });
  if (covered < MIN_COVERED * present) return null;
  values.sort((a, b) => a - b);
  return { step: { kind: 'snap', target: column, values }, target: column, reads: [] };
}
