/** The outcome of reading what a person typed into a number field. */
export type NumberText = { readonly value: number | null } | { readonly error: string };

/**
 * Reads a typed number. Grouping by commas, spaces or underscores is accepted; empty means null where `optional`.
 * @returns the number, or a sentence that says which range is allowed
 */
export function readNumber(
  text: string,
  rule: {
    readonly min: number;
    readonly max: number;
    readonly integer?: boolean;
    readonly optional?: boolean;
  },
): NumberText {
  const plain = text.replace(/[\s,_]/g, '');
  const range = `from ${rule.min.toLocaleString('en')} to ${rule.max.toLocaleString('en')}`;
  const kind = rule.integer ? 'a whole number' : 'a number';
  if (plain === '') {
    return rule.optional ? { value: null } : { error: `Enter ${kind} ${range}.` };
  }
  const value = Number(plain);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) || !Number.isFinite(value)) {
    return { error: `“${text}” is not a number. Enter ${kind} ${range}.` };
  }
  if (rule.integer && !Number.isInteger(value)) return { error: `Enter ${kind} ${range}.` };
  if (value < rule.min || value > rule.max) return { error: `Enter ${kind} ${range}.` };
  return { value };
}
