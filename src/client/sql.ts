import { REPORT_SAMPLE_ROWS } from '../../workers/database/protocol';
import { onlyTable } from '../domain/only-table';
import { FIRST_PROJECT } from '../domain/projects';
import { distinctNames, type SqlTableFacts } from '../domain/sql-tables';
import type { ClientContext } from './context';
import { askDatabase, runQuery } from './run-query';
import type { SourcesApi } from './sources-api';
import type { SqlApi } from './sql-api';
import { currentProjectId } from './stock';

/** The console's way to DuckDB. */
export function createSql(context: ClientContext, createSource: SourcesApi['create']): SqlApi {
  const { datasets, restorer, sources, workers } = context;

  function tables(): SqlTableFacts[] {
    const project = currentProjectId(context);
    const isIn = ({ projectId }: { readonly projectId?: string }) => (projectId ?? FIRST_PROJECT) === project;
    const ofSources = sources
      .list()
      .filter(isIn)
      .map((source): SqlTableFacts => {
        const { id: tableId, name, rowCount, columns } = onlyTable(source);
        return {
          ...{ name, tableId, kind: 'source', id: source.id, rows: rowCount },
          columns: namedInSql(columns),
        };
      });
    const ofDatasets = datasets
      .list()
      .filter(isIn)
      .flatMap(({ id, config, summary, tables: [table] }): SqlTableFacts[] => {
        if (!summary || !table?.stored) return [];
        const { rows } = summary;
        return [
          {
            ...{ name: config.name, tableId: table.id, kind: 'synthetic-dataset', id },
            columns: namedInSql(table.stored.columns),
            rows: Math.min(rows, REPORT_SAMPLE_ROWS),
            ...(rows > REPORT_SAMPLE_ROWS && { sampleOf: rows }),
          },
        ];
      });
    const all = [...ofSources, ...ofDatasets];
    const names = distinctNames(all.map(({ name }) => name));
    return all.map((table, i) => ({ ...table, name: names[i]! }));
  }

  async function load({ kind, id }: SqlTableFacts): Promise<void> {
    if (kind === 'source') await restorer.source(sources.get(id));
    else await restorer.rows(datasets.get(id));
  }

  const file: SqlApi['file'] = async (
    format,
    { signal, csv = { neutraliseFormulas: false }, onLacks } = {},
  ) => {
    const written = await askDatabase(workers, 'The export', signal, (database, jobId) =>
      database.sqlFile(jobId, { format, csv }),
    );
    if (written.notes.length > 0) onLacks?.(written.notes);
    return written.file;
  };

  return Object.assign(
    (query: string, { signal }: { readonly signal?: AbortSignal } = {}) =>
      runQuery(
        workers,
        query,
        tables().map((table) => ({
          name: table.name,
          load: async () => {
            await load(table);
            return table.tableId;
          },
        })),
        signal,
      ),
    {
      tables,
      file,
      async toSource(name: string, options: { readonly signal?: AbortSignal } = {}) {
        const rows = await file('parquet', options);
        return createSource(new File([rows], `${name}.parquet`, { type: rows.type }), options);
      },
    },
  );
}

function namedInSql(
  columns: readonly {
    readonly name: string;
    readonly storageType: SqlTableFacts['columns'][number]['type'];
  }[],
) {
  const names = distinctNames(columns.map(({ name }) => name));
  return columns.map(({ storageType: type }, i) => ({ name: names[i]!, type }));
}
