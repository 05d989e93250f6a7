const NUMBER = /^[+-]?(\d+([.,]\d+)*|[.,]\d+)([eE][+-]?\d+)?%?$/;
const DATE =
  /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp][Mm])?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** A number in any notation, dates included. */
export function looksNumeric(cell: string): boolean {
  const text = cell.trim();
  return text.length < 40 && (NUMBER.test(text) || DATE.test(text));
}

/** A date, with or without a time, in figures. */
export function isDateText(cell: string): boolean {
  const text = cell.trim();
  return text.length < 40 && DATE.test(text);
}

/**
 * −1, 0 or 1: a number that can only be read with a decimal comma (−1) or a decimal point (1). "1,234" is neither: the
 * comma may separate thousands.
 */
export function decimalEvidence(cell: string): -1 | 0 | 1 {
  const text = cell.trim();
  if (text.length > 40) return 0;
  if (/^[+-]?\d{1,3}(\.\d{3})+,\d+$/.test(text)) return -1;
  if (/^[+-]?\d{1,3}(,\d{3})+\.\d+$/.test(text)) return 1;
  const comma = /^[+-]?(\d*),(\d+)([eE][+-]?\d+)?$/.exec(text);
  if (comma) return isGroup(comma[1]!, comma[2]!) ? 0 : -1;
  const point = /^[+-]?(\d*)\.(\d+)([eE][+-]?\d+)?$/.exec(text);
  if (point) return isGroup(point[1]!, point[2]!) ? 0 : 1;
  return 0;
}

/** True if "whole,part" could be thousands: 1–3 digits, not a leading zero, then exactly three. */
function isGroup(whole: string, part: string): boolean {
  return part.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
}
