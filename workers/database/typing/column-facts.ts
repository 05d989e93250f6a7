import type { RowCollector } from '../csv/row-collector';
import type { TypedColumnBuilder } from '../csv/typed-column-builder';
import { queryRows, type Scalar } from '../duckdb/arrow';
import { columnId, type SqlEngine } from '../duckdb/sql';
import { FEW_ROWS, nulled, type TypedColumn } from './decide-types';
import { groupsBy, melted, SHORT_TABLE } from './melt';

/** What all cells of a typed column say of how it is written. */
export interface ColumnFacts {
  /** Digits after the decimal mark that at least 7 values have no more of, and that at least 7 have. */
  readonly decimals?: {
    readonly min: number;
    readonly max: number /** That were looked at. */;
    readonly cells: number;
  };
  /** Cells whose text reading changed; 0 for plain ones. */
  readonly touched: number;
  /** Day and month could be the other way round in every cell. */
  readonly isAmbiguous: boolean;
  /** Cells that the plainer type could not hold; counted in short tables only. */
  readonly finer?: number;
}

/** Rows whose decimals are counted. */
const DIGIT_ROWS = 40_000;

/** Facts of every column with a type, by its position; of a short table in few queries, however many columns it has. */
export async function columnFacts(
  sql: SqlEngine,
  table: string,
  typed: readonly TypedColumn[],
  { rowCount, read = [] }: Pick<RowCollector, 'rowCount'> & { readonly read?: RowCollector['read'] },
  checkpoint: () => void,
): Promise<Map<number, ColumnFacts>> {
  const found = new Map<number, ColumnFacts>();
  read.forEach((column, i) => {
    const { decimals, coarser } = typed[i]?.parser ?? {};
    if (column && (decimals || coarser)) found.set(i, factsOf(column));
  });
  const isShort = rowCount <= SHORT_TABLE;
  const wanted = typed.flatMap(({ parser }, i) => {
    const isFact = parser?.decimals || parser?.kind || (isShort && parser?.coarser);
    return isFact && !read[i] ? [i] : [];
  });
  for (const group of likeColumns(wanted, typed, rowCount)) {
    checkpoint();
    const column = typed[group[0]!]!;
    const { parser } = column;
    const texts = `SELECT k, ${textOf(column)} AS t FROM (${melted(table, group)})`;
    // Every n-th row of a long table tells the digits as well: counting them in all would be a tenth of an import.
    const step = isShort ? 1 : Math.ceil(rowCount / DIGIT_ROWS);
    const some = `SELECT k, ${textOf(column)} AS t FROM (${melted(step > 1 ? `${table} WHERE rowid % ${step} = 0` : table, group)})`;
    const decimals = parser!.decimals ? await countDecimals(sql, some, parser!.decimals('t')) : null;
    const facts = aggregates(column, isShort);
    const query = `SELECT k, ${facts.join(', ')} FROM (${texts}) GROUP BY k`;
    const rows = facts.length > 0 ? await queryRows(sql, query) : group.map((k) => ({ k }));
    for (const row of rows as Record<string, Scalar>[]) {
      const k = Number(row['k']);
      const parsed = Number(row['parsed'] ?? 0);
      const digits = decimals?.get(k);
      found.set(k, {
        ...(digits && { decimals: digits }),
        touched: parser!.kind ? Number(row['touched'] ?? parsed) : 0,
        isAmbiguous: parsed > 0 && Number(row['other'] ?? -1) === parsed,
        ...(row['finer'] !== undefined && { finer: Number(row['finer']) }),
      });
    }
  }
  return found;
}

/** @param texts query of the column's position `k` and its texts `t` */
async function countDecimals(
  sql: SqlEngine,
  texts: string,
  digits: string,
): Promise<Map<number, NonNullable<ColumnFacts['decimals']>>> {
  const rows = await queryRows(
    sql,
    `SELECT k, d::INTEGER AS d, count(*)::DOUBLE AS n FROM (SELECT k, ${digits} AS d FROM (${texts})) GROUP BY k, d ORDER BY k, d`,
  );
  const counts = new Map<number, [digits: number, count: number][]>();
  for (const { k, d, n } of rows) {
    if (d === null) continue;
    const known = counts.get(Number(k));
    if (known) known.push([Number(d), Number(n)]);
    else counts.set(Number(k), [[Number(d), Number(n)]]);
  }
  return new Map(Array.from(counts, ([k, known]) => [k, decimalsOf(known)]));
}

/** Facts that were counted while the column was read. */
function factsOf({ decimals, finer }: TypedColumnBuilder): ColumnFacts {
  const counts = Array.from(decimals, (count, digits) => [digits, count] as const);
  const known = counts.filter(([, count]) => count > 0);
  return {
    ...(known.length > 0 && { decimals: decimalsOf(known) }),
    touched: 0,
    isAmbiguous: false,
    finer,
  };
}

/** @param counted numbers of digits, ascending, and of values that have them */
function decimalsOf(
  counted: readonly (readonly [digits: number, count: number])[],
): NonNullable<ColumnFacts['decimals']> {
  const cells = counted.reduce((sum, [, count]) => sum + count, 0);
  return { min: rankOf(counted), max: rankOf([...counted].reverse()), cells };
}

/** The first of counted numbers that 7 of the counted, or all of fewer, do not come after. */
function rankOf(counted: readonly (readonly [number, number])[]): number {
  const needed = Math.min(
    FEW_ROWS,
    counted.reduce((sum, [, count]) => sum + count, 0),
  );
  let seen = 0;
  for (const [digits, count] of counted) {
    seen += count;
    if (seen >= needed) return digits;
  }
  return 0;
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
  const { kind, touches, rival, coarser } = parser!;
  return [
    ...(kind ? ['count(t)::DOUBLE AS parsed'] : []),
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
