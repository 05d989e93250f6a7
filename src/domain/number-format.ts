import type { NumberFormat } from './cell-format';

/** `toFixed` writes larger numbers with an exponent. */
const LARGEST_FIXED = 1e21;

/** Where a separator of groups stands. */
const GROUPS = { usual: /\B(?=(?:\d{3})+$)/g, indian: /\B(?=(?:\d{2})*\d{3}$)/g } as const;

/**
 * A number as its column writes them: rounded to the most digits after the mark, padded to the fewest, marks, sign,
 * brackets, what stands before and after it. A value beyond the format's power (infinite) stands as JavaScript has it.
 * @param decimal mark where the format names none
 */
export function formatNumber(value: number | bigint, format: NumberFormat, decimal: '.' | ','): string {
  const { prefix = '', suffix = '', thousands = '' } = format;
  const digits = plainDigits(value, format);
  if (digits === null) return String(value);
  const isNegative = digits.startsWith('-') && /[1-9]/.test(digits);
  const [whole = '', fraction = ''] = digits.replace('-', '').split('.');
  const grouped =
    thousands === ''
      ? whole
      : whole.replace(GROUPS[format.grouping ?? 'usual'], thousands.replaceAll('$', '$$$$'));
  const number = `${prefix}${grouped}${fraction === '' ? '' : (format.decimal ?? decimal) + fraction}${suffix}`;
  if (!isNegative) return number;
  return format.bracketed ? `(${number})` : `-${number}`;
}

/** Rounds to the most decimals that a column writes; null where it says none. */
export function numberRounder({ maxDecimals }: NumberFormat): ((value: number) => number) | null {
  return maxDecimals === undefined ? null : (value) => Number(value.toFixed(maxDecimals));
}

/** Sign, digits, point, digits; null where that cannot say the value. */
function plainDigits(value: number | bigint, { minDecimals = 0, maxDecimals }: NumberFormat): string | null {
  if (typeof value === 'bigint') return padded(String(value), minDecimals);
  if (!Number.isFinite(value)) return null;
  if (Math.abs(value) >= LARGEST_FIXED) return padded(String(BigInt(value)), minDecimals);
  if (maxDecimals !== undefined)
    return padded(trimmed(value.toFixed(Math.max(minDecimals, maxDecimals))), minDecimals);
  return padded(withoutExponent(String(value)), minDecimals);
}

/** The digits of a small number that JavaScript writes with an exponent, as 1.5e-7. */
function withoutExponent(text: string): string {
  const [mantissa = '', exponent] = text.split('e-');
  if (exponent === undefined) return text;
  const [sign, digits] = mantissa.startsWith('-') ? ['-', mantissa.slice(1)] : ['', mantissa];
  return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${digits.replace('.', '')}`;
}

function trimmed(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function padded(digits: string, minDecimals: number): string {
  const point = digits.indexOf('.');
  const decimals = point < 0 ? 0 : digits.length - point - 1;
  if (decimals >= minDecimals) return digits;
  return `${digits}${point < 0 ? '.' : ''}${'0'.repeat(minDecimals - decimals)}`;
}
