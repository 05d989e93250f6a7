import { factorValue } from '../../../../../src/domain/product-factor';
import type { Factor, Rule, RuleOf } from '../../../../../src/domain/rules';
import type { EncodedFeature } from '../../coded-columns';
import type { RatioTie, Tie } from '../../kept-rules';
import type { CodeRelation } from '../network/restrictions';
import { type CodeMeaning, meaningsOf } from './code-values';

/** Combinations that a relation lists at most; a rule that would need more has none. */
const MAX_TUPLES = 60_000;
/** Slack against rounding, as a share of the magnitude. */
const SLACK = 1e-9;

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A column as numbers: what each of its codes may be; null = missing or no number, which goes with everything. */
interface Numbers {
  readonly part: number;
  readonly codes: readonly (Interval | null)[];
}

/**
 * Relations of codes that computed columns amount to: a code of the target goes with codes of the inputs whose ranges can
 * give it (interval arithmetic, Moore 1966). So bins agree before values are computed. They follow from encodings alone
 * and need not be stored.
 */
export function intervalRelations(
  rules: readonly Rule[],
  ties: readonly Tie[],
  features: readonly EncodedFeature[],
): CodeRelation[] {
  const columns = new Map<string, Numbers>();
  let part = 0;
  for (const { schema, encoding } of features) {
    const meanings = meaningsOf(encoding);
    if (meanings && schema.storageType !== 'text' && schema.storageType !== 'boolean')
      columns.set(schema.name, { part, codes: meanings.map(intervalOf) });
    part += encoding.subColumns.length;
  }
  const lookup = (name: string) => columns.get(name) ?? null;
  const computed = rules.flatMap((rule) => (hasRange(rule) ? [relationOf(rule, lookup)] : []));
  return [...computed, ...ties.map((tie) => ('ratio' in tie ? relationOfTie(tie, lookup) : null))].filter(
    (relation) => relation !== null,
  );
}

type Ranged = RuleOf<'linear' | 'product' | 'extreme'>;

/** Whether the numbers of a rule's target follow from ranges of its inputs. */
export function hasRange(rule: Rule): rule is Ranged {
  return rule.kind === 'linear' || rule.kind === 'product' || (rule.kind === 'extreme' && !rule.cells);
}

function inputsOf(rule: Ranged): readonly string[] {
  if (rule.kind === 'extreme') return rule.columns;
  return (rule.kind === 'linear' ? rule.terms : rule.factors).map(({ column }) => column);
}

function intervalOf(meaning: CodeMeaning): Interval | null {
  if (meaning.kind === 'range') return meaning;
  if (meaning.kind === 'rare' || typeof meaning.cell !== 'number') return null;
  return { low: meaning.cell, high: meaning.cell };
}

function relationOf(rule: Ranged, lookup: (name: string) => Numbers | null): CodeRelation | null {
  const inputs = inputsOf(rule).map(lookup);
  const target = lookup(rule.target);
  if (inputs.length > 2 || !target || inputs.some((input) => !input)) return null;
  const tuples: number[] = [];
  const [first, second] = inputs;
  const half = rule.kind === 'extreme' || rule.decimals === null ? 0 : 10 ** -rule.decimals;
  const ends = target.codes.flatMap((interval, code) => (interval ? [{ ...interval, code }] : []));
  const open = target.codes.flatMap((interval, code) => (interval ? [] : [code]));
  for (const [i, a] of first!.codes.entries()) {
    for (const [k, b] of (second?.codes ?? [{ low: 0, high: 0 }]).entries()) {
      const known = second ? [i, k] : [i];
      const given = second ? [a, b] : [a];
      const result = given.includes(null) ? null : computed(rule, given as Interval[]);
      for (const code of open) tuples.push(...known, code);
      for (const { low, high, code } of ends) {
        if (result && (low > result.high + half || high < result.low - half)) continue;
        tuples.push(...known, code);
      }
      if (tuples.length > MAX_TUPLES * (inputs.length + 1)) return null;
    }
  }
  const members = [...inputs, target].map((column) => ({ part: column!.part, groups: null }));
  return { members, tuples };
}

