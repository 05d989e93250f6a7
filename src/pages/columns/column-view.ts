import type { ColumnProfile, StorageType } from '../../domain/columns';

/** What a list of columns is searched, filtered and sorted by. */
export interface ColumnFacts {
  readonly name: string;
  readonly storageType: StorageType;
  /** Share of rows without a value, 0 … 1; null = not known. */
  readonly missing: number | null;
  /** What becomes of it, in words. */
  readonly decision: string;
  readonly isUnlearned: boolean;
  /** It seems to hold data of people. */
  readonly isPersonal: boolean;
  /** Its cells were converted when the file was read. */
  readonly isConverted: boolean;
}

export const COLUMN_FILTERS = ['all', 'unlearned', 'personal', 'converted'] as const;
export type ColumnFilter = (typeof COLUMN_FILTERS)[number];

export const COLUMN_ORDERS = ['file', 'name', 'type', 'missing', 'decision'] as const;
export type ColumnOrder = (typeof COLUMN_ORDERS)[number];

/** What of a list of columns is looked at. */
export interface ColumnView {
  readonly text: string;
  readonly filter: ColumnFilter;
  readonly order: ColumnOrder;
}

export const WHOLE_FILE: ColumnView = { text: '', filter: 'all', order: 'file' };

/** Share of rows without a value, 0 … 1; null = there are no rows. */
export function missingShare({ rowCount, nullCount }: ColumnProfile): number | null {
  return rowCount === 0 ? null : nullCount / rowCount;
}

/** Whether a filter lets a column pass. */
export function passes(facts: ColumnFacts, filter: ColumnFilter): boolean {
  return filter === 'all' || facts[HAVING[filter]];
}

const HAVING = { unlearned: 'isUnlearned', personal: 'isPersonal', converted: 'isConverted' } as const;

/**
 * The columns of a view, each with its facts. A name is searched for every word of the text, whatever their case and
 * order; columns that are equal in what they are sorted by stay as in the file.
 */
export function viewColumns<T extends { readonly facts: ColumnFacts }>(
  columns: readonly T[],
  { text, filter, order }: ColumnView,
): T[] {
  const words = text.toLowerCase().split(/\s+/);
  const found = columns.filter(({ facts }) => {
    const name = facts.name.toLowerCase();
    return passes(facts, filter) && words.every((word) => name.includes(word));
  });
  return order === 'file' ? found : found.sort((a, b) => COMPARE[order](a.facts, b.facts));
}

const TEXTS = new Intl.Collator(undefined, { numeric: true });

const COMPARE: Record<Exclude<ColumnOrder, 'file'>, (a: ColumnFacts, b: ColumnFacts) => number> = {
  name: (a, b) => TEXTS.compare(a.name, b.name),
  type: (a, b) => TEXTS.compare(a.storageType, b.storageType),
  missing: (a, b) => (b.missing ?? -1) - (a.missing ?? -1),
  decision: (a, b) => TEXTS.compare(a.decision, b.decision),
};
