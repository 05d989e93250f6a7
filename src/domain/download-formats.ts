/** The file formats that rows are written in (docs/export.md). */
export const DOWNLOAD_FORMAT_IDS = ['parquet', 'csv', 'json', 'jsonl', 'xlsx', 'arrow', 'sqlite'] as const;
export type DownloadFormatId = (typeof DOWNLOAD_FORMAT_IDS)[number];

/** Rows of a sheet, its header aside: 1,048,576 lines by ECMA-376. */
export const SHEET_ROWS = 1_048_575;

export interface DownloadFormatFacts {
  readonly title: string;
  /** Also of the file's name. */
  readonly extension: string;
  readonly mediaType: string;
  /** What it is and keeps; where it ends, if it does. */
  readonly about: string;
}

export const DOWNLOAD_FORMATS: Readonly<Record<DownloadFormatId, DownloadFormatFacts>> = {
  parquet: {
    title: 'Parquet',
    extension: 'parquet',
    mediaType: 'application/vnd.apache.parquet',
    about: 'Keeps the column types, in the smallest file.',
  },
  csv: {
    title: 'CSV',
    extension: 'csv',
    mediaType: 'text/csv',
    about: 'Text that everything opens.',
  },
  json: {
    title: 'JSON',
    extension: 'json',
    mediaType: 'application/json',
    about: 'One list of objects.',
  },
  jsonl: {
    title: 'JSON Lines',
    extension: 'jsonl',
    mediaType: 'application/x-ndjson',
    about: 'One object a line.',
  },
  xlsx: {
    title: 'Excel',
    extension: 'xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    about: 'Up to 16,384 columns; above 1,048,575 rows, several sheets. Texts never become formulas.',
  },
  arrow: {
    title: 'Arrow',
    extension: 'arrow',
    mediaType: 'application/vnd.apache.arrow.file',
    about: 'Arrow IPC file (Feather 2); keeps the column types.',
  },
  sqlite: {
    title: 'SQLite',
    extension: 'sqlite',
    mediaType: 'application/vnd.sqlite3',
    about: 'A database of one table; made in memory, so up to about 1 GB and 2,000 columns.',
  },
};
