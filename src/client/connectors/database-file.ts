import type { ConnectorLocation, ConnectorType } from '../../domain/connectors';
import { UserError } from '../../domain/errors';
import type { TableChoice } from '../../domain/sources';
import type { Connection, OpenedLocation } from './connection';

const TITLES: Partial<Record<ConnectorType, string>> = { SQLITE: 'SQLite', DUCKDB: 'DuckDB' };

/** What a file was found to be, and its tables. */
interface FoundTables {
  readonly content: string;
  readonly tables: readonly TableChoice[];
}

/** A SQLite or DuckDB database: its tables and views. */
export class DatabaseConnection implements Connection {
  readonly #type: ConnectorType;
  readonly #file: () => Promise<File>;
  readonly #list: (file: File) => Promise<FoundTables>;

  /** @param list finds out what a file is, and its tables */
  constructor(type: ConnectorType, file: () => Promise<File>, list: (file: File) => Promise<FoundTables>) {
    this.#type = type;
    this.#file = file;
    this.#list = list;
  }

  async test(): Promise<string> {
    const file = await this.#file();
    const tables = await this.#tables(file);
    const n = tables.length;
    return `The database “${file.name}” is open: ${n.toLocaleString('en')} table${n === 1 ? '' : 's'} in it.`;
  }

  async locations(): Promise<ConnectorLocation[]> {
    const tables = await this.#tables(await this.#file());
    return tables.map(({ name, rowCount }) => ({
      ...{ location: name, kind: 'table' as const },
      ...(rowCount !== undefined && { rows: rowCount }),
    }));
  }

  async open(location: string): Promise<OpenedLocation> {
    const file = await this.#file();
    return { file, dialect: { table: location }, stamp: `${file.lastModified} ${file.size} ${file.name}` };
  }

  async tables(): Promise<readonly string[]> {
    return (await this.locations()).map(({ location }) => location);
  }

  async #tables(file: File): Promise<readonly TableChoice[]> {
    // A database that was just made has no bytes.
    if (file.size === 0 && this.#type === 'SQLITE') return [];
    const { content, tables } = await this.#list(file);
    if (content === this.#type.toLowerCase()) return tables;
    throw new UserError(
      'connector/unreachable',
      `“${file.name}” is no ${TITLES[this.#type]} database${TITLES[content.toUpperCase() as ConnectorType] ? `, but one of ${TITLES[content.toUpperCase() as ConnectorType]}: make a connector of that type` : ''}. Choose the file of the database.`,
    );
  }
}
