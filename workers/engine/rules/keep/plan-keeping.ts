import type { Cell, CheckedRule, Rule, RuleOf } from '../../../../src/domain/rules';
import { columnsOfRule } from '../../../../src/domain/rules';
import type { GapColumn, KeepingStep, KeptRules } from '../../models/kept-rules';
import type { FeatureColumn } from '../../models/model';
import type { ComputedRule } from '../compute-target';
import { type CodedColumn, codeColumn, type RuleColumn } from '../rule-column';
import { planGap } from './gap-columns';
import { solvedRules } from './solve';

/** Reads the training rows of a column that takes part. */
export type ReadColumn = (name: string) => Promise<RuleColumn>;

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
  const gaps: GapColumn[] = [];
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
        const columns = { low: await read(rule.low), high: await read(rule.high) };
        const gap = planGap(rule, columns, nameOfGap(rule, known, gaps));
        const planned = gapStep(gap);
        if (!isPossible(steps, planned)) break;
        gaps.push(gap);
        take(rule, planned);
        break;
      }
      case 'implied-value':
        take(rule, setStep(rule));
        break;
      case 'often-equal':
      case 'running-number':
        break;
      default:
        take(rule, null);
    }
  }
  return { rules, gaps, steps: inOrder(steps).map(({ step }) => step) };
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

function computeStep(rule: ComputedRule, known: ReadonlyMap<string, FeatureColumn>): PlannedStep {
  const rules = [rule, ...solvedRules(rule, (name) => known.get(name)!.schema.storageType)];
  const { target } = rule;
  return {
    step: { kind: 'compute', rules },
    target,
    reads: columnsOfRule(rule).filter((name) => name !== target),
  };
}

function gapStep({ low, high, schema, unit }: GapColumn): PlannedStep {
  return {
    step: { kind: 'gap', low, high, gap: schema.name, unit },
    target: high,
    reads: [low, schema.name],
  };
}

function setStep({ column, cell, by, values }: RuleOf<'implied-value'>): PlannedStep {
  return { step: { kind: 'set', target: column, cell, by, values }, target: column, reads: [by] };
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
function nameOfGap(
  { low, high }: RuleOf<'inequality'>,
  known: ReadonlyMap<string, unknown>,
  gaps: readonly GapColumn[],
): string {
  let name = `${low} to ${high}`;
  while (known.has(name) || gaps.some(({ schema }) => schema.name === name)) name += ' ';
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
