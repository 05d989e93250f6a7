import type { StorageType } from '../../domain/columns';

/** A column that is learned. */
export interface LearnedColumn {
  readonly name: string;
  readonly storageType: StorageType;
}

/** Names of the columns that hold dates. */
export function datesOf(columns: readonly LearnedColumn[]): ReadonlySet<string> {
  return new Set(
    columns.flatMap(({ name, storageType }) =>
      storageType === 'date' || storageType === 'datetime' ? [name] : [],
    ),
  );
}
