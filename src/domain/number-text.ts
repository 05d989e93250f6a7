/** Which numbers a field or an option takes. */
export interface NumberRule {
  readonly min: number;
  /** Infinity = no upper bound. */
  readonly max: number;
  /** `min` itself is too small, `max` itself too large. */
  readonly isAbove?: boolean;
  readonly isBelow?: boolean;
  readonly integer?: boolean;
  /** Nothing may be said, which means null. */
  readonly optional?: boolean;
}

/** The outcome of reading what a person typed into a number field. */
export type NumberText = { readonly value: number | null } | { readonly error: string };

/** E.g. “a whole number from 1 to 64”, “a number of 0 or more”, “a number above 0 and below 1”. */
export function rangeText(rule: NumberRule, format: (value: number) => string): string {
  const { min, max, integer, isAbove, isBelow } = rule;
  const kind = integer ? 'a whole number' : 'a number';
  if (isAbove || isBelow) {
    const low = min > -Infinity ? [isAbove ? `above ${format(min)}` : `from ${format(min)}`] : [];
    const high = max < Infinity ? [isBelow ? `below ${format(max)}` : `up to ${format(max)}`] : [];
    return `${kind} ${[...low, ...high].join(' and ')}`;
  }
  if (max < Infinity) return `${kind} from ${format(min)} to ${format(max)}`;
  return min > -Infinity ? `${kind} of ${format(min)} or more` : kind;
}

/**
 * Reads a typed number. Grouping by commas, spaces or underscores is accepted; empty means null where `optional`.
 * @returns the number, or a sentence that says which range is allowed
 */
export function readNumber(text: string, rule: NumberRule): NumberText {
  const plain = text.replace(/[\s,_]/g, '');
  const wanted = `Enter ${rangeText(rule, (value) => value.toLocaleString('en'))}.`;
  if (plain === '') return rule.optional ? { value: null } : { error: wanted };
  const value = Number(plain);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) || !Number.isFinite(value)) {
    return { error: `“${text}” is not a number. ${wanted}` };
  }
  return fitsRule(value, rule) ? { value } : { error: wanted };
}

/** Whether a rule takes a number. */
export function fitsRule(value: number, { min, max, isAbove, isBelow, integer }: NumberRule): boolean {
  const inside = (isAbove ? value > min : value >= min) && (isBelow ? value < max : value <= max);
  return inside && (!integer || Number.isInteger(value));
}
