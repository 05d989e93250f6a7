import type { CellFormat, NumberFormat } from '../../../src/domain/cell-format';
import type { RowCollector } from '../csv/row-collector';
import { queryRow } from '../duckdb/arrow';
import type { SqlEngine } from '../duckdb/sql';
import { columnBatches } from './column-batches';
import { type ColumnClues, FEW_ROWS, type TypedColumn, trimmedText } from './decide-types';

/** Digits after the decimal mark that at least 7 values have, and that at least 7 have no more of. */
interface Decimals {
  readonly fewest: number;
  readonly most: number;
}

/**
 * How the cells of every column are written (docs/import.md, Formats of cells), null where plainly. What fewer than 7 rows
 * need is left out: it may be seen in every synthetic table.
 */
export async function columnFormats(
  sql: SqlEngine,
  table: string,
  typed: readonly TypedColumn[],
  clues: readonly ColumnClues[],
  rows: RowCollector,
  checkpoint: () => void,
): Promise<(CellFormat | null)[]> {
  const decimals = await countDecimals(sql, table, typed, rows.rowCount, checkpoint);
  return typed.map(({ parser, nulls }, i) => {
    const nullSpelling = commonestNull(i, nulls, parser !== null, rows);
    const written = parser?.format?.(
      clues[i]!.sample.filter((text) => new RegExp(`^(?:${parser.shape})$`).test(text)),
    );
    const number = numberFormat(written?.number, decimals.get(i));
    const { boolean, date } = written ?? {};
    if (!nullSpelling && !number && !boolean && !date) return null;
    return {
      ...(nullSpelling && { nullSpelling }),
      ...(number && { number }),
      ...(date && { date }),
      ...(boolean && { boolean }),
    };
  });
}

function numberFormat(
  written: NumberFormat | undefined,
  decimals: Decimals | undefined,
): NumberFormat | null {
  if (!written && !decimals) return null;
  const { fewest, most } = decimals ?? { fewest: 0, most: 0 };
  return {
    ...written,
    ...(decimals && fewest > 0 && { minDecimals: fewest }),
    ...(decimals && { maxDecimals: most }),
  };
}

async function countDecimals(
  sql: SqlEngine,
  table: string,
  typed: readonly TypedColumn[],
  rowCount: number,
  checkpoint: () => void,
): Promise<Map<number, Decimals>> {
  const found = new Map<number, Decimals>();
  const wanted = typed.flatMap(({ parser }, i) => (parser?.decimals ? [i] : []));
  for (const batch of columnBatches(wanted, rowCount)) {
    checkpoint();
    const texts = batch.map((i) => `${trimmedText(i, typed[i]!.nulls)} AS t${i}`);
    const digits = batch.map((i) => {
      const { parser, nearMiss } = typed[i]!;
      const count = parser!.decimals!(`t${i}`);
      return `${nearMiss ? `CASE WHEN ${parser!.sql(`t${i}`)} IS NOT NULL THEN ${count} END` : count} AS d${i}`;
    });
    const ranks = batch.map(
      (i) => `min(d${i}, ${FEW_ROWS})[-1]::INTEGER AS f${i}, max(d${i}, ${FEW_ROWS})[-1]::INTEGER AS m${i}`,
    );
    const query = `SELECT ${ranks.join(', ')} FROM (SELECT ${digits.join(', ')} FROM (SELECT ${texts.join(', ')} FROM ${table}))`;
    const row = await queryRow(sql, query);
    for (const i of batch) {
      const [fewest, most] = [row[`f${i}`], row[`m${i}`]];
      if (typeof fewest === 'number' && typeof most === 'number') found.set(i, { fewest, most });
    }
  }
  return found;
}

/** The spelling of most cells without a value; null = empty, or of too few rows to show. */
function commonestNull(
  index: number,
  nulls: readonly string[],
  isTyped: boolean,
  rows: RowCollector,
): string | null {
  const { counts, spellings } = rows.nullSpellings;
  const blanks = rows.blanks[index]!;
  let best = rows.rowCount - rows.filled[index]! - blanks;
  let spelling: string | null = null;
  const take = (text: string, count: number) => {
    if (count <= best || count < FEW_ROWS) return;
    best = count;
    spelling = text;
  };
  if (isTyped) take(rows.blankText[index] ?? '', blanks);
  spellings.forEach((text, k) => {
    if (nulls.includes(text)) take(text, counts[index * spellings.length + k]!);
  });
  return spelling;
}
