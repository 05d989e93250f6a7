import type { Source } from '../domain/sources';
import type { SqlResult, SqlTableFacts } from '../domain/sql-tables';
import type { CsvExportOptions, DownloadFormat } from '../domain/synthetic-datasets';

/** Only the signal: a query tells nothing of how far it is. */
interface Cancelable {
  readonly signal?: AbortSignal;
}

interface SqlFileOptions extends Cancelable {
  readonly csv?: CsvExportOptions;
  /** Told what the format could not hold, in sentences; not called where it holds all. */
  readonly onLacks?: (sentences: readonly string[]) => void;
}

/** Queries that only read, over the tables of the current project (docs/sql.md). */
export interface SqlApi {
  /**
   * Runs one query. Its whole result is kept until the next one.
   * @throws UserError `sql/refused`, `sql/failed` with DuckDB's reason and the position, or `canceled`
   */
  (query: string, options?: Cancelable): Promise<SqlResult>;
  /** What queries can read: the sources and finished synthetic datasets of the project. */
  tables(): SqlTableFacts[];
  /** The last result as a file. @throws UserError `not-found` */
  file(format: DownloadFormat, options?: SqlFileOptions): Promise<File>;
  /** A new source of the last result. */
  toSource(name: string, options?: Cancelable): Promise<Source>;
}
