/**
 * Classes of a column with very many codes. A softmax over all of them costs time in proportion to their number; one
 * over the classes and one over the places in a class cost about its root (hierarchical softmax: Goodman 2001,
 * "Classes for fast maximum entropy training"). The codes stay as they are: only the model's output has two levels.
 */
import type { ClassRule } from './contract';

/** Measured in `bench/quality-log.md` ("Very many categories"). */
export const CLASS_RULE: ClassRule = { most: 400, alone: 100 };

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
