import { type ColumnData, columnLength } from '../../../../src/domain/column-data';
import { hash } from '../../../../src/domain/random';
import type { RuleOf } from '../../../../src/domain/rules';
import { type ComputedRule, computeTarget } from '../../../rules/compute-target';
import { nearestMultiple } from '../../../rules/decimals';
import { columnNamed, missingOf, numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { withGivenCells } from '../../models/given-cells';
import type { KeepingStep } from '../../models/kept-rules';
import { type Change, type GivenCells, openRows } from './changes';
import { exempt, sameCell } from './exempt-rows';
import { columnsOfGiven } from './given-extremes';
import { lookedUp } from './looked-up';
import { datesWithPart } from './moved-date';
import { movedIntoCells } from './moved-into-cells';
import { dayOf, equalled, gapChanges, onLattice, rounded, set, snapped } from './step-changes';

type ComputeStep = Extract<KeepingStep, { kind: 'compute' }>;

/** Solved columns are given to the steps before, so often. */
const MAX_PASSES = 4;

/**
 * Drawn columns made to agree by the steps. A missing cell stays missing, a given one as it is.
 * @param seed chooses the rows of which a rule that nearly all rows keep does not hold
 * @returns the columns in the same order; those that no step changes are the same objects
 */
export function restoreColumns(
  columns: readonly RuleColumn[],
  steps: readonly KeepingStep[],
  given: GivenCells = new Map(),
  seed = 0,
): RuleColumn[] {
  let current = [...columns];
  let fixed = given;
  // What is solved for a given column is given to the steps before: subtotals of a given total, parts of a subtotal.
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const solved = new Map<string, Uint8Array>();
    current = restoredOnce(current, steps, fixed, seed, solved);
    const next = new Map(fixed);
    for (const [name, rows] of solved) next.set(name, either(fixed.get(name), rows));
    const isNews = [...solved].some(([name, rows]) =>
      rows.some((flag, row) => flag && !isGiven(fixed, name, row)),
    );
    if (given.size === 0 || !isNews) break;
    fixed = next;
  }
  return current;
}

function either(given: Uint8Array | 'all' | undefined, rows: Uint8Array): Uint8Array | 'all' {
  return given === 'all' ? given : rows.map((flag, row) => flag | (given?.[row] ?? 0));
}

function isGiven(given: GivenCells, name: string, row: number): boolean {
  const own = given.get(name);
  return own === 'all' || own?.[row] === 1;
}

/** @param solved takes the rows in which a column was solved for another one that is given */
function restoredOnce(
  columns: readonly RuleColumn[],
  steps: readonly KeepingStep[],
  given: GivenCells,
  seed: number,
  solved: Map<string, Uint8Array>,
): RuleColumn[] {
  const current = [...columns];
  for (const [number, step] of steps.entries()) {
    for (const { target, data, rows } of changesOf(step, current, given, hash(seed, number))) {
      const index = current.findIndex(({ name }) => name === target);
      const column = current[index]!;
      const own = typed(column, data);
      if ('share' in step && step.share > 0) {
        const changes = rows.map((row, i) => row & Number(!sameCell(column.data, own, i)));
        const applicable = rows.reduce((sum, row) => sum + row, 0);
        for (const row of exempt(changes, step.share * applicable, hash(seed, number))) rows[row] = 0;
      }
      if (step.kind === 'compute' && isSolved(step, target))
        solved.set(
          target,
          rows.map((row, i) => row | (solved.get(target)?.[i] ?? 0)),
        );
      current[index] = { ...column, data: withGivenCells(column.data, { data: own, given: rows }) };
    }
  }
  return current;
}

/** Whether a step writes this column only where its own are given. */
function isSolved({ rules, alternatives = 1 }: ComputeStep, target: string): boolean {
  return rules.slice(0, alternatives).every((rule) => rule.target !== target);
}

