/**
 * Two codes for a category of a column with very many: its class and its place in the class. A softmax over all of
 * them costs time and weights in proportion to their number; two of about its root cost a hundredth of that. The
 * first classes hold one code each: what is special (rare, null) and the most frequent categories, so that the model
 * knows these as it does in a small column.
 */
import type { ClassRule, SubColumn } from './contract';

/** Measured in `bench/high-cardinality.ts`. */
export const CLASS_RULE: ClassRule = { most: 1000, alone: 500 };

/**
 * First code of each class, ascending, or null where one level does: `special` codes and the next `alone` ones are
 * classes of one, the rest are cut into as many classes as each has codes, of sizes that differ by 1 at most.
 */
export function planClasses(codes: number, special: number, rule: ClassRule): number[] | null {
  if (codes <= rule.most) return null;
  const single = Math.min(codes, special + rule.alone);
  const starts = Array.from({ length: single }, (_, code) => code);
  const rest = codes - single;
  const classes = Math.ceil(Math.sqrt(rest));
  for (let k = 0; k < classes; k++) starts.push(single + Math.floor((k * rest) / classes));
  return starts;
}

/** The two sub-columns of codes 0 … `codes` − 1 in classes. */
export function classSubColumns(
  classes: readonly number[],
  codes: number,
  name: string,
  ordinal: boolean,
): SubColumn[] {
  let largest = 1;
  classes.forEach((start, k) => {
    largest = Math.max(largest, (classes[k + 1] ?? codes) - start);
  });
  return [
    { name: 'class', cardinality: classes.length, ordinal },
    { name, cardinality: largest, ordinal },
  ];
}

/** [class, place in the class] of every code. */
export function splitCodes(classes: readonly number[], codes: Uint16Array, total: number): Uint16Array[] {
  const classOf = new Uint16Array(total);
  classes.forEach((start, k) => {
    classOf.fill(k, start, classes[k + 1] ?? total);
  });
  const places = new Uint16Array(codes.length);
  const high = new Uint16Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    high[i] = classOf[code]!;
    places[i] = code - classes[high[i]!]!;
  }
  return [high, places];
}

/**
 * Codes of classes and places. A place beyond the size of its class, which training rows never show, counts from the
 * start of the class again: every pair is some category.
 */
export function joinCodes(
  classes: readonly number[],
  high: Uint16Array,
  places: Uint16Array,
  total: number,
): Uint16Array {
  const codes = new Uint16Array(high.length);
  for (let i = 0; i < codes.length; i++) {
    const k = high[i]!;
    const start = classes[k]!;
    codes[i] = start + (places[i]! % ((classes[k + 1] ?? total) - start));
  }
  return codes;
}
