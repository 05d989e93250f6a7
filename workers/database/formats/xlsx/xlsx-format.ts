import { readXlsx, type Sheet } from 'hucre/xlsx';
import { UserError } from '../../../../src/domain/errors';
import type { OpenedFile, TableFormat, TableOptions, TextTable } from '../table-format';
import { unreadable } from '../unreadable';
import { sheetText } from './sheet-text';

/** The whole workbook is in memory while it is read. */
const MAX_BYTES = 300 * 2 ** 20;
const PREVIEW_LINES_MORE = 100;
const DIALECT = { encoding: 'utf-8', delimiter: ',', quote: '"', decimal: '.' } as const;

interface SheetInfo {
  readonly name: string;
  readonly isHidden: boolean;
}

/**
 * Excel workbooks (ECMA-376), read with hucre. A sheet is read as delimited text is: where its table begins, which names
 * it has, which types, is told from the cells.
 */
export const XLSX: TableFormat = {
  id: 'xlsx',
  async open(file): Promise<OpenedFile> {
    if (file.size > MAX_BYTES) {
      throw new UserError(
        'source/too-large',
        `“${file.name}” is larger than ${MAX_BYTES / 2 ** 20} MB, which is the most that can be read of a workbook. Save the sheet as CSV.`,
        { details: { file: file.name } },
      );
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const sheets = await listSheets(file.name, bytes);
    return {
      tables: sheets.map(({ name }) => ({ name })),
      table: (options) => sheetTable(file, bytes, sheets, options),
      close() {},
    };
  },
};

async function listSheets(name: string, bytes: Uint8Array): Promise<SheetInfo[]> {
  const sheets: SheetInfo[] = [];
  await readSheets(name, bytes, {
    sheets: ({ name: sheet, hidden, veryHidden }) => {
      sheets.push({ name: sheet, isHidden: Boolean(hidden || veryHidden) });
      return false;
    },
  });
  // What is hidden comes last.
  return sheets.sort((a, b) => Number(a.isHidden) - Number(b.isHidden));
}

async function readSheets(
  name: string,
  bytes: Uint8Array,
  options: Parameters<typeof readXlsx>[1],
): Promise<readonly Sheet[]> {
  try {
    return (await readXlsx(bytes, options)).sheets;
  } catch (cause) {
    throw unreadable(
      cause,
      name,
      'an Excel workbook',
      'Open it in Excel and save it again, or save the sheet as CSV.',
    );
  }
}

async function sheetTable(
  file: File,
  bytes: Uint8Array,
  sheets: readonly SheetInfo[],
  { table, maxRows, checkpoint }: TableOptions,
): Promise<TextTable> {
  const limit = maxRows === undefined ? {} : { maxRows: maxRows + PREVIEW_LINES_MORE };
  const wanted = table === undefined ? sheets : sheets.filter(({ name }) => name === table);
  if (wanted.length === 0) {
    throw new UserError(
      table === undefined ? 'source/empty' : 'not-found',
      table === undefined
        ? `“${file.name}” has no sheets.`
        : `“${file.name}” has no sheet “${table}”. Choose another one.`,
      { details: { file: file.name } },
    );
  }
  for (const { name } of wanted) {
    checkpoint();
    const [sheet] = await readSheets(file.name, bytes, { ...limit, sheets: [name] });
    if (!sheet?.rows.some((row) => row.some((value) => value !== null && value !== ''))) continue;
    const { parts, notes } = sheetText(sheet);
    return {
      kind: 'text',
      name,
      file: new File([...parts], file.name),
      dialect: DIALECT,
      notes: () => notes,
    };
  }
  throw new UserError(
    'source/empty',
    table === undefined
      ? `All sheets of “${file.name}” are empty. A sheet with at least one row was expected.`
      : `The sheet “${table}” of “${file.name}” is empty. Choose another one.`,
    { details: { file: file.name } },
  );
}
