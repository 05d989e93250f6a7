import type { SubColumn } from './contract';

/**
 * What encodings with a code for each position of a word share: `nan` if there are nulls, then a sub-column for each
 * position that has several codes.
 */
export interface PartedLayout {
  readonly hasNull: boolean;
  /** [position] how many codes it has; 0 in every position = nothing may show, all is null. */
  readonly sizes: readonly number[];
}

/** Sub-columns of a layout, at least one. @param nameOf name of a position */
export function partedColumns({ hasNull, sizes }: PartedLayout, nameOf: (p: number) => string): SubColumn[] {
  const parts = sizes.flatMap((cardinality, p) =>
    cardinality > 1 ? [{ name: nameOf(p), cardinality, ordinal: false }] : [],
  );
  if (hasNull) parts.unshift({ name: 'nan', cardinality: isEmpty(sizes) ? 1 : 2, ordinal: false });
  return parts.length > 0 ? parts : [{ name: nameOf(0), cardinality: 1, ordinal: false }];
}

function isEmpty(sizes: readonly number[]): boolean {
  return sizes.every((size) => size === 0);
}

/** Number of codes of each sub-column, as `partedColumns` makes them. */
export function partedCodes(layout: PartedLayout): number[] {
  return partedColumns(layout, String).map(({ cardinality }) => cardinality);
}

/**
 * The code arrays of a layout, [sub-column][rows], of those of all positions. Rows without a value get the parts of another
 * row drawn at random: one constant pattern would be learned as a value (docs/encodings.md, Nulls).
 * @param parts [position][rows]
 * @param missing [rows] 1 = no value
 * @param below random integer in [0, bound)
 */
export function joinParts(
  { hasNull, sizes }: PartedLayout,
  parts: readonly Uint16Array[],
  missing: Uint8Array,
  below: (bound: number) => number,
): Uint16Array[] {
  const varying = parts.filter((_, p) => sizes[p]! > 1).map((part) => part.slice());
  const rows = missing.length;
  const present: number[] = [];
  for (let row = 0; row < rows; row++) if (missing[row] === 0) present.push(row);
  if (present.length > 0) {
    for (let row = 0; row < rows; row++) {
      if (missing[row] === 0) continue;
      const donor = present[below(present.length)]!;
      for (const part of varying) part[row] = part[donor]!;
    }
  }
  const out = hasNull
    ? [Uint16Array.from(missing, (flag) => (isEmpty(sizes) ? 0 : flag)), ...varying]
    : varying;
  return out.length > 0 ? out : [new Uint16Array(rows)];
}

/**
 * Reads the codes of a block row by row: which have no value, and else the codes of all positions.
 * @param codes [sub-column][rows]
 * @param each called with the row and its codes by position, or null for no value
 */
export function splitParts(
  { hasNull, sizes }: PartedLayout,
  codes: readonly Uint16Array[],
  each: (row: number, word: Uint16Array | null) => void,
): void {
  const rows = codes[0]!.length;
  const word = new Uint16Array(sizes.length);
  const varying = sizes.flatMap((size, p) => (size > 1 ? [p] : []));
  const first = Number(hasNull);
  const nothing = isEmpty(sizes);
  for (let row = 0; row < rows; row++) {
    if (nothing || (hasNull && codes[0]![row] === 1)) {
      each(row, null);
      continue;
    }
    for (let k = 0; k < varying.length; k++) word[varying[k]!] = codes[first + k]![row]!;
    each(row, word);
  }
}
