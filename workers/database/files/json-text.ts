import { UserError } from '../../../src/domain/errors';

/** How JSON lies in a file: an object or a list a line, or one value over all of them. */
export type JsonLayout = 'lines' | 'document';

const LOOKED_AT = 64 * 1024;

/**
 * Whether a text is JSON, from its first bytes. A table of which cells hold JSON begins with a name, not a bracket.
 * @param head UTF-8 bytes, perhaps cut
 */
export function jsonLayout(head: Uint8Array): JsonLayout | null {
  const text = new TextDecoder()
    .decode(head.subarray(0, LOOKED_AT))
    .replace(/^\ufeff/, '')
    .trimStart();
  if (!/^[{[]/.test(text)) return null;
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  // The last line may be cut.
  const whole = lines.length > 1 && head.length > LOOKED_AT ? lines.slice(0, -1) : lines;
  if (whole.length > 1 && whole.every(isValue)) return 'lines';
  return /^(\[\s*([[{"\d\]tfn-]|$)|\{\s*("(\\.|[^"\\])*"\s*:|\}|$))/.test(text) &&
    (isValue(text) || isOpen(whole))
    ? 'document'
    : null;
}

/**
 * Refuses JSON where delimited text is read.
 * @throws UserError `source/unreadable`
 */
export function assertNoJson(name: string, head: Uint8Array): void {
  const layout = jsonLayout(head);
  if (layout === null) return;
  const what = layout === 'lines' ? 'JSON, one object a line' : 'a JSON document';
  throw new UserError(
    'source/unreadable',
    `“${name}” holds ${what}; a CSV or TSV file was expected. Convert it to CSV, one column for each key.`,
    { details: { file: name } },
  );
}

function isValue(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

/** A document that goes on: keys and brackets stand where JSON has them. */
function isOpen(lines: readonly string[]): boolean {
  const part = lines.slice(0, 50);
  const form = /^\s*([{}[\]],?\s*)*("(\\.|[^"\\])*"\s*(:.*)?|-?[\d.eE+]+|true|false|null)?[\s,{[\]}]*$/;
  return part.every((line) => form.test(line)) || (part.length === 1 && /^\[?\s*\{\s*"/.test(part[0]!));
}
