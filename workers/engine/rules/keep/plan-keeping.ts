import type { Cell, CheckedRule, Rule, RuleOf } from '../../../../src/domain/rules';
import { columnsOfRule, NEARLY } from '../../../../src/domain/rules';
import { findDecimals } from '../../encoding/decimal-grid';
import type { ExtraColumn, KeepingStep, KeptRules, NearlyRule, RatioTie } from '../../models/kept-rules';
import type { FeatureColumn } from '../../models/model';
import type { ComputedRule } from '../compute-target';
import { type CodedColumn, codeColumn, numbersOf, type RuleColumn } from '../rule-column';
import { planEqual, planGap, planRatio, type ReadColumn } from './extra-columns';
import { findClose } from './find-close';
import { quietOrders } from './quiet-orders';
import { followsRows } from './row-order';
import { solvedRules } from './solve';

/** Rows that must share cells for them to be looked up: what fewer share is protected. */
const MIN_ROWS = 5;

/** A step, what it reads and what it may write; the first of `targets` is what it usually does. */
interface PlannedStep {
  readonly step: KeepingStep;
  readonly target: string;
  readonly reads: readonly string[];
}

/**
 * How the rules that all training rows keep are kept in generated ones. Rules about columns that are not learned, and
 * those that nothing here can keep, are left out.
 * @param isProtected whether what few rows share must not be seen
 */
export async function planKeeping(
  checked: readonly CheckedRule[],
  features: readonly FeatureColumn[],
  read: ReadColumn,
  isProtected: boolean,
): Promise<KeptRules> {
  const known = new Map(features.map((feature) => [feature.schema.name, feature]));
  const rules: Rule[] = [];
  const extras: ExtraColumn[] = [];
  const steps: PlannedStep[] = [];
  const take = (rule: Rule, planned: PlannedStep | null): void => {
    if (planned && !isPossible(steps, planned)) return;
    if (planned) steps.push(planned);
    rules.push(rule);
  };
  const usable = checked
    .filter(({ rule }) => columnsOfRule(rule).every((name) => known.has(name)))
    .sort((a, b) => priority(a.rule) - priority(b.rule));
  const always = usable.filter(({ kept, applicable }) => kept === applicable).map(({ rule }) => rule);
  const numbered = new Set(always.flatMap((rule) => (rule.kind === 'running-number' ? [rule.column] : [])));
  const isTimeSeries = numbered.size > 0 && (await followsRows(features, numbered, read));
  for (const rule of always) {
    switch (rule.kind) {
      case 'linear':
      case 'product':
      case 'date-part':
      case 'age':
        take(rule, computeStep(rule, known, 0));
        break;
      case 'functional-dependency':
        if (rule.determinant.every((name) => isCoded(known.get(name)!)))
          take(rule, await lookUpStep(rule, read, isProtected ? MIN_ROWS : 1, 0));
        break;
      case 'inequality': {
        const [low, high] = [known.get(rule.low)!, known.get(rule.high)!];
        if (!isDate(low) || !isDate(high)) {
          take(rule, null);
          break;
        }
        const name = freeName(`${rule.low} to ${rule.high}`, known, extras);
        const gap = planGap(await read(rule.low), await read(rule.high), name);
        const planned = gapStep(gap);
        // An order of a date that is computed anyhow is checked alone.
        if (isPossible(steps, planned)) extras.push(gap);
        take(rule, isPossible(steps, planned) ? planned : null);
        break;
      }
      case 'implied-value':
        take(rule, setStep(rule));
        break;
      case 'increments':
        take(rule, roundStep(rule));
        break;
      case 'often-equal':
        break;
      case 'running-number':
        // Rows that follow each other in time are drawn in no order: their numbers stay as they are learned.
        if (!isTimeSeries && !steps.some(({ target }) => target === rule.column)) take(rule, null);
        break;
      default:
        take(rule, null);
    }
  }
  const nearly: NearlyRule[] = [];
  for (const { rule, kept, applicable } of usable) {
    const share = 1 - kept / applicable;
    if (!(share > 0 && share <= NEARLY)) continue;
    if (rule.kind === 'inequality') nearly.push({ rule, share });
    let planned: PlannedStep | null = null;
    if (rule.kind === 'linear' || rule.kind === 'product') planned = computeStep(rule, known, share);
    if (rule.kind === 'functional-dependency' && rule.determinant.every((name) => isCoded(known.get(name)!)))
      planned = await lookUpStep(rule, read, isProtected ? MIN_ROWS : 1, share);
    if (planned && isPossible(steps, planned)) steps.push(planned);
  }
  const ties: RatioTie[] = [];
  for (const { from, to, tolerance } of await findClose(features, read)) {
    const name = freeName(`${from} by ${to}`, known, extras);
    const rule: RuleOf<'product'> = {
      kind: 'product',
      target: to,
      decimals: decimalsOf(await read(to)),
      rounding: 'nearest',
      factors: [
        { column: from, power: 1 },
        { column: name, power: 1 },
      ],
      factor: 1,
    };
    const planned = computeStep(rule, known, 0);
    if (!isPossible(steps, planned)) continue;
    extras.push(planRatio(await read(from), await read(to), tolerance, name));
    ties.push({ from, to, ratio: name, tolerance });
    steps.push(planned);
  }
  const isTied = (a: string, b: string) =>
    ties.some(({ from, to }) => (from === a && to === b) || (from === b && to === a));
  for (const { rule } of usable) {
    if (rule.kind !== 'often-equal' || isTied(...rule.columns)) continue;
    const [a, b] = rule.columns;
    for (const [from, to] of [[a, b] as const, [b, a] as const]) {
      const flag = freeName(`${from} equals ${to}`, known, extras);
      const planned: PlannedStep = {
        step: { kind: 'equal', from, to, flag },
        target: to,
        reads: [from, flag],
      };
      if (!isPossible(steps, planned)) continue;
      extras.push(planEqual(from, to, flag));
      steps.push(planned);
      break;
    }
  }
  const checks = await quietOrders(features, rules, read);
  return { rules, checks, nearly, extras, ties, steps: inOrder(steps).map(({ step }) => step) };
}

