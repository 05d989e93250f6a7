import type { FileLayout } from './original-form';
import { encodingWords } from './reading-words';

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'pipes',
  ' ': 'blanks',
  ':': 'colons',
};
const LINE_ENDS = { '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR' } as const;

/** How a file is written, in a few words: "semicolons, decimal comma, Windows-1252, CRLF, no names". */
export function layoutWords({
  delimiter,
  decimal,
  encoding,
  byteOrderMark,
  lineEnd,
  header,
}: FileLayout): string {
  return [
    DELIMITERS[delimiter] ?? `“${delimiter}” between cells`,
    ...(decimal === ',' ? ['decimal comma'] : []),
    `${encodingWords(encoding)}${byteOrderMark ? ' with byte-order mark' : ''}`,
    LINE_ENDS[lineEnd],
    ...(header ? [] : ['no names']),
  ].join(', ');
}
