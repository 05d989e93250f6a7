/** One figure of one file beside the reference's. */
export interface Compared {
  readonly file: string;
  readonly figure: string;
  readonly ours: number | null;
  readonly theirs: number | null;
  /** They may lie so far apart; null = whatever. */
  readonly bar: number | null;
}

/** The figure whose gap is widest, over all files. */
export interface Widest {
  readonly figure: string;
  readonly gap: number;
  readonly file: string;
  readonly bar: number | null;
  /** Files above the bar. */
  readonly missed: number;
  readonly files: number;
}

/** The widest gap of each figure. One that only one of the two has is a gap without end. */
export function widestGaps(compared: readonly Compared[]): Widest[] {
  return [...new Set(compared.map(({ figure }) => figure))].map((figure) => {
    const ofFigure = compared.filter((each) => each.figure === figure);
    const gaps = ofFigure.map(({ file, ours, theirs, bar }) => ({ file, gap: gapOf(ours, theirs), bar }));
    const { file, gap, bar } = gaps.reduce((widest, next) => (next.gap > widest.gap ? next : widest));
    const missed = gaps.filter((each) => each.bar !== null && each.gap > each.bar).length;
    return { figure, gap, file, bar, missed, files: gaps.length };
  });
}

export function gapOf(ours: number | null, theirs: number | null): number {
  if (ours === null && theirs === null) return 0;
  return ours === null || theirs === null ? Number.POSITIVE_INFINITY : Math.abs(ours - theirs);
}

/** Two files that a figure puts the other way round than the reference does. */
export interface Swapped {
  readonly files: readonly [string, string];
  /** How far apart they are, for us and for the reference. */
  readonly ours: number;
  readonly theirs: number;
}

/** Pairs of files in another order than the reference's. @param tie differences up to it are none, on either side */
export function swappedPairs(ofFigure: readonly Compared[], tie: number): Swapped[] {
  return ofFigure.flatMap((a, i) =>
    ofFigure.slice(i + 1).flatMap((b): Swapped[] => {
      const [ours, theirs] = [(a.ours ?? 0) - (b.ours ?? 0), (a.theirs ?? 0) - (b.theirs ?? 0)];
      const isSwapped = ours * theirs < 0 && Math.abs(ours) > tie && Math.abs(theirs) > tie;
      return isSwapped ? [{ files: [a.file, b.file], ours, theirs }] : [];
    }),
  );
}
