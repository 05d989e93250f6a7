import type { ColumnProfile, StorageType } from './columns';
import { nearNames } from './near-names';
import type { SourceTable } from './sources';

/** How a newer table differs from the one before. Columns go by name. */
export interface VersionDifferences {
  readonly rows: { readonly before: number; readonly after: number };
  readonly added: readonly string[];
  readonly missing: readonly string[];
  readonly retyped: readonly {
    readonly name: string;
    readonly before: StorageType;
    readonly after: StorageType;
  }[];
  /** A missing and an added column that may be the same; both are in their lists, too. */
  readonly renamed: readonly { readonly before: string; readonly after: string }[];
  /** Columns of which values are missing now, and were not before. */
  readonly emptied: readonly string[];
  /** Columns with numbers or dates beyond those before, or with frequent texts that were not frequent. */
  readonly widened: readonly string[];
  /** Columns stand in another order. */
  readonly reordered: boolean;
}

type Compared = Pick<SourceTable, 'rowCount' | 'columns'>;

/** Compares a newer table with the one before. */
export function compareTables(before: Compared, after: Compared): VersionDifferences {
  const old = new Map(before.columns.map((column) => [column.name, column]));
  const now = new Map(after.columns.map((column) => [column.name, column]));
  const both = after.columns.flatMap((column) => {
    const was = old.get(column.name);
    return was ? [{ was, is: column }] : [];
  });
  const missing = before.columns.filter(({ name }) => !now.has(name));
  const added = after.columns.filter(({ name }) => !old.has(name));
  const same = both.filter(({ was, is }) => was.storageType === is.storageType);
  const order = before.columns.filter(({ name }) => now.has(name));
  return {
    rows: { before: before.rowCount, after: after.rowCount },
    added: added.map(({ name }) => name),
    missing: missing.map(({ name }) => name),
    retyped: both
      .filter(({ was, is }) => was.storageType !== is.storageType)
      .map(({ was, is }) => ({ name: is.name, before: was.storageType, after: is.storageType })),
    renamed: renamedOf(missing, added),
    emptied: same.filter(({ was, is }) => was.nullCount === 0 && is.nullCount > 0).map(({ is }) => is.name),
    widened: same.filter(({ was, is }) => isWider(was, is)).map(({ is }) => is.name),
    reordered: both.some(({ is }, index) => is.name !== order[index]!.name),
  };
}

/** Whether both tables have the same columns of the same types, in whatever order. */
export function hasSameSchema({
  added,
  missing,
  retyped,
}: Pick<VersionDifferences, 'added' | 'missing' | 'retyped'>): boolean {
  return added.length + missing.length + retyped.length === 0;
}

/** Pairs each missing column with the added one that is most like it, if one is. */
function renamedOf(
  missing: readonly ColumnProfile[],
  added: readonly ColumnProfile[],
): VersionDifferences['renamed'] {
  const free = new Set(added);
  return missing.flatMap((before) => {
    const likely = [...free].filter(({ storageType }) => storageType === before.storageType);
    const [near] = nearNames(
      before.name,
      likely.map(({ name }) => name),
      1,
    );
    const after =
      likely.find(({ name }) => name === near) ??
      likely.find((candidate) => candidate.index === before.index && isAlike(before, candidate));
    if (!after) return [];
    free.delete(after);
    return [{ before: before.name, after: after.name }];
  });
}

/** Whether two columns of a type hold much the same: the most frequent values, or the middle of the numbers. */
function isAlike(before: ColumnProfile, after: ColumnProfile): boolean {
  const { min, max } = before;
  if (min !== null && max !== null && after.median !== null)
    return before.distinctCount > 1 && after.median >= min && after.median <= max;
  const known = new Set(before.topValues.map(({ value }) => value));
  const shared = after.topValues.filter(({ value }) => known.has(value)).length;
  return shared > 0 && 2 * shared >= after.topValues.length;
}

function isWider(before: ColumnProfile, after: ColumnProfile): boolean {
  const isBeyond = (was: number | null, is: number | null, sign: 1 | -1) =>
    was !== null && is !== null && sign * is > sign * was;
  if (isBeyond(before.max, after.max, 1) || isBeyond(before.min, after.min, -1)) return true;
  // A list of top values is whole where the column has no more.
  const isListed = before.topValues.length === before.distinctCount;
  const known = new Set(before.topValues.map(({ value }) => value));
  return isListed && after.topValues.some(({ value }) => !known.has(value));
}
