/**
 * The output layer of a sub-column with very many codes: a hierarchical softmax (Goodman 2001, Morin & Bengio 2005).
 * The codes are divided into classes. One softmax gives the class, a second one the member of that class. With about
 * √n classes a row costs 2√n instead of n, and every code keeps output weights of its own.
 *
 *     −log p(y) = −log softmax(z[0 … classes − 1])[k] − log softmax(z[column_k … column_k + size_k − 1])[y − start_k]
 *
 * z = h · V + c as ever, and k is the class of y. A class of one member has no second term and no columns for it.
 */
import type { ModelSpec, SubColumnSpec } from './network-backend';
import { isAllowed, maskWords } from './restrictions';

export interface OutputLevels {
  /** Number of classes. */
  readonly classes: number;
  /** Columns of V for the classes: their number, rounded up to 4. */
  readonly classWidth: number;
  /** Class of each code, [cardinality]. */
  readonly classOf: Uint16Array;
  /** First code of each class, [classes]. */
  readonly starts: Uint16Array;
  /** Number of members of each class, [classes]. */
  readonly sizes: Uint16Array;
  /** Column of V where the members of a class begin, [classes]; 0 for a class of one member, which has no column. */
  readonly columns: Uint32Array;
  /** Columns of the largest class's members: its size, rounded up to 4; 0 where all classes have one member. */
  readonly largest: number;
  /** Columns of V in all. */
  readonly width: number;
}

/** A run of columns of V that one softmax goes over. */
export interface OutputSegment {
  readonly column: number;
  readonly codes: number;
}

/** Where the outputs of a sub-column lie, or null where one softmax goes over all its codes. */
export function outputLevels({ cardinality, classes }: SubColumnSpec): OutputLevels | null {
  if (!classes) return null;
  const starts = Uint16Array.from(classes);
  const sizes = starts.map((start, k) => (classes[k + 1] ?? cardinality) - start);
  const columns = new Uint32Array(starts.length);
  const classOf = new Uint16Array(cardinality);
  const classWidth = padded(starts.length);
  let width = classWidth;
  let largest = 0;
  starts.forEach((start, k) => {
    const size = sizes[k]!;
    classOf.fill(k, start, start + size);
    if (size === 1) return;
    columns[k] = width;
    width += padded(size);
    largest = Math.max(largest, padded(size));
  });
  return { classes: starts.length, classWidth, classOf, starts, sizes, columns, largest, width };
}

/** Every softmax of a sub-column: of the classes and of the members of each class, or the one over all codes. */
export function outputSegments(part: SubColumnSpec, levels: OutputLevels | null): OutputSegment[] {
  if (!levels) return [{ column: 0, codes: part.cardinality }];
  const segments = [{ column: 0, codes: levels.classes }];
  levels.sizes.forEach((codes, k) => {
    if (codes > 1) segments.push({ column: levels.columns[k]!, codes });
  });
  return segments;
}

/**
 * What is added to the logits of the classes if `bias` is added to those of the codes: the logarithm of the mean of
 * e^bias over the members, which is exact for equally likely members; −∞ for a class whose members are all forbidden.
 * @param bias [cardinality]
 * @returns [classes]
 */
export function classBias({ starts, sizes }: OutputLevels, bias: Float32Array): Float32Array {
  return Float32Array.from(starts, (start, k) => {
    const own = bias.subarray(start, start + sizes[k]!);
    const top = own.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    if (own.length === 1 || top === Number.NEGATIVE_INFINITY) return top;
    let sum = 0;
    for (const value of own) sum += Math.exp(value - top);
    return top + Math.log(sum / own.length);
  });
}

/** Classes with a member that a mask of codes allows, as a mask of classes. */
export function classMask({ classOf, classes }: OutputLevels, mask: Uint32Array): Uint32Array {
  const allowed = new Uint32Array(maskWords(classes));
  classOf.forEach((k, code) => {
    if (isAllowed(mask, code)) allowed[k >>> 5]! |= 1 << (k & 31);
  });
  return allowed;
}

/** Stream of uniform numbers that the members of sub-column j are drawn with; its classes have stream j. */
export function memberStream({ subColumns }: ModelSpec, j: number): number {
  return subColumns.length + j;
}

function padded(count: number): number {
  return Math.ceil(count / 4) * 4;
}
