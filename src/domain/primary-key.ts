import type { ColumnProfile } from './columns';

/**
 * The column that is regenerated instead of modelled (docs/encodings.md, Keys): the one that the file's schema names, or
 * the first whose name ends in "id" (any case); integer or text, unique, without nulls, at most 36 characters.
 * @returns its `name`, or null
 */
export function detectPrimaryKey(profiles: readonly ColumnProfile[]): string | null {
  const mayBe = profiles.filter(
    (p) =>
      (p.storageType === 'integer' || p.storageType === 'text') &&
      p.rowCount > 0 &&
      p.nullCount === unread(p) &&
      p.distinctCount === p.rowCount - unread(p) &&
      p.maxLength <= 36,
  );
  const isNamed = ({ name, originalName }: ColumnProfile) =>
    /id$/i.test(originalName.trim()) || /id$/i.test(name);
  return (mayBe.find(({ isKey }) => isKey) ?? mayBe.find(isNamed))?.name ?? null;
}

/** Texts of a typed column that are put aside: there, but not as its type. */
function unread({ storageType, nearMiss }: ColumnProfile): number {
  return storageType === 'text' ? 0 : (nearMiss?.count ?? 0);
}
