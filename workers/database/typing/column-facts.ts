import { queryRows } from '../duckdb/arrow';
import { columnId, type SqlEngine } from '../duckdb/sql';
import { FEW_ROWS, nulled, type TypedColumn } from './decide-types';
import { groupsBy, melted, SHORT_TABLE } from './melt';

/** What all cells of a typed column say of how it is written. */
export interface ColumnFacts {
  /** Digits after the decimal mark that at least 7 values have no more of, and that at least 7 have. */
  readonly decimals?: { readonly fewest: number; readonly most: number };
  /** Cells whose text reading changed; 0 for plain ones. */
  readonly touched: number;
  /** Day and month could be the other way round in every cell. */
  readonly isAmbiguous: boolean;
  /** Cells that the plainer type could not hold; counted in short tables only. */
  readonly finer?: number;
}

/** Facts of every column with a type, by its position; of a short table in few queries, however many columns it has. */
export async function columnFacts(
  sql: SqlEngine,
  table: string,
  typed: readonly TypedColumn[],
  rowCount: number,
  checkpoint: () => void,
): Promise<Map<number, ColumnFacts>> {
  const found = new Map<number, ColumnFacts>();
  const isShort = rowCount <= SHORT_TABLE;
  const wanted = typed.flatMap(({ parser }, i) => {
    const isFact = parser?.decimals || parser?.kind || (isShort && parser?.coarser);
    return isFact ? [i] : [];
  });
  for (const group of likeColumns(wanted, typed, rowCount)) {
    checkpoint();
    const column = typed[group[0]!]!;
    const { parser } = column;
    const facts = aggregates(column, isShort);
    const digits = parser!.decimals ? `, ${parser!.decimals('t')} AS d` : '';
    const query = `SELECT k, ${facts.join(', ')} FROM (SELECT k, t${digits} FROM (SELECT k, ${textOf(column)} AS t FROM (${melted(table, group)}))) GROUP BY k`;
    for (const row of await queryRows(sql, query)) {
      const { fewest, most } = row;
      const parsed = Number(row['parsed']);
      found.set(Number(row['k']), {
        ...(typeof fewest === 'number' && typeof most === 'number' && { decimals: { fewest, most } }),
        touched: parser!.kind ? Number(row['touched'] ?? parsed) : 0,
        isAmbiguous: parsed > 0 && Number(row['other'] ?? -1) === parsed,
        ...(row['finer'] !== undefined && { finer: Number(row['finer']) }),
      });
    }
  }
  return found;
}

/** Columns of the same notation and null spellings; one by one in a long table. */
export function likeColumns(
  columns: readonly number[],
  typed: readonly Pick<TypedColumn, 'parser' | 'nulls' | 'nearMiss'>[],
  rowCount: number,
): number[][] {
  if (rowCount > SHORT_TABLE) return columns.map((column) => [column]);
  const ids = new Map<unknown, number>();
  const idOf = (parser: unknown) => {
    if (!ids.has(parser)) ids.set(parser, ids.size);
    return ids.get(parser)!;
  };
  return groupsBy(columns, (i) => {
    const { parser, nulls, nearMiss } = typed[i]!;
    return JSON.stringify([idOf(parser), nulls, nearMiss !== null]);
  });
}

/** The text that is read; NULL also for the few that are not. */
function textOf({ parser, nulls, nearMiss }: TypedColumn): string {
  const text = nulled('v', nulls);
  return nearMiss ? `CASE WHEN ${parser!.sql(`(${text})`)} IS NOT NULL THEN ${text} END` : text;
}

function aggregates({ parser }: TypedColumn, isShort: boolean): string[] {
  const { decimals, kind, touches, rival, coarser } = parser!;
  return [
    'count(t)::DOUBLE AS parsed',
    ...(decimals
      ? [`min(d, ${FEW_ROWS})[-1]::INTEGER AS fewest`, `max(d, ${FEW_ROWS})[-1]::INTEGER AS most`]
      : []),
    ...(kind && touches ? [`count_if(${touches('t')})::DOUBLE AS touched`] : []),
    ...(rival ? [`count(${rival.sql('t')})::DOUBLE AS other`] : []),
    ...(isShort && coarser ? [`(count(t) - count(${coarser.sql('t')}))::DOUBLE AS finer`] : []),
  ];
}

/**
 * SQL of the values of typed columns, and the subquery that they are selected from: in a short table columns of one notation
 * are read by one expression over a list of them.
 */
export function typedSelect(
  table: string,
  typed: readonly Pick<TypedColumn, 'parser' | 'nulls' | 'nearMiss'>[],
  rowCount: number,
): { readonly values: Map<number, string>; readonly from: string } {
  const values = new Map<number, string>();
  const columns = typed.flatMap(({ parser }, i) => (parser ? [i] : []));
  if (rowCount > SHORT_TABLE || columns.length < MIN_LISTED) return { values, from: table };
  const lists: string[] = [];
  for (const group of likeColumns(columns, typed, rowCount)) {
    if (group.length < MIN_LISTED) continue;
    const { parser, nulls } = typed[group[0]!]!;
    const texts = `list_transform([${group.map(columnId).join(', ')}], lambda x: ${nulled('x', nulls)})`;
    lists.push(`list_transform(${texts}, lambda y: ${parser!.sql('y')}) AS g${lists.length}`);
    group.forEach((column, at) => {
      values.set(column, `g${lists.length - 1}[${at + 1}]`);
    });
  }
  return lists.length === 0
    ? { values, from: table }
    : { values, from: `(SELECT *, ${lists.join(', ')} FROM ${table})` };
}

/** Fewer columns of a notation are planned as fast one by one. */
const MIN_LISTED = 16;
