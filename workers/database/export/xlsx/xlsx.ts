import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { CellValue } from '../../../../src/domain/cell-writer';
import { SHEET_ROWS } from '../../../../src/domain/download-formats';
import { UserError } from '../../../../src/domain/errors';
import { pause } from '../../../../src/threads/thread';
import { parquetNames } from '../../datasets/parquet-schema';
import type { Exporter, ExportRequest } from '../exporter';
import { type CellLosses, cellXml, columnLetters, textXml } from './cells';
import {
  contentTypes,
  formatCode,
  packageRelations,
  SHEET_BEGIN,
  SHEET_END,
  styles,
  workbook,
  workbookRelations,
} from './parts';

const MAX_COLUMNS = 16_384;
/** Bytes of a ZIP archive, and of a part of it unpacked, without its extension for larger ones. */
const MAX_BYTES = 2 ** 32 - 1;
/** Rows between two looks at the message queue. */
const ROWS = 2_000;
/** Of deflate: three times as fast as the usual 6, and hardly larger for sheets. */
const LEVEL = 2;
/** The same rows give the same bytes. */
const WRITTEN_AT = new Date(1980, 0, 1);

/** An Excel workbook, streamed: the rows on one sheet, or on as many as they need. */
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
  const archive = new Archive();
  const losses: CellLosses = { cut: 0, texts: 0 };
  const formats = new Map(original?.columns.map((column) => [column.name, column.format]));
  const cells = schema.map(({ storageType }, i) => cellXml(storageType, i + 1, losses));
  const letters = schema.map((_, i) => columnLetters(i));
  const header = parquetNames(schema).map((text, i) => textXml(text, `${letters[i]}1`));
  let sheets = 0;
  let line = 0;
  for await (const block of rows.blocks()) {
    for (let from = 0; from < block.rows; from += ROWS) {
      let xml = '';
      for (let row = from; row < Math.min(block.rows, from + ROWS); row++) {
        if (sheets === 0 || line > sheetRows) {
          if (sheets > 0) archive.push(xml + SHEET_END, true);
          archive.begin(`xl/worksheets/sheet${++sheets}.xml`);
          xml = `${SHEET_BEGIN}<row r="1">${header.join('')}</row>`;
          line = 1;
        }
        line++;
        xml += `<row r="${line}">`;
        for (const [c, write] of cells.entries()) {
          const value: unknown = block.columns[c]![row];
          if (value !== null && value !== undefined) xml += write(value as CellValue, `${letters[c]}${line}`);
        }
        xml += '</row>';
      }
      archive.push(xml, false);
      yield* archive.take();
      await pause();
    }
  }
  archive.push(SHEET_END, true);
  archive.add(
    'xl/styles.xml',
    styles(schema.map(({ storageType, name: own }) => formatCode(storageType, formats.get(own)))),
  );
  archive.add('xl/workbook.xml', workbook(sheets, name));
  archive.add('xl/_rels/workbook.xml.rels', workbookRelations(sheets));
  archive.add('_rels/.rels', packageRelations());
  archive.add('[Content_Types].xml', contentTypes(sheets));
  archive.end();
  yield* archive.take();
  tell(note, losses, sheets, sheetRows);
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

/** A ZIP archive that is written part by part. */
class Archive {
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #bytes = 0;
  #partBytes = 0;
  #part: ZipDeflate | null = null;
  readonly #zip = new Zip((error, chunk) => {
    if (error) throw error;
    this.#bytes += chunk.length;
    this.#chunks.push(chunk as Uint8Array<ArrayBuffer>);
  });

  begin(path: string): void {
    this.#part = new ZipDeflate(path, { level: LEVEL });
    this.#part.mtime = WRITTEN_AT;
    this.#partBytes = 0;
    this.#zip.add(this.#part);
  }

  push(text: string, isLast: boolean): void {
    const bytes = strToU8(text);
    this.#partBytes += bytes.length;
    if (this.#partBytes > MAX_BYTES || this.#bytes > MAX_BYTES)
      throw new UserError(
        'export/failed',
        'The Excel file would grow beyond 4 GB, which its format does not take. Download Parquet or CSV instead.',
      );
    this.#part!.push(bytes, isLast);
  }

  add(path: string, text: string): void {
    this.begin(path);
    this.push(text, true);
  }

  end(): void {
    this.#zip.end();
  }

  take(): Uint8Array<ArrayBuffer>[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    return chunks.map((chunk) => (chunk.byteLength === chunk.buffer.byteLength ? chunk : chunk.slice()));
  }
}
