import { readingOfNewer } from './chosen-dialect';
import { namesData } from './names-of-data';
import type { CutDialect, Source } from './sources';

/**
 * How other files of a source are read, for exports: how it is cut, and what a person set. Spellings of no value and the
 * decimal mark that were found are found anew in each file, column by column. Without the name of a table or file that
 * holds a value of the data.
 */
export function exportedDialect(source: Pick<Source, 'dialect' | 'chosen'>): CutDialect {
  const { table, entry, ...settings } = readingOfNewer(source) as CutDialect;
  return {
    ...settings,
    ...(table !== undefined && !namesData(table) && { table }),
    ...(entry !== undefined && !namesData(entry) && { entry }),
  };
}
