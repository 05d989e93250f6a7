import type { RuleOf } from '../../../../src/domain/rules';
import { columnsOfRule } from '../../../../src/domain/rules';
import type { ComputedRule } from '../../../rules/compute-target';
import type { CellTie, ExtraColumn, KeepingStep, PlaneAxis } from '../../models/kept-rules';
import type { FeatureColumn } from '../../models/model';
import type { LevelLattices } from './find-level-lattices';
import { solvedRules } from './solve';

/** A step, what it writes and what it reads. */
export interface PlannedStep {
  readonly step: KeepingStep;
  readonly target: string;
  /** Further columns that it writes in some of the rows. */
  readonly also?: readonly string[];
  readonly reads: readonly string[];
  /** Steps that are taken first, each time: they bring what was drawn near to what the step computes. */
  readonly before?: readonly KeepingStep[];
}

export function writes(step: PlannedStep, name: string): boolean {
  return step.target === name || (step.also?.includes(name) ?? false);
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

/** A computed column on the step that its numbers are multiples of. */
export function onStep(planned: PlannedStep, increment: number | null): PlannedStep {
  if (planned.step.kind !== 'compute' || increment === null) return planned;
  return { ...planned, step: { ...planned.step, increment } };
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

export function latticeStep({ column, by, decimals, lattices }: LevelLattices): PlannedStep {
  return { step: { kind: 'lattice', target: column, by, decimals, lattices }, target: column, reads: [by] };
}

/** Whether nothing else writes the target, unless it sets single cells or moves numbers a little, and no column depends on itself. */
export function isPossible(steps: readonly PlannedStep[], next: PlannedStep): boolean {
  const setsCells = ({ step }: PlannedStep) => step.kind === 'set' || step.kind === 'lattice';
  const written = [next.target, ...(next.also ?? [])];
  const isWritten = (step: PlannedStep) => written.some((name) => writes(step, name));
  if (steps.some((step) => isWritten(step) && !setsCells(step) && !setsCells(next))) return false;
  const seen = new Set<string>();
  const reaches = (name: string): boolean => {
    if (written.includes(name)) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    return steps.some((step) => writes(step, name) && step.reads.some(reaches));
  };
  return !next.reads.some(reaches);
}

/** Steps after those that write what they read, with those that come before each. */
export function stepsInOrder(steps: readonly PlannedStep[]): KeepingStep[] {
  return inOrder(steps).flatMap(({ before = [], step }) => [...before, step]);
}

function inOrder(steps: readonly PlannedStep[]): PlannedStep[] {
  const sorted: PlannedStep[] = [];
  const visit = (step: PlannedStep): void => {
    if (sorted.includes(step)) return;
    for (const other of steps) if (step.reads.some((name) => writes(other, name))) visit(other);
    sorted.push(step);
  };
  for (const step of steps) visit(step);
  return sorted;
}
