import type { Cell, CheckedRule, Rule, RuleOf } from '../../../../src/domain/rules';
import { columnsOfRule } from '../../../../src/domain/rules';
import { findDecimals } from '../../encoding/decimal-grid';
import type { ExtraColumn, KeepingStep, KeptRules, RatioTie } from '../../models/kept-rules';
import type { FeatureColumn } from '../../models/model';
import type { ComputedRule } from '../compute-target';
import { type CodedColumn, codeColumn, numbersOf, type RuleColumn } from '../rule-column';
import { planGap, planRatio, type ReadColumn } from './extra-columns';
import { findClose } from './find-close';
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
  const candidates = checked
    .filter(
      ({ rule, kept, applicable }) =>
        kept === applicable && columnsOfRule(rule).every((name) => known.has(name)),
    )
    .map(({ rule }) => rule)
    .sort((a, b) => priority(a) - priority(b));
  for (const rule of candidates) {
    switch (rule.kind) {
      case 'linear':
      case 'product':
      case 'date-part':
      case 'age':
      case 'date-count':
        take(rule, computeStep(rule, known));
        break;
      case 'functional-dependency':
        if (rule.determinant.every((name) => isCoded(known.get(name)!)))
          take(rule, await lookUpStep(rule, read, isProtected ? MIN_ROWS : 1));
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
        if (!isPossible(steps, planned)) break;
        extras.push(gap);
        take(rule, planned);
        break;
      }
      case 'implied-value':
        take(rule, setStep(rule));
        break;
      case 'increments':
        take(rule, roundStep(rule));
        break;
      case 'often-equal':
      case 'running-number':
        break;
      default:
        take(rule, null);
    }
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
    const planned = computeStep(rule, known);
    if (!isPossible(steps, planned)) continue;
    extras.push(planRatio(await read(from), await read(to), tolerance, name));
    ties.push({ from, to, ratio: name, tolerance });
    steps.push(planned);
  }
  return { rules, extras, ties, steps: inOrder(steps).map(({ step }) => step) };
}

/** Computed columns first: what is computed exactly must not be written by a weaker rule. */
function priority(rule: Rule): number {
  const order: readonly Rule['kind'][] = [
    'linear',
    'product',
    'date-part',
    'age',
    'date-count',
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

function computeStep(rule: ComputedRule, known: ReadonlyMap<string, FeatureColumn>): PlannedStep {
  const rules = [rule, ...solvedRules(rule, (name) => known.get(name)?.schema.storageType ?? null)];
  const { target } = rule;
  return {
    step: { kind: 'compute', rules },
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
): Promise<PlannedStep> {
  const inputs: CodedColumn[] = [];
  for (const name of determinant) inputs.push(codeColumn(await read(name)));
  const target = codeColumn(await read(dependent));
  const found = new Map<string, { cell: Cell; rows: number; key: Cell[] }>();
  for (let row = 0; row < target.codes.length; row++) {
    const codes = inputs.map((input) => input.codes[row]!);
    const name = codes.join();
    const entry = found.get(name);
    if (entry) entry.rows++;
    else {
      const own = target.codes[row]!;
      const key = codes.map((code, k) => (code < 0 ? null : inputs[k]!.cells[code]!));
      found.set(name, { cell: own < 0 ? null : target.cells[own]!, rows: 1, key });
    }
  }
  const cells = [...found.values()]
    .filter(({ rows }) => rows >= minRows)
    .map(({ key, cell }) => [key, cell] as const);
  return {
    step: { kind: 'look-up', by: determinant, target: dependent, cells },
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
