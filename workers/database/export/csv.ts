import { type CellValue, cellWriter } from '../../../src/domain/cell-writer';
import type { ColumnSchema } from '../../../src/domain/column-data';
import { quotedCell, withoutFormula } from '../../../src/domain/csv-cell';
import type { FileLayout, OriginalForm } from '../../../src/domain/original-form';
import type { DecodedArray } from '../datasets/scan-parquet';
import { noteOf } from '../formats/listed';
import type { Exporter, ExportRequest } from './exporter';
import { textWriter } from './text-encoder';

/** RFC 4180. */
const STANDARD: FileLayout = {
  ...{ encoding: 'utf-8', delimiter: ',', quote: '"', lineEnd: '\r\n', header: true, decimal: '.' },
};

/** What could not be written as it is. */
interface Losses {
  /** Cells of which delimiters and line ends became blanks, for want of quotes. */
  unquotable: number;
  /** By spelling: texts that read as no value. */
  readonly nullTexts: Map<string, number>;
}

/**
 * Delimited text, with the original names as the header (the safe ones if the source had none): in the form of the
 * original file where that is known and wanted, else by RFC 4180.
 */
export const csv: Exporter = {
  id: 'csv',
  async *write(request) {
    const { rows, schema, original, note } = request;
    const isOriginal = original !== undefined && request.csv.form !== 'standard';
    const layout = isOriginal ? original.layout : STANDARD;
    const known = textWriter(layout.encoding);
    if (isOriginal) tellFinerTimes(original, note);
    if (!known) note(`The encoding ${layout.encoding} can be read and not written: the file is UTF-8.`);
    const encoder = known ?? textWriter('utf-8')!;
    const losses: Losses = { unquotable: 0, nullTexts: new Map() };
    const columns = schema.map((column) => columnText(column, request, isOriginal, layout, losses));
    if (layout.byteOrderMark) yield encoder.encode('\ufeff');
    let isFirst = true;
    const lines = (texts: readonly string[]) => {
      const begin = isFirst ? '' : layout.lineEnd;
      isFirst = false;
      return encoder.encode(begin + texts.join(layout.lineEnd));
    };
    if (layout.header) yield lines([headerText(request, isOriginal, layout, losses)]);
    for await (const block of rows.blocks()) {
      const cells = columns.map((write, i) => write(block.columns[i]!));
      const texts: string[] = [];
      for (let row = 0; row < block.rows; row++) {
        let line = cells[0]![row]!;
        for (let i = 1; i < cells.length; i++) line += layout.delimiter + cells[i]![row]!;
        texts.push(line);
      }
      yield lines(texts);
    }
    if (!layout.noFinalLineEnd) yield encoder.encode(layout.lineEnd);
    tell(note, layout, encoder.lacking, losses);
  },
};

/** Synthetic times are whole milliseconds. */
function tellFinerTimes({ columns }: OriginalForm, note: (sentence: string) => void): void {
  const names = columns.flatMap(({ name, format }) => (format?.date?.pattern.includes('SSSS') ? [name] : []));
  const finer = 'times finer than milliseconds in the original; the further digits are zeros here.';
  for (const sentence of noteOf(names, `has ${finer}`, `have ${finer}`)) note(sentence);
}

function headerText(
  { schema, csv: options }: ExportRequest,
  isOriginal: boolean,
  layout: FileLayout,
  losses: Losses,
): string {
  const named = schema.some(({ originalName }) => originalName !== '');
  return schema
    .map((column) => {
      const name = withoutFormula(named ? column.originalName : column.name, options);
      const isQuoted = layout.quotedHeader !== undefined;
      if (isOriginal && name === '' && layout.quotedHeader !== 'all') return '';
      return textCell(name, layout, isOriginal, isQuoted, losses);
    })
    .join(layout.delimiter);
}

function columnText(
  { name, storageType }: ColumnSchema,
  { csv: options, original }: ExportRequest,
  isOriginal: boolean,
  layout: FileLayout,
  losses: Losses,
): (values: DecodedArray) => string[] {
  const form = isOriginal ? original?.columns.find((column) => column.name === name) : undefined;
  const isQuoted = form?.quoted === true;
  const nullSpelling = form?.format?.nullSpelling ?? '';
  const bareNull = nullSpelling === '' && layout.mergeDelimiters ? emptyAmongRuns(layout) : nullSpelling;
  const nullText =
    layout.quotedNulls && layout.quote !== '' ? layout.quote + nullSpelling + layout.quote : bareNull;
  const write = cellWriter(storageType, form?.format, layout.decimal);
  const cell = (value: CellValue): string => {
    if (storageType !== 'text') return textCell(write(value), layout, isOriginal, isQuoted, losses);
    const text = withoutFormula(value as string, options);
    if (isOriginal && text === nullSpelling && (text !== '' || layout.quote === ''))
      losses.nullTexts.set(text, (losses.nullTexts.get(text) ?? 0) + 1);
    return textCell(text, layout, isOriginal, isQuoted || text === nullSpelling, losses);
  };
  return (values) =>
    Array.from(values as ArrayLike<CellValue | null | undefined>, (value) =>
      value === null || value === undefined ? nullText : cell(value),
    );
}

/** No value where an empty cell would vanish between two delimiters. */
function emptyAmongRuns({ quote }: FileLayout): string {
  return quote === '' ? 'NA' : quote + quote;
}

/** One cell: quoted where asked for or needed, without what would end it where there are no quotes. */
function textCell(
  text: string,
  layout: FileLayout,
  isOriginal: boolean,
  isQuoted: boolean,
  losses: Losses,
): string {
  if (layout.quote !== '') return quotedCell(text, layout, isQuoted || (!isOriginal && /^\s|\s$/.test(text)));
  if (!text.includes(layout.delimiter) && !/[\r\n]/.test(text)) return text;
  if (layout.escape !== undefined && !/[\r\n]/.test(text)) {
    const sign = layout.escape;
    return text.replaceAll(sign, sign + sign).replaceAll(layout.delimiter, sign + layout.delimiter);
  }
  losses.unquotable++;
  const instead = layout.delimiter === ' ' ? '_' : ' ';
  return text.replaceAll(layout.delimiter, instead).replace(/\r\n|[\r\n]/g, instead);
}

function tell(note: (sentence: string) => void, layout: FileLayout, lacking: number, losses: Losses): void {
  const many = (count: number, noun: string) =>
    `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
  if (lacking > 0)
    note(
      `${many(lacking, 'character')} that ${layout.encoding} lacks became “?”. Standard CSV is UTF-8 and keeps them.`,
    );
  if (losses.unquotable > 0)
    note(
      `${many(losses.unquotable, 'cell')} held the delimiter or a line end, and the original knows no quotes: blanks stand instead. Standard CSV keeps them.`,
    );
  for (const [text, count] of losses.nullTexts) {
    const spelled = text === '' ? 'an empty cell' : `“${text}”`;
    note(`${many(count, 'text')} will read as no value, which the original writes as ${spelled}.`);
  }
}