/**
 * A ratio goes with what it can lead to, and a missing one with numbers that are not close; of bins the middles decide,
 * so that as many rows are wrongly let through as are kept out. Numbers that are missing or not positive have no ratio.
 */
function relationOfTie(
  { from, to, ratio, tolerance }: RatioTie,
  lookup: (name: string) => Numbers | null,
): CodeRelation | null {
  const [a, b, q] = [lookup(from), lookup(to), lookup(ratio)];
  if (!a || !b || !q) return null;
  const tuples: number[] = [];
  for (const [i, x] of a.codes.entries()) {
    for (const [k, y] of b.codes.entries()) {
      const isPositive = x !== null && y !== null && x.high > 0 && y.high > 0;
      const apart = isPositive ? distance(middleOf(x), middleOf(y)) : 1;
      for (const [l, z] of q.codes.entries()) {
        if (z === null ? apart > tolerance : isPositive && leadsTo(x, z, y)) tuples.push(i, k, l);
      }
    }
  }
  if (tuples.length > 3 * MAX_TUPLES) return null;
  return { members: [a, b, q].map(({ part }) => ({ part, groups: null })), tuples };
}

function middleOf({ low, high }: Interval): number {
  return low / 2 + high / 2;
}

/** Of two positive numbers, as a share of the larger. */
function distance(a: number, b: number): number {
  return Math.abs(a - b) / Math.max(a, b);
}

/** Whether a number of `x` times a ratio of `z` can be a number of `y`, which may be rounded. */
function leadsTo(x: Interval, z: Interval, y: Interval): boolean {
  const slack = SLACK * y.high;
  return x.low * z.low <= y.high + slack && x.high * z.high >= y.low - slack;
}

/** Range of the result; null = unbounded. */
function computed(rule: Ranged, inputs: readonly Interval[]): Interval | null {
  if (rule.kind === 'extreme') {
    const extreme = rule.end === 'largest' ? Math.max : Math.min;
    return {
      low: extreme(...inputs.map(({ low }) => low)),
      high: extreme(...inputs.map(({ high }) => high)),
    };
  }
  const range =
    rule.kind === 'linear'
      ? inputs
          .map((input, k) => times(input, { low: rule.terms[k]!.factor, high: rule.terms[k]!.factor }))
          .reduce(sumOf, {
            low: rule.constant,
            high: rule.constant,
          })
      : inputs.reduce<Interval | null>(
          (result, input, k) => {
            const factor = result && factorRange(rule.factors[k]!, input);
            return factor && times(result!, factor);
          },
          { low: rule.factor, high: rule.factor },
        );
  if (!range || !Number.isFinite(range.low) || !Number.isFinite(range.high)) return null;
  const slack = SLACK * Math.max(Math.abs(range.low), Math.abs(range.high));
  return { low: range.low - slack, high: range.high + slack };
}

function times(a: Interval, b: Interval): Interval {
  const corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
  return { low: Math.min(...corners), high: Math.max(...corners) };
}

/** Range of a factor: of 1 + per · column where it adds a share, to its power; null = unbounded or no number. */
function factorRange({ power, per }: Factor, input: Interval): Interval | null {
  const one = { low: 1, high: 1 };
  const base = per === undefined ? input : sumOf(one, times(input, { low: per, high: per }));
  const spansZero = base.low <= 0 && base.high >= 0;
  if ((power < 0 && spansZero) || (!Number.isInteger(power) && base.low < 0)) return null;
  const ends = [base.low, base.high].map((end) => factorValue({ power }, end));
  const low = power % 2 === 0 && spansZero ? 0 : Math.min(...ends);
  return { low, high: Math.max(...ends) };
}

function sumOf(a: Interval, b: Interval): Interval {
  return { low: a.low + b.low, high: a.high + b.high };
}
