import { namesData } from './names-of-data';
import type { CsvDialect } from './sources';

/** How a file was read, for exports: without the name of a table or file that holds a value of the data. */
export function exportedDialect(dialect: CsvDialect): CsvDialect {
  const { table, entry, ...settings } = dialect;
  return {
    ...settings,
    ...(table !== undefined && !namesData(table) && { table }),
    ...(entry !== undefined && !namesData(entry) && { entry }),
  };
}
