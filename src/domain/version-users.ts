import type { Generator } from './generators';
import type { EarlierRows } from './split';

/**
 * Generators that need the rows of a table: they are to be trained on it, their reports compare with it, or it says which
 * of their rows a model had learned before.
 */
export function generatorsOfTable(generators: readonly Generator[], tableId: string): Generator[] {
  return generators.filter(
    ({ config, tables, continues }) =>
      config.tables.some((table) => table.tableId === tableId) ||
      tables.some(({ holdoutTableId }) => holdoutTableId === tableId) ||
      earlierTables(continues?.rows).includes(tableId),
  );
}

/** Ids of the tables that a training goes on from, the latest first. */
export function earlierTables(rows: EarlierRows | undefined): string[] {
  return rows ? [rows.tableId, ...earlierTables(rows.rows.continues)] : [];
}
