/** The columns of several files as those of one table, matched by name. */
export class UnionColumns {
  /** As the first file that has them writes them. */
  readonly names: string[] = [];
  readonly #positions = new Map<string, number>();

  /**
   * Positions in the table of the columns of a file; those that no file had before come last. Of columns with one name the
   * first is the first again, the second the second.
   */
  add(names: readonly string[]): number[] {
    const seen = new Map<string, number>();
    return names.map((name) => {
      const plain = name.trim();
      const occurrence = seen.get(plain) ?? 0;
      seen.set(plain, occurrence + 1);
      const key = `${occurrence} ${plain}`;
      const known = this.#positions.get(key);
      if (known !== undefined) return known;
      const position = this.names.length;
      this.names.push(name);
      this.#positions.set(key, position);
      return position;
    });
  }
}

/** What the head of a file says of its names. */
export interface HeadNames {
  /** Cells of the row that holds them; empty = none does. */
  readonly names: readonly string[];
  /** There was evidence for names, or against. */
  readonly isSure: boolean;
  /** Columns of its rows. */
  readonly width: number;
}

/**
 * Which files have no names of their own, so that their columns are those of the first file with names, in their order: as
 * many columns, and no names, or perhaps a row where names might stand that shares none with the others.
 */
export function filesWithoutNames(heads: readonly HeadNames[]): boolean[] {
  const isNamed = ({ names }: HeadNames) => names.length > 0;
  const first = heads.find((head) => isNamed(head) && head.isSure) ?? heads.find(isNamed);
  if (!first) return heads.map(() => false);
  const known = new Set(first.names.map((name) => name.trim()));
  return heads.map((head) => {
    if (head === first || head.width !== first.width) return false;
    if (!isNamed(head)) return true;
    return !head.isSure && !head.names.some((name) => known.has(name.trim()));
  });
}
