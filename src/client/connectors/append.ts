/** Appending rows to files of text. */
import { UserError } from '../../domain/errors';
import type { CsvDialect, TablePreview } from '../../domain/sources';

/** What was found of a file. */
export interface Sniffed {
  readonly dialect: CsvDialect;
  readonly preview: Pick<TablePreview, 'columns'>;
}

const [LINE_FEED, RETURN, QUOTE] = [10, 13, 34];
/** Bytes in which a line of names has to end. */
const MAX_NAMES = 8 << 20;

/** Why rows of one file cannot follow those of another, in a sentence; null = they can. */
export function whyNotAfter(there: Sniffed, rows: Sniffed, what: string): string | null {
  const { dialect: is } = there;
  const { dialect: be } = rows;
  if (/utf-16/.test(is.encoding))
    return `${what} is written in ${is.encoding}, to which nothing is appended here.`;
  const [has, wants] = [there.preview.columns, rows.preview.columns];
  if (has.length !== wants.length || has.some((name, i) => name !== wants[i])) {
    const missing = wants.filter((name) => !has.includes(name));
    const more = has.filter((name) => !wants.includes(name));
    const differing = [...missing, ...more].slice(0, 5).map((name) => `“${name}”`);
    return `${what} has other columns${differing.length > 0 ? ` (${differing.join(', ')})` : ' or another order of them'}, so these rows cannot follow its own.`;
  }
  if (is.delimiter !== be.delimiter || is.header !== be.header || is.decimal !== be.decimal)
    return `${what} is written with other marks (${marks(is)}) than these rows (${marks(be)}).`;
  if (
    is.encoding !== be.encoding &&
    ![is, be].every(({ encoding }) => /^(utf-8|windows-1252)$/.test(encoding))
  )
    return `${what} is written in ${is.encoding}, and these rows in ${be.encoding}.`;
  return null;
}

function marks({ delimiter, decimal, header }: CsvDialect): string {
  return `“${delimiter === '\t' ? 'tab' : delimiter}” between cells, “${decimal}” in numbers, ${header ? 'with' : 'without'} names`;
}

/**
 * What has to be written at the end of a file of text, so that the rows of another one follow its own.
 * @param hasNames the other file begins with a line of names
 */
export async function rowsToAppend(there: File, rows: File, hasNames: boolean): Promise<Blob[]> {
  const head = new Uint8Array(await rows.slice(0, MAX_NAMES).arrayBuffer());
  const mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const from = hasNames ? endOfRecord(head, mark) : mark;
  const last = new Uint8Array(await there.slice(-1).arrayBuffer())[0];
  const isOpen = last !== undefined && last !== LINE_FEED && last !== RETURN;
  return [...(isOpen ? [new Blob([lineEndOf(head)])] : []), rows.slice(from)];
}

/** Where the first record of a delimited text ends; line ends in quotes are part of a cell. */
function endOfRecord(bytes: Uint8Array, from: number): number {
  let isQuoted = false;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (!isQuoted && byte === LINE_FEED) return at + 1;
    else if (!isQuoted && byte === RETURN) return bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
  }
  throw new UserError('export/failed', 'The line of names is too long to append rows without it.');
}

function lineEndOf(bytes: Uint8Array): string {
  const at = bytes.findIndex((byte) => byte === LINE_FEED || byte === RETURN);
  if (bytes[at] !== RETURN) return '\n';
  return bytes[at + 1] === LINE_FEED ? '\r\n' : '\r';
}
