import type { CellFormat, NumberFormat } from '../../../src/domain/cell-format';
import type { RowCollector } from '../csv/row-collector';
import { shapeOf } from './candidates';
import type { ColumnFacts } from './column-facts';
import { type ColumnClues, FEW_ROWS, type TypedColumn } from './decide-types';

/**
 * How the cells of a column are written (docs/import.md, Formats of cells), null where plainly. What fewer than 7 rows show
 * is left out: it may be seen in every synthetic table.
 * @param needed rows that must show it; fewer for a person's own eyes
 */
export function columnFormat(
  { parser, nulls }: TypedColumn,
  { index, sample }: ColumnClues,
  facts: ColumnFacts | undefined,
  rows: Pick<RowCollector, 'rowCount' | 'samples' | 'filled' | 'nullSpellings' | 'blanks' | 'blankText'>,
  needed: number = FEW_ROWS,
): CellFormat | null {
  const nullSpelling = commonestNull(index, nulls, parser !== null, rows);
  const written = parser?.format?.(
    sample.filter((text) => shapeOf(parser).test(text)),
    needed,
  );
  const number = numberFormat(
    written?.number,
    (facts?.decimals?.cells ?? 0) < needed ? undefined : facts?.decimals,
  );
  const { boolean, date } = written ?? {};
  if (!nullSpelling && !number && !boolean && !date) return null;
  return {
    ...(nullSpelling && { nullSpelling }),
    ...(number && { number }),
    ...(date && { date }),
    ...(boolean && { boolean }),
  };
}

function numberFormat(
  written: NumberFormat | undefined,
  decimals: ColumnFacts['decimals'],
): NumberFormat | null {
  if (Object.keys(written ?? {}).length === 0 && !decimals) return null;
  const { min, max } = decimals ?? { min: 0, max: 0 };
  return {
    ...written,
    ...(decimals && min > 0 && { minDecimals: min }),
    ...(decimals && { maxDecimals: max }),
  };
}

/** The spelling of most cells without a value; null = empty, or of too few rows to show. */
function commonestNull(
  index: number,
  nulls: readonly string[],
  isTyped: boolean,
  rows: Pick<RowCollector, 'rowCount' | 'samples' | 'filled' | 'nullSpellings' | 'blanks' | 'blankText'>,
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
