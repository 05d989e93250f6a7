import { UserError } from '../../../../src/domain/errors';
import { looksNumeric } from '../../dialect/cell-shape';
import { decodeText } from '../../dialect/decode-text';
import { detectEncoding } from '../../dialect/encoding';
import { HEAD_BYTES } from '../recognise';
import type { OpenedFile, TableFormat, TableOptions, TextTable } from '../table-format';
import { cutLine, type FixedColumns, fixedColumns } from './fixed-width';
import { latexTables } from './latex';
import { headLines } from './recognise-set-text';

/** The whole text is in memory while it is read. */
const MAX_BYTES = 300 * 2 ** 20;
const PREVIEW_LINES_MORE = 100;
const DIALECT = { encoding: 'utf-8', delimiter: ',', quote: '"' } as const;
const CHECKED_LINES = 10_000;

/** Text whose columns stand at fixed positions. It becomes delimited text line by line, and is read as such. */
export const FIXED_WIDTH: TableFormat = {
  id: 'fixed',
  async open(file): Promise<OpenedFile> {
    const lines = await linesOf(file, 'text with columns at fixed positions');
    const columns = fixedColumns(headLines(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())))!;
    return { tables: [], table: async (options) => fixedTable(file, lines, columns, options), close() {} };
  },
};

/** Tables of LaTeX documents. */
export const LATEX: TableFormat = {
  id: 'latex',
  async open(file): Promise<OpenedFile> {
    const lines = await linesOf(file, 'LaTeX');
    const tables = latexTables(lines).map(({ caption, rows }, i) => ({
      name: caption ? `${i + 1}: ${caption}` : `Table ${i + 1}`,
      rows,
    }));
    return {
      tables: tables.map(({ name }) => ({ name })),
      async table({ table, maxRows }): Promise<TextTable> {
        const chosen = table === undefined ? tables[0] : tables.find(({ name }) => name === table);
        if (!chosen) {
          throw new UserError(
            table === undefined ? 'source/empty' : 'not-found',
            table === undefined
              ? `“${file.name}” has no table with rows.`
              : `“${file.name}” has no table “${table}”. Choose another one.`,
            { details: { file: file.name } },
          );
        }
        const { name, rows } = chosen;
        // A line each, so that lines have the numbers that they have in the file.
        const last = Math.max(...rows.keys());
        const text = Array.from({ length: last + 1 }, (_, i) => toCsv(rows.get(i) ?? []));
        return {
          kind: 'text',
          name,
          file: asFile(file, limited(text, maxRows)),
          dialect: DIALECT,
          hasSpellings: true,
          notes: () => ['Lines of the document that hold no cells were left out.'],
        };
      },
      close() {},
    };
  },
};

function fixedTable(
  file: File,
  lines: readonly string[],
  columns: FixedColumns,
  { maxRows, checkpoint }: TableOptions,
): TextTable {
  let across = 0;
  const isBlank = (line = '') => /^[-=_+|\s]*$/.test(line);
  const text = limited(lines, maxRows).map((line, i) => {
    if (i % CHECKED_LINES === 0) checkpoint();
    // A drawn line is none of the table, and a title no row of it.
    if (isBlank(line)) return '';
    const { cells, isAcross, isSentence } = cutLine(line, columns);
    const isAlone = isBlank(lines[i - 1]) && isBlank(lines[i + 1]);
    const filled = cells.filter((cell) => cell !== '');
    const isPoor = filled.length <= cells.length / 2 && !filled.some(looksNumeric);
    if (isSentence || (isAlone && (isAcross || isPoor))) return toCsv([line.trim()]);
    across += Number(isAcross);
    return toCsv(cells);
  });
  return {
    kind: 'text',
    file: asFile(file, text),
    dialect: DIALECT,
    hasSpellings: true,
    notes: () => [
      `Columns were found at the positions ${columns.starts.map((at) => at + 1).join(', ')}.`,
      ...(across > 0
        ? [
            `In ${across === 1 ? 'one line' : `${across} lines`} a cell reaches into the next column and was cut at its position.`,
          ]
        : []),
    ],
  };
}

async function linesOf(file: File, what: string): Promise<string[]> {
  if (file.size > MAX_BYTES) {
    throw new UserError(
      'source/too-large',
      `“${file.name}” is ${what} and larger than ${MAX_BYTES / 2 ** 20} MB, which is the most that can be read of it. Save it as CSV.`,
      { details: { file: file.name } },
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const encoding = detectEncoding(bytes.subarray(0, HEAD_BYTES), bytes.length <= HEAD_BYTES);
  return decodeText(bytes, encoding)
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/);
}

function limited<T>(lines: readonly T[], maxRows: number | undefined): readonly T[] {
  return maxRows === undefined ? lines : lines.slice(0, maxRows + PREVIEW_LINES_MORE);
}

function toCsv(cells: readonly string[]): string {
  return cells.map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}

function asFile(file: File, lines: readonly string[]): File {
  return new File([lines.join('\n'), '\n'], file.name);
}