/** @param seed of the step's draws, by row */
function changesOf(
  step: KeepingStep,
  columns: readonly RuleColumn[],
  given: GivenCells,
  seed: number,
): Change[] {
  switch (step.kind) {
    case 'compute':
      return computed(step, columns, given);
    case 'gap':
      return gapChanges(step, columns, given);
    case 'cell':
      return movedIntoCells(step, columns, given, seed);
    case 'look-up':
      return lookedUp(step, columns, given);
    case 'equal':
      return equalled(step, columns, given);
    case 'set':
      return set(step, columns, given);
    case 'round':
      return rounded(step, columns, given);
    case 'lattice':
      return onLattice(step, columns, given);
    case 'snap':
      return snapped(step, columns, given);
  }
}

function computed(
  { rules, alternatives = 1, increment }: ComputeStep,
  columns: readonly RuleColumn[],
  given: GivenCells,
): Change[] {
  const left = new Uint8Array(columnLength(columns[0]!.data)).fill(1);
  const changes: Change[] = [];
  const chosen = alternatives > 1 ? largestParts(rules.slice(0, alternatives), columns, given) : null;
  for (const [number, rule] of rules.entries()) {
    if (!left.includes(1)) break;
    const target = columnNamed(columns, rule.target);
    const exact = computeTarget(rule, columns);
    const data = increment && number === 0 ? onMultiples(exact, increment) : exact;
    const missing = missingOf({ ...target, data });
    const rows = openRows(target, given, false).map((open, row) => {
      if (chosen && number < alternatives && chosen[row] !== number) return 0;
      const takes = open & left[row]!;
      // A given target is solved for another column instead; a missing input leaves the row alone.
      if (takes) left[row] = 0;
      return takes & Number(missing[row] === 0);
    });
    if (rows.includes(1)) changes.push({ target: rule.target, data, rows });
    if (rule.kind === 'date-part' && left.includes(1)) changes.push(movedDate(rule, columns, given, left));
    if (rule.kind === 'extreme' && left.includes(1))
      changes.push(...columnsOfGiven(rule, columns, given, left));
  }
  return changes;
}

function onMultiples(data: ColumnData, increment: number): ColumnData {
  if (data.kind === 'text') return data;
  return { ...data, values: data.values.map((value) => nearestMultiple(value, increment)) };
}

/** Per row the rule whose target, as it was drawn, adds most to the sum that they solve; given and missing ones do not count. */
function largestParts(
  rules: readonly ComputedRule[],
  columns: readonly RuleColumn[],
  given: GivenCells,
): Uint8Array {
  const chosen = new Uint8Array(columnLength(columns[0]!.data));
  const largest = new Float64Array(chosen.length).fill(-1);
  for (const [number, rule] of rules.entries()) {
    const target = columnNamed(columns, rule.target);
    const values = numbersOf(target);
    const scale = rule.kind === 'linear' ? Math.abs(rule.terms[0]!.factor) : 1;
    openRows(target, given, false).forEach((open, row) => {
      const size = Math.abs(values[row]!) / scale;
      if (open === 0 || !(size > largest[row]!)) return;
      largest[row] = size;
      chosen[row] = number;
    });
  }
  return chosen;
}

/** The date moved to where its given part is. */
function movedDate(
  rule: RuleOf<'date-part'>,
  columns: readonly RuleColumn[],
  given: GivenCells,
  rows: Uint8Array,
): Change {
  const values = datesWithPart(rule, columns, rows);
  const open = openRows(columnNamed(columns, rule.column), given, false);
  return {
    target: rule.column,
    data: { kind: 'number', values: values.map((value) => value || 0), nulls: null },
    rows: open.map((flag, row) => flag & rows[row]! & Number(!Number.isNaN(values[row]!))),
  };
}

/** Whole numbers in whole-number columns, days in columns of days. */
function typed({ storageType }: RuleColumn, data: ColumnData): ColumnData {
  if (data.kind === 'text') return data;
  if (storageType === 'integer') {
    return data.values.every(Number.isInteger) ? data : { ...data, values: data.values.map(Math.round) };
  }
  return storageType === 'date' ? { ...data, values: data.values.map(dayOf) } : data;
}
