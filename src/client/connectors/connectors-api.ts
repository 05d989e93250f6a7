import type { StorageType } from '../../domain/columns';
import type {
  Connector,
  ConnectorChange,
  ConnectorConfig,
  ConnectorLocation,
  ConnectorState,
  ConnectorTest,
  IfExists,
} from '../../domain/connectors';
import type { Naming } from '../../domain/naming';
import type { CsvDialect, Source, TablePreview } from '../../domain/sources';
import type { SqlResult } from '../../domain/sql-tables';
import type { CsvExportOptions } from '../../domain/synthetic-datasets';
import type { Handle } from '../handles';
import type { LongCall } from '../long-call';
import type { ListsApi } from '../projects-api';
import type { NewVersion } from '../sources-api';

/** What a person chose: a folder, the file of a database with lasting access to it, or a copy of that file. */
export type ConnectorTarget = Handle | File;

interface Cancelable {
  readonly signal?: AbortSignal;
}

export interface ConnectorColumn {
  readonly name: string;
  readonly type: StorageType;
}

export interface WriteOptions extends LongCall {
  /** What is done where the location is there already; default FAIL. */
  readonly ifExists?: IfExists;
  /** How CSV is written; by default as the original file is. */
  readonly csv?: CsvExportOptions;
}

/** What was written. */
export interface Written {
  readonly location: string;
  readonly rows: number;
  /** What the format could not hold, and what else is to be known, in sentences. */
  readonly notes: readonly string[];
}

/** Saved connections to folders, addresses and databases (docs/connectors.md). */
export interface ConnectorsApi extends ListsApi<Connector> {
  /**
   * @param target a folder for FOLDER, a file for SQLITE and DUCKDB; without lasting access (a `File`), a copy is kept here
   * @throws UserError `config/invalid`
   * @example
   * const folder = await showDirectoryPicker({ mode: 'readwrite' });
   * await doppelgrid.connectors.create({ name: 'Exports', type: 'FOLDER' }, folder);
   */
  create(config: ConnectorConfig, target?: ConnectorTarget): Promise<Connector>;
  get(id: string): Connector;
  /** Replaces the fields that are given, and what it leads to; its type stays. */
  update(id: string, change: ConnectorChange, target?: ConnectorTarget): Promise<Connector>;
  /** Another name or description. */
  rename(id: string, naming: Naming): Connector;
  /** The same once more, leading to the same, named "Copy of …". */
  duplicate(id: string): Promise<Connector>;
  /** Deletes the connector; what it leads to stays. */
  delete(id: string): Promise<void>;
  /** Whether it can be used now, or a person has to allow it again. */
  state(id: string): Promise<ConnectorState>;
  /** Asks the person to allow it again; a browser does so after a click alone. @returns whether they do */
  allow(id: string): Promise<boolean>;
  /** Whether what it leads to can be reached and, where it may be written, written. */
  test(id: string, options?: Cancelable): Promise<ConnectorTest>;
  /** Folders and table files, or tables. @param prefix a folder that ends with "/"; default: the top */
  locations(id: string, prefix?: string, options?: Cancelable): Promise<ConnectorLocation[]>;
  /** Columns and types of a location, as its first rows tell. Read-protected connectors give them, too. */
  schema(id: string, location: string, options?: Cancelable): Promise<ConnectorColumn[]>;
  /**
   * The first rows. @param options.limit at most 1,000, default 100: import the location to have all
   * @throws UserError `connector/refused` if it is read-protected
   */
  readData(id: string, location: string, options?: Cancelable & { limit?: number }): Promise<TablePreview>;
  /**
   * Runs a query that only reads, over its locations by their names (docs/sql.md). Those that it names are read whole. As
   * with `sql`, the result is kept until the next one: `sql.file` and `sql.toSource` take it.
   */
  query(id: string, query: string, options?: Cancelable): Promise<SqlResult>;
  /** What queries can name, with the locations they stand for. */
  queryNames(id: string, options?: Cancelable): Promise<readonly { name: string; location: string }[]>;
  /** A new source of a location. */
  toSource(
    id: string,
    location: string,
    options?: LongCall & { dialect?: Partial<CsvDialect> },
  ): Promise<Source>;
  /**
   * Reads a location as a newer file of a source, to be compared and taken (`sources.addVersion`); without a location the one
   * that the source came from.
   */
  toVersion(id: string, sourceId: string, location?: string, options?: LongCall): Promise<NewVersion>;
  /**
   * Writes the rows of a synthetic dataset: into a folder as a file in the format that its name ends with, into a SQLite database
   * as a table. What the location holds changes when all is written, or not at all.
   * @throws UserError `connector/refused` if it is write-protected or only read, `connector/exists`
   */
  writeData(
    id: string,
    syntheticDatasetId: string,
    location: string,
    options?: WriteOptions,
  ): Promise<Written>;
}

/** What is loaded when something is done with a connector. */
export type LoadedConnectors = Omit<ConnectorsApi, 'get' | 'rename' | 'list' | 'overview'>;