/** Computed columns first: what is computed exactly must not be written by a weaker rule. */
function priority(rule: Rule): number {
  const order: readonly Rule['kind'][] = [
    'linear',
    'product',
    'date-part',
    'age',
    'functional-dependency',
    'inequality',
  ];
  const at = order.indexOf(rule.kind);
  return at < 0 ? order.length : at;
}

function isCoded({ encodingType }: FeatureColumn): boolean {
  return encodingType === 'TABULAR_CATEGORICAL' || encodingType === 'TABULAR_NUMERIC_DISCRETE';
}

function isDate({ schema }: FeatureColumn): boolean {
  return schema.storageType === 'date' || schema.storageType === 'datetime';
}

function computeStep(
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

/** Decimals that all values of a column have; null = as many as a double has. */
function decimalsOf(column: RuleColumn): number | null {
  const values = numbersOf(column).filter((value) => !Number.isNaN(value));
  const largest = values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  return findDecimals(values, 0, largest);
}

function gapStep({ from, to, schema, measure }: ExtraColumn): PlannedStep {
  const unit = measure.kind === 'gap' ? measure.unit : 1;
  return {
    step: { kind: 'gap', low: from, high: to, gap: schema.name, unit },
    target: to,
    reads: [from, schema.name],
  };
}

function setStep({ column, cell, by, values }: RuleOf<'implied-value'>): PlannedStep {
  return { step: { kind: 'set', target: column, cell, by, values }, target: column, reads: [by] };
}

function roundStep({ column, increment }: RuleOf<'increments'>): PlannedStep {
  return { step: { kind: 'round', target: column, increment }, target: column, reads: [] };
}

async function lookUpStep(
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

/** A name that no column has. */
function freeName(
  wanted: string,
  known: ReadonlyMap<string, unknown>,
  extras: readonly ExtraColumn[],
): string {
  let name = wanted;
  while (known.has(name) || extras.some(({ schema }) => schema.name === name)) name += ' ';
  return name;
}

/** Whether nothing else writes the target, unless it sets single cells, and no column depends on itself. */
function isPossible(steps: readonly PlannedStep[], next: PlannedStep): boolean {
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
function inOrder(steps: readonly PlannedStep[]): PlannedStep[] {
  const sorted: PlannedStep[] = [];
  const visit = (step: PlannedStep): void => {
    if (sorted.includes(step)) return;
    for (const other of steps) if (step.reads.includes(other.target)) visit(other);
    sorted.push(step);
  };
  for (const step of steps) visit(step);
  return sorted;
}
