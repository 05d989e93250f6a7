import { columnLength, takeRows } from '../../../src/domain/column-data';
import { selectRows } from '../../../src/domain/split';
import type { NamedColumn } from '../columns';
import type { ColumnSource } from '../read-sets';

/** Tables in memory that answer as the database does. */
export function memorySource(tables: Readonly<Record<string, readonly NamedColumn[]>>): ColumnSource {
  const table = (id: string) => {
    const columns = tables[id];
    if (!columns) throw new Error(`no table ${id}`);
    return columns;
  };
  return {
    describe: async (id) => ({
      rowCount: table(id)[0] ? columnLength(table(id)[0]!.data) : 0,
      columns: table(id).map(({ name, storageType }) => ({ name, originalName: name, storageType })),
    }),
    readColumn: async (id, name, rows) => {
      const column = table(id).find((candidate) => candidate.name === name);
      if (!column) throw new Error(`no column ${name}`);
      return takeRows(column.data, selectRows(columnLength(column.data), rows));
    },
  };
}
