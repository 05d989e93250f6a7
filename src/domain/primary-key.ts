import type { ColumnProfile } from './columns';

/**
 * The column that is regenerated instead of modelled (docs/encodings.md, Keys): the first whose name ends in "id" (any
 * case), integer or text, unique, without nulls, at most 36 characters.
 * @returns its `name`, or null
 */
export function detectPrimaryKey(profiles: readonly ColumnProfile[]): string | null {
  const found = profiles.find(
    (p) =>
      (/id$/i.test(p.originalName.trim()) || /id$/i.test(p.name)) &&
      (p.storageType === 'integer' || p.storageType === 'text') &&
      p.rowCount > 0 &&
      p.nullCount === unread(p) &&
      p.distinctCount === p.rowCount - unread(p) &&
      p.maxLength <= 36,
  );
  return found?.name ?? null;
}

/** Texts of a typed column that are put aside: there, but not as its type. */
function unread({ storageType, nearMiss }: ColumnProfile): number {
  return storageType === 'text' ? 0 : (nearMiss?.count ?? 0);
}
