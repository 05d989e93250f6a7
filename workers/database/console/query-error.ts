import { UserError } from '../../../src/domain/errors';
import { isMemoryFull } from '../import/too-large';

/** How DuckDB shows where: a line of the statement, and a caret below it. */
const SHOWN = /LINE (\d+): (.*)\n( *)\^/;

/**
 * What DuckDB says of a query, as a sentence with the line and column.
 * @param firstLine the line of what DuckDB was given at which the query began, from 1
 */
export function queryError(cause: unknown, firstLine: number): unknown {
  if (cause instanceof UserError) return cause;
  if (isMemoryFull(cause)) {
    return new UserError(
      'sql/failed',
      'The result does not fit into the memory that a browser tab has for tables. Select fewer columns or rows, for example with LIMIT.',
      { cause },
    );
  }
  const text = plainText(cause instanceof Error ? cause.message : String(cause));
  const shown = SHOWN.exec(text);
  const what = (text.split(/\n\s*(?:\n|LINE \d)/)[0] ?? text)
    .replace(/^(?:Error: )?[A-Z][A-Za-z ]* Error: /, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (/cannot prepare multiple statements/i.test(what)) {
    return new UserError(
      'sql/refused',
      'Only one statement can be run at a time. A PIVOT has to name its values: PIVOT … ON column IN (…).',
      { cause },
    );
  }
  const sentence = /[.!?]$/.test(what) ? what : `${what}.`;
  const line = shown ? Number(shown[1]) - firstLine + 1 : 0;
  if (!shown || line < 1) return new UserError('sql/failed', sentence, { cause });
  // A long line is shown from “...” on; its column is not told then.
  const before = `LINE ${shown[1]}: `.length;
  const column = shown[2]!.startsWith('...') ? 0 : shown[3]!.length - before + 1;
  const where = column > 0 ? `Line ${line}, column ${column}` : `Line ${line}`;
  return new UserError('sql/failed', `${where}: ${sentence}`, {
    details: { line, ...(column > 0 && { column }) },
    cause,
  });
}

/** DuckDB gives some errors as JSON. */
function plainText(message: string): string {
  const json = message.indexOf('{"exception_type"');
  if (json < 0) return message;
  try {
    return String(JSON.parse(message.slice(json)).exception_message);
  } catch {
    return message;
  }
}
