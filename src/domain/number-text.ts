/** Which numbers a field or an option takes. */
export interface NumberRule {
  readonly min: number;
  /** Infinity = no upper bound. */
  readonly max: number;
  readonly integer?: boolean;
  /** Nothing may be said, which means null. */
  readonly optional?: boolean;
}

/** The outcome of reading what a person typed into a number field. */
export type NumberText = { readonly value: number | null } | { readonly error: string };

/** E.g. “a whole number from 1 to 64”, “a number of 0 or more”. */
export function rangeText({ min, max, integer }: NumberRule, format: (value: number) => string): string {
  const kind = integer ? 'a whole number' : 'a number';
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
  const fits = value >= rule.min && value <= rule.max && (!rule.integer || Number.isInteger(value));
  return fits ? { value } : { error: wanted };
}
