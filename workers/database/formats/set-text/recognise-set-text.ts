import { fixedColumns } from './fixed-width';
import { isLatex } from './latex';

/** The complete lines of the beginning of a file. */
export function headLines(head: Uint8Array): string[] {
  return new TextDecoder()
    .decode(head)
    .split(/\r\n|\r|\n/)
    .slice(0, -1);
}

/**
 * What a text is that no delimiter cuts into cells; null = delimited text, or none.
 * @param head first bytes of the file
 */
export function setText(head: Uint8Array): 'fixed' | 'latex' | null {
  if (head.includes(0)) return null;
  const lines = headLines(head);
  return isLatex(lines) ? 'latex' : fixedColumns(lines) ? 'fixed' : null;
}
