import { type CellValue as SheetCell, writeXlsxStream } from 'hucre/xlsx';
import { type CellValue, cellWriter } from '../../../src/domain/cell-writer';
import type { StorageType } from '../../../src/domain/columns';
import { SHEET_ROWS } from '../../../src/domain/download-formats';
import { UserError } from '../../../src/domain/errors';
import { pause } from '../../../src/threads/thread';
import { parquetNames } from '../datasets/parquet-schema';
import type { Exporter, ExportRequest } from './exporter';
import { formatCode } from './sheet-formats';

const MAX_COLUMNS = 16_384;
/** Characters of a cell at most. */
const MAX_TEXT = 32_767;
/** Dates that Excel has. */
const FIRST_DATE = Date.UTC(1900, 0, 1);
const AFTER_LAST_DATE = Date.UTC(10_000, 0, 1);
/** Rows between two looks at the message queue. */
const ROWS = 2_000;
/** Cells of a sheet beyond which its XML may exceed the 4 GB of a plain ZIP archive. */
/** Excel counts time in days. */
const MS_PER_DAY = 86_400_000;
const ZIP64_CELLS = 20_000_000;

/** What became something else. */
interface CellLosses {
  /** Texts cut to the longest that a cell takes. */
  cut: number;
  /** Numbers and dates that Excel lacks, written as texts. */
  texts: number;
}

/** An Excel workbook, streamed by hucre: the rows on one sheet, or on as many as they need. */
export const xlsx = xlsxOf(SHEET_ROWS);

/** @param sheetRows of a sheet at most, its header aside; tests take fewer */
export function xlsxOf(sheetRows: number): Exporter {
  return { id: 'xlsx', write: (request) => write(request, sheetRows) };
}

async function* write(request: ExportRequest, sheetRows: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { schema, rows, original, name, note } = request;
  if (schema.length > MAX_COLUMNS)
    throw new UserError(
      'export/failed',
      `An Excel sheet has ${MAX_COLUMNS.toLocaleString('en')} columns, and there are ${schema.length.toLocaleString('en')}. Download Parquet or CSV instead.`,
    );
  const losses: CellLosses = { cut: 0, texts: 0 };
  const formats = new Map(original?.columns.map((column) => [column.name, column.format]));
  const stream = writeXlsxStream(sheetCells(request, losses), {
    name: sheetName(name),
    columns: schema.map(({ name: own, storageType }) => {
      const numFmt = formatCode(storageType, formats.get(own));
      return numFmt === 'General' ? {} : { numFmt };
    }),
    freezePane: { rows: 1 },
    maxRowsPerSheet: sheetRows + 1,
    zip64: Math.min(rows.count, sheetRows) * schema.length > ZIP64_CELLS,
  });
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      // Pieces may share a buffer, which whoever takes the first one may transfer.
      yield value.slice();
    }
  } catch (cause) {
    if (!(cause instanceof Error && cause.name === 'ZipError')) throw cause;
    throw new UserError(
      'export/failed',
      'The Excel file would grow beyond 4 GB, which its format does not take. Download Parquet or CSV instead.',
      { cause },
    );
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  tell(note, losses, Math.ceil(rows.count / sheetRows), sheetRows);
}

/** The names, then the rows. */
async function* sheetCells({ schema, rows }: ExportRequest, losses: CellLosses): AsyncGenerator<SheetCell[]> {
  yield parquetNames(schema).map((text) => textCell(text, losses));
  const writers = schema.map(({ storageType }) => sheetCell(storageType, losses));
  for await (const block of rows.blocks()) {
    for (let row = 0; row < block.rows; row++) {
      yield writers.map((write, c) => {
        const value: unknown = block.columns[c]![row];
        return value === null || value === undefined ? null : write(value as CellValue);
      });
      if (row % ROWS === ROWS - 1) await pause();
    }
  }
}

function sheetCell(type: StorageType, losses: CellLosses): (value: CellValue) => SheetCell {
  const text = cellWriter(type);
  const asText = (value: CellValue) => {
    losses.texts++;
    return text(value);
  };
  switch (type) {
    case 'text':
      return (value) => textCell(text(value), losses);
    case 'boolean':
      return (value) => value === true;
    case 'time':
      return (value) => Number(value) / MS_PER_DAY;
    case 'date':
    case 'datetime':
      return (value) => {
        const instant = Number(value);
        return instant >= FIRST_DATE && instant < AFTER_LAST_DATE ? new Date(instant) : asText(value);
      };
    default:
      return (value) => {
        const number = Number(value);
        const isExact = Number.isFinite(number) && (type === 'float' || Number.isSafeInteger(number));
        return isExact ? number : asText(value);
      };
  }
}

/** hucre escapes what XML cannot hold as `_xHHHH_` (ST_Xstring), but not a text that reads as such, nor U+FFFE and U+FFFF. */
function textCell(text: string, losses: CellLosses): string {
  if (text.length > MAX_TEXT) losses.cut++;
  return text
    .slice(0, MAX_TEXT)
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[\ufffe\uffff]/g, (character) => (character === '\ufffe' ? '_xFFFE_' : '_xFFFF_'));
}

/** At most 31 characters, without those that Excel refuses, nor its reserved name. */
function sheetName(name: string): string {
  const safe = name
    .replace(/[[\]:*?/\\\p{Cc}]/gu, ' ')
    .slice(0, 31)
    .replace(/^[\s']+|[\s']+$/g, '')
    .toWellFormed();
  return safe === '' || safe.toLowerCase() === 'history' ? 'Sheet' : safe;
}

function tell(
  note: ExportRequest['note'],
  { cut, texts }: CellLosses,
  sheets: number,
  sheetRows: number,
): void {
  if (sheets > 1)
    note(`A sheet takes ${sheetRows.toLocaleString('en')} rows: these stand on ${sheets} sheets.`);
  if (texts > 0)
    note(
      `${texts.toLocaleString('en')} values that Excel has no number or date for (more than 15 digits, infinite, before 1900) stand as texts.`,
    );
  if (cut > 0) note(`${cut.toLocaleString('en')} texts were cut to the 32,767 characters that a cell takes.`);
}
