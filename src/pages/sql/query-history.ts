/** A query that was run, and what came of it. */
export interface HistoryEntry {
  readonly query: string;
  readonly outcome: string;
}

const MAX_ENTRIES = 20;

/** The last queries of this session, oldest first: they may name values, so no disk keeps them. */
export const HISTORY: HistoryEntry[] = [];

/** Puts a query last, once. @returns a copy of the history */
export function remember(entry: HistoryEntry): HistoryEntry[] {
  const known = HISTORY.findIndex(({ query }) => query === entry.query);
  if (known >= 0) HISTORY.splice(known, 1);
  if (entry.query.trim() !== '') HISTORY.push(entry);
  if (HISTORY.length > MAX_ENTRIES) HISTORY.shift();
  return [...HISTORY];
}
