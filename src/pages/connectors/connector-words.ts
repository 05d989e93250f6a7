import type { ConnectorAccessType, ConnectorType } from '../../domain/connectors';

/** What connectors lead to, in words. */
export const TYPE_TITLES: Record<ConnectorType, string> = {
  FOLDER: 'Folder',
  ADDRESS: 'Address',
  SQLITE: 'SQLite database',
  DUCKDB: 'DuckDB database',
};

export const TYPE_CHOICES = [
  {
    value: 'FOLDER',
    title: TYPE_TITLES.FOLDER,
    about: 'Files on this device: read, queried and written, in every format.',
  },
  {
    value: 'ADDRESS',
    title: TYPE_TITLES.ADDRESS,
    about: 'Files below an https:// address that allows this site. Only read.',
  },
  {
    value: 'SQLITE',
    title: TYPE_TITLES.SQLITE,
    about: 'Its tables are read, and rows are written as tables.',
  },
  { value: 'DUCKDB', title: TYPE_TITLES.DUCKDB, about: 'Its tables and views. Only read.' },
] as const satisfies readonly {
  readonly value: ConnectorType;
  readonly title: string;
  readonly about: string;
}[];

/** What may be done, as short as a list needs it. */
export const ACCESS_TITLES: Record<ConnectorAccessType, string> = {
  WRITE_DATA: 'Read and write',
  READ_DATA: 'Only read (write-protected)',
  READ_PROTECTED: 'Only write (read-protected)',
};

export const ACCESS_HELP: Record<ConnectorAccessType, string> = {
  WRITE_DATA: 'Rows are read from it, and synthetic rows may be written to it.',
  READ_DATA: 'Rows are read from it. Nothing is written to it.',
  READ_PROTECTED:
    'A destination: synthetic rows are written to it. Its tables and their columns are listed, and no row is read.',
};

/** "Folder · Only read (write-protected)" */
export function leadsTo({
  type,
  access,
}: {
  readonly type: ConnectorType | null;
  readonly access: ConnectorAccessType | null;
}): string {
  if (type === null || access === null) return '';
  return `${TYPE_TITLES[type]} · ${ACCESS_TITLES[access].replace(/ \(.*/, '').toLowerCase()}`;
}
