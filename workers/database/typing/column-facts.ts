import { queryRow } from '../duckdb/arrow';
import type { SqlEngine } from '../duckdb/sql';
import { columnBatches } from './column-batches';
import { FEW_ROWS, type TypedColumn, trimmedText } from './decide-types';

/** What all cells of a typed column say of how it is written. */
export interface ColumnFacts {
  /** Digits after the decimal mark that at least 7 values have no more of, and that at least 7 have. */
  readonly decimals?: { readonly fewest: number; readonly most: number };
  /** Cells whose text reading changed; 0 for plain ones. */
  readonly touched: number;
  /** Day and month could be the other way round in every cell. */
  readonly isAmbiguous: boolean;
}

/** Facts of every column with a type, by its position; in few queries, however many columns there are. */
export async function columnFacts(
  sql: SqlEngine,
  table: string,
  typed: readonly TypedColumn[],
  rowCount: number,
  checkpoint: () => void,
): Promise<Map<number, ColumnFacts>> {
  const found = new Map<number, ColumnFacts>();
  const wanted = typed.flatMap(({ parser }, i) => (parser?.decimals || parser?.kind ? [i] : []));
  for (const batch of columnBatches(wanted, rowCount)) {
    checkpoint();
    const texts = batch.map((i) => `${textOf(i, typed[i]!)} AS t${i}`);
    const digits = batch.flatMap((i) => {
      const { decimals } = typed[i]!.parser!;
      return decimals ? [`${decimals(`t${i}`)} AS d${i}`] : [];
    });
    const facts = batch.flatMap((i) => aggregates(i, typed[i]!));
    const query = `SELECT ${facts.join(', ')} FROM (SELECT *${digits.map((of) => `, ${of}`).join('')} FROM (SELECT ${texts.join(', ')} FROM ${table}))`;
    const row = await queryRow(sql, query);
    for (const i of batch) {
      const [fewest, most] = [row[`f${i}`], row[`m${i}`]];
      const parsed = Number(row[`n${i}`] ?? 0);
      found.set(i, {
        ...(typeof fewest === 'number' && typeof most === 'number' && { decimals: { fewest, most } }),
        touched: typed[i]!.parser!.kind ? Number(row[`k${i}`] ?? parsed) : 0,
        isAmbiguous: parsed > 0 && Number(row[`r${i}`] ?? -1) === parsed,
      });
    }
  }
  return found;
}

/** The text that is read; NULL also for the few that are not. */
function textOf(i: number, { parser, nulls, nearMiss }: TypedColumn): string {
  const text = trimmedText(i, nulls);
  return nearMiss ? `CASE WHEN ${parser!.sql(`(${text})`)} IS NOT NULL THEN ${text} END` : text;
}

function aggregates(i: number, { parser }: TypedColumn): string[] {
  const { decimals, kind, touches, rival } = parser!;
  return [
    ...(decimals
      ? [`min(d${i}, ${FEW_ROWS})[-1]::INTEGER AS f${i}`, `max(d${i}, ${FEW_ROWS})[-1]::INTEGER AS m${i}`]
      : []),
    ...(kind ? [`count(t${i})::DOUBLE AS n${i}`] : []),
    ...(kind && touches ? [`count_if(${touches(`t${i}`)})::DOUBLE AS k${i}`] : []),
    ...(rival ? [`count(${rival.sql(`t${i}`)})::DOUBLE AS r${i}`] : []),
  ];
}
