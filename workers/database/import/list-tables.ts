import { UserError } from '../../../src/domain/errors';
import type { TableChoice } from '../../../src/domain/sources';
import type { SqlEngine } from '../duckdb/sql';
import { FORMATS } from '../formats/formats';
import { openInput } from '../formats/open-input';

/**
 * What a file is by its content, and the tables in it; none where it is delimited text, or a database without tables.
 * @throws UserError `source/unreadable`, `source/too-large`
 */
export async function listTables(
  sql: SqlEngine,
  file: File,
): Promise<{ content: string; tables: readonly TableChoice[] }> {
  const checkpoint = () => undefined;
  const { file: inner, content } = await openInput(file, undefined, checkpoint);
  if (content === 'text') return { content, tables: [] };
  try {
    const opened = await (await FORMATS[content]()).open(inner, { sql, checkpoint });
    const { tables } = opened;
    opened.close();
    return { content, tables };
  } catch (error) {
    if (error instanceof UserError && error.code === 'source/empty') return { content, tables: [] };
    throw error;
  }
}
