/**
 * Counts of original rows as reports and exported files show them (docs/privacy.md, Reports): a figure that fewer rows
 * than this make up is not shown …
 */
export const MIN_SHOWN_ROWS = 8;
/** … and others are rounded to multiples of this, so that totals tell no difference of single rows. */
const ROUNDED_TO = 5;

/** A count as it may be shown: 0 for fewer than 8 rows. */
export function shownCount(rows: number): number {
  return rows < MIN_SHOWN_ROWS ? 0 : Math.round(rows / ROUNDED_TO) * ROUNDED_TO;
}

/** Rows that a rule applies to and that keep it, as they may be shown: exceptions of fewer than 8 rows are none. */
export function shownShare({ applicable, kept }: { readonly applicable: number; readonly kept: number }): {
  readonly applicable: number;
  readonly kept: number;
} {
  const all = shownCount(applicable);
  const others = applicable - kept;
  if (others === 0) return { applicable: all, kept: all };
  return { applicable: all, kept: Math.max(0, all - shownCount(others)) };
}
