import type { Rule, RuleOf } from '../../../../src/domain/rules';
import { exactTarget } from '../../../rules/compute-target';
import { roundingSlack } from '../../../rules/decimals';
import { columnNamed, numbersOf } from '../../../rules/rule-column';
import type { TableProtection } from '../../privacy/table-protection';
import type { ReadColumn } from './extra-columns';

type Scaled = RuleOf<'linear' | 'product'>;

/** A factor of up to so many digits is what was meant; so is one of many more, which stands for π or one third. */
const SURE_DIGITS = 3;
const MAX_DIGITS = 12;
/** A last digit so many times the width of the interval is no matter of chance. */
const SURE_RATIO = 100;

/**
 * A constant factor is the shortest number of those that all rows allow: 1.60935 where 1.609344 was meant. Of a drawn row
 * the rounded result is the same for all of them if it is for the smallest and the largest: these are checked without being
 * listed. They are rounded outwards, so that they are no row's quotient.
 * They leave out as many rows, but one, as show a value of the target: no single row decides them.
 */
export async function quietFactors(
  rules: readonly Rule[],
  read: ReadColumn,
  { thresholdOf }: TableProtection,
): Promise<Scaled[]> {
  const checks: Scaled[] = [];
  for (const rule of rules) {
    const factor = factorOf(rule);
    if (factor === null) continue;
    const [low, high] =
      (await factorsOf(rule as Scaled, factor, read, thresholdOf((rule as Scaled).target))) ?? [];
    if (low === undefined || high === undefined) continue;
    for (const end of [low, high]) checks.push(withFactor(rule as Scaled, end));
  }
  return checks;
}

/** The constant factor of a rounded multiple or product, if its digits leave open which number was meant. */
function factorOf(rule: Rule): number | null {
  if (rule.kind !== 'linear' && rule.kind !== 'product') return null;
  if (rule.decimals === null || rule.inputDecimals) return null;
  if (rule.kind === 'linear' && (rule.terms.length > 1 || rule.constant !== 0)) return null;
  const factor = rule.kind === 'linear' ? rule.terms[0]!.factor : rule.factor;
  const digits = digitsOf(factor);
  return digits > SURE_DIGITS && digits <= MAX_DIGITS ? factor : null;
}

function digitsOf(factor: number): number {
  const [mantissa] = Math.abs(factor).toExponential().split('e');
  return mantissa!.replace('.', '').length;
}

/** The smallest and the largest factor that the rows allow; null if they leave no doubt. */
async function factorsOf(
  rule: Scaled,
  factor: number,
  read: ReadColumn,
  minRows: number,
): Promise<readonly [number, number] | null> {
  const inputs = rule.kind === 'linear' ? rule.terms : rule.factors;
  const columns = await Promise.all([rule.target, ...inputs.map(({ column }) => column)].map(read));
  const cells = numbersOf(columnNamed(columns, rule.target));
  const lows: number[] = [];
  const highs: number[] = [];
  exactTarget(rule, columns).forEach((exact, row) => {
    const size = exact / factor;
    if (!Number.isFinite(size) || size === 0 || Number.isNaN(cells[row]!)) return;
    const { below, above } = roundingSlack(rule.decimals, rule.rounding, Math.abs(cells[row]!));
    const ends = [(cells[row]! - below) / size, (cells[row]! + above) / size];
    lows.push(Math.min(...ends));
    highs.push(Math.max(...ends));
  });
  if (lows.length < 2 * minRows) return null;
  const low = Float64Array.from(lows).sort()[lows.length - minRows]!;
  const high = Float64Array.from(highs).sort()[minRows - 1]!;
  const digits = digitsOf(factor) - 1 - Math.floor(Math.log10(Math.abs(factor)));
  if (!(low < high) || 10 ** -digits >= SURE_RATIO * (high - low)) return null;
  const unit = 10 ** Math.floor(Math.log10((high - low) / 10));
  return [Math.floor(low / unit) * unit, Math.ceil(high / unit) * unit];
}

function withFactor(rule: Scaled, factor: number): Scaled {
  if (rule.kind === 'product') return { ...rule, factor };
  return { ...rule, terms: [{ ...rule.terms[0]!, factor }] };
}
