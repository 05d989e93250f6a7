/** Sentences of computed columns. */
import { DAY } from './calendar';
import { MAX_LISTED, type RuleWord, shortNumber } from './listed-words';
import type { Factor, RuleOf } from './rules';

const UNITS: readonly (readonly [milliseconds: number, name: string])[] = [
  [7 * DAY, 'weeks'],
  [DAY, 'days'],
  [3_600_000, 'hours'],
  [60_000, 'minutes'],
  [1000, 'seconds'],
  [1, 'milliseconds'],
];

export function linearWords(rule: RuleOf<'linear'>, isDate: (column: string) => boolean): RuleWord[] {
  const span = spanWords(rule, isDate);
  if (span) return span;
  const toDate = isDate(rule.target);
  const terms = [...rule.terms].sort((x, y) => Number(y.factor > 0) - Number(x.factor > 0));
  const words: RuleWord[] = [{ column: rule.target }, ' = '];
  for (const [index, { column, factor }] of terms.slice(0, MAX_LISTED).entries()) {
    words.push(sign(factor, index === 0));
    const unit = toDate && !isDate(column) ? timeUnit(Math.abs(factor)) : null;
    if (unit) words.push({ column }, ` ${unit}`);
    else words.push(...(Math.abs(factor) === 1 ? [] : [`${factorText(Math.abs(factor))} × `]), { column });
  }
  if (terms.length > MAX_LISTED) words.push(` + ${terms.length - MAX_LISTED} more columns`);
  if (rule.constant !== 0) {
    const size = Math.abs(rule.constant);
    words.push(sign(rule.constant, false), toDate ? durationText(size) : shortNumber(size));
  }
  // The rounding of a plain sum only hides the last bits of its numbers.
  const isPlain = rule.terms.every(({ factor }) => Number.isInteger(factor)) && rule.rounding === 'nearest';
  return [...words, ...(toDate || isPlain ? [] : roundingWords(rule))];
}

/** The time from one date to another, in whole units. */
function spanWords(rule: RuleOf<'linear'>, isDate: (column: string) => boolean): RuleWord[] | null {
  const end = rule.terms.find(({ factor }) => factor > 0);
  const start = rule.terms.find(({ factor }) => factor < 0);
  if (rule.terms.length !== 2 || !start || !end || isDate(rule.target)) return null;
  if (!isDate(start.column) || !isDate(end.column) || start.factor !== -end.factor) return null;
  const unit = timeUnit(1 / end.factor);
  if (!unit) return null;
  const words: RuleWord[] = [
    ...[{ column: rule.target }, ` = ${unit} from `],
    ...[{ column: start.column }, ' to ', { column: end.column }],
  ];
  if (rule.constant !== 0) words.push(sign(rule.constant, false), shortNumber(Math.abs(rule.constant)));
  return [...words, ...roundingWords(rule)];
}

/** The unit of time of so many milliseconds. */
export function timeUnit(milliseconds: number): string | null {
  const unit = UNITS.find(([size]) => Math.abs(milliseconds / size - 1) < 1e-9);
  return unit ? unit[1] : null;
}

function durationText(milliseconds: number): string {
  const [size, name] = UNITS.slice(1).find(([unit]) => milliseconds % unit === 0) ?? [1, 'milliseconds'];
  const count = milliseconds / size;
  return `${shortNumber(count)} ${count === 1 ? name.slice(0, -1) : name}`;
}

function sign(factor: number, isFirst: boolean): string {
  if (isFirst) return factor < 0 ? '−' : '';
  return factor < 0 ? ' − ' : ' + ';
}

/** A factor, as a fraction where that is shorter: 0.333… → 1/3. */
function factorText(factor: number): string {
  const divisor = Math.round(1 / factor);
  const text = shortNumber(factor);
  return divisor > 1 && divisor < 10_000 && Math.abs(divisor * factor - 1) < 1e-9 && text.length > 5
    ? `1/${divisor}`
    : text;
}

export function productWords(rule: RuleOf<'product'>): RuleWord[] {
  const over = rule.factors.filter(({ power }) => power > 0);
  const under = rule.factors.filter(({ power }) => power < 0);
  const words: RuleWord[] = [{ column: rule.target }, ' = '];
  if (rule.factor !== 1 || over.length === 0) {
    words.push(factorText(rule.factor), ...(over.length > 0 ? [' × '] : []));
  }
  for (const [index, factor] of over.entries())
    words.push(...(index > 0 ? [' × '] : []), ...factorWords(factor));
  for (const factor of under) words.push(' ÷ ', ...factorWords(factor));
  return [...words, ...roundingWords(rule)];
}

/** A column with its power, or (1 − column ÷ 100). */
function factorWords({ column, power, per }: Factor): RuleWord[] {
  const size = Math.abs(power);
  const [before, after] = size === 0.5 ? ['√', ''] : ['', POWERS.get(size) ?? `^${shortNumber(size)}`];
  if (per === undefined) return [...(before ? [before] : []), { column }, ...(after ? [after] : [])];
  const share = Math.abs(per);
  const [times, by] = share === 0.01 ? ['', ' ÷ 100'] : [share === 1 ? '' : `${shortNumber(share)} × `, ''];
  return [`${before}(1 ${per < 0 ? '−' : '+'} ${times}`, { column }, `${by})${after}`];
}

const POWERS: ReadonlyMap<number, string> = new Map([
  [1, ''],
  [2, '²'],
  [3, '³'],
]);

function roundingWords({ decimals, rounding }: RuleOf<'linear' | 'product'>): RuleWord[] {
  if (decimals === null) return [];
  const way = rounding === 'nearest' ? 'rounded' : `rounded ${rounding}`;
  if (decimals === 0) return [`, ${way} to whole numbers`];
  if (decimals < 0) return [`, ${way} to ${(10 ** -decimals).toLocaleString('en')}s`];
  return [`, ${way} to ${decimals} ${decimals === 1 ? 'decimal' : 'decimals'}`];
}
