/** Saved connections to where tables are, or where synthetic rows go: the *connector* of the MOSTLY AI SDK. */
import { readAddress } from './addresses';
import { DOWNLOAD_FORMAT_IDS, DOWNLOAD_FORMATS, type DownloadFormatId } from './download-formats';
import { UserError } from './errors';
import { Description } from './naming';
import type { InProject } from './projects';
import { parseConfig, z } from './zod';

/** What a connector leads to. */
export const CONNECTOR_TYPES = ['FOLDER', 'ADDRESS', 'SQLITE', 'DUCKDB'] as const;
export type ConnectorType = (typeof CONNECTOR_TYPES)[number];

/**
 * What may be done through a connector. READ_PROTECTED: a destination alone, of which locations and columns are shown and
 * no row; READ_DATA: nothing is written; WRITE_DATA: both.
 */
export const ACCESS_TYPES = ['READ_DATA', 'WRITE_DATA', 'READ_PROTECTED'] as const;
export type ConnectorAccessType = (typeof ACCESS_TYPES)[number];

/** What is done where there is something already. */
export const IF_EXISTS = ['FAIL', 'REPLACE', 'APPEND'] as const;
export type IfExists = (typeof IF_EXISTS)[number];

/** Files that are named by hand at most. */
const MAX_FILES = 500;

const Name = z.string().trim().min(1).max(256);

export const ConnectorConfig = z.strictObject({
  name: Name,
  description: Description.optional(),
  type: z.enum(CONNECTOR_TYPES),
  /** Default: READ_DATA of addresses and DuckDB databases, which are only read; WRITE_DATA of the others. */
  accessType: z.enum(ACCESS_TYPES).optional(),
  /** Of ADDRESS: what the addresses of its files begin with. */
  address: z.string().max(4000).optional(),
  /** Of ADDRESS: names of files below the address; in addition to those that it lists. */
  files: z.array(z.string().trim().min(1).max(1000)).max(MAX_FILES).optional(),
});
export type ConnectorConfig = z.input<typeof ConnectorConfig>;

/** What of a connector may be changed. Its type stays. */
export type ConnectorChange = Partial<Omit<ConnectorConfig, 'type'>>;

export interface Connector extends InProject {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly type: ConnectorType;
  readonly accessType: ConnectorAccessType;
  readonly address?: string;
  readonly files?: readonly string[];
  /** What the folder or file is called that a person chose; absent = none was, or there is none to choose. */
  readonly at?: string;
  /** Id of the copy of a database that is kept in the workspace, where the browser gives no lasting access to files. */
  readonly file?: string;
}

/** As it is kept. */
export const ConnectorRecord = z.looseObject({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  type: z.enum(CONNECTOR_TYPES),
  accessType: z.enum(ACCESS_TYPES),
  address: z.string().optional(),
  files: z.array(z.string()).optional(),
  at: z.string().optional(),
  file: z.string().optional(),
  projectId: z.string().optional(),
});

/** Entries of a folder that are listed at most: of each file the size is asked for. */
export const MAX_LISTED_ENTRIES = 1_000;

/** Something that can be read or written through a connector, or a folder of such. */
export interface ConnectorLocation {
  /** Path or name of the table; of a folder it ends with "/". */
  readonly location: string;
  readonly kind: 'folder' | 'file' | 'table';
  /** Absent = not known before it is read. */
  readonly bytes?: number;
  readonly rows?: number;
}

/** Whether a connector can be used now: `ask` = a person has to allow it again; `missing` = nothing was chosen here. */
export type ConnectorState = 'ready' | 'ask' | 'missing';

/** What a test found, as a sentence that says what to do where it failed. */
export interface ConnectorTest {
  readonly ok: boolean;
  readonly sentence: string;
}

/**
 * A connector of a checked configuration.
 * @throws UserError `config/invalid`
 */
export function checkConnector(config: ConnectorConfig): Omit<Connector, 'id' | 'projectId' | 'at' | 'file'> {
  const { address, files, ...rest } = parseConfig(ConnectorConfig, config, 'connector');
  const { type, description } = rest;
  const accessType = rest.accessType ?? (canBeWritten(type) ? 'WRITE_DATA' : 'READ_DATA');
  if (accessType !== 'READ_DATA' && !canBeWritten(type)) throw invalid(ONLY_READ[type]!);
  const { name } = rest;
  const named = { name, type, accessType, ...(description !== undefined && { description }) };
  if (type !== 'ADDRESS') {
    if (address !== undefined || (files ?? []).length > 0)
      throw invalid('Only a connector of the type ADDRESS has an address and files.');
    return named;
  }
  return {
    ...named,
    address: checkPrefix(address ?? ''),
    files: [...new Set((files ?? []).map((file) => checkFile(file)))],
  };
}

/** Whether anything can be written through connectors of a type. */
export function canBeWritten(type: ConnectorType): boolean {
  return ONLY_READ[type] === undefined;
}

/** Why nothing is written through connectors of some types. */
const ONLY_READ: Partial<Record<ConnectorType, string>> = {
  ADDRESS:
    'Nothing can be written to an address: a page may only read it. Choose READ_DATA, and write to a folder or a SQLite database instead.',
  DUCKDB:
    'A DuckDB database is only read here: the DuckDB of this app does not write files. Choose READ_DATA, and write Parquet to a folder, which DuckDB reads, or to a SQLite database.',
};

/** The beginning of addresses. What may be a signature is kept nowhere, so it must not be part of it. */
function checkPrefix(text: string): string {
  const url = readAddress(text);
  if (url.search !== '' || url.hash !== '')
    throw invalid(
      'A connector keeps its address, and what follows “?” or “#” may be a signature, which is kept nowhere. Leave it out, or read a signed address once by “Read a file from an address”.',
    );
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

/** A file below an address. */
function checkFile(file: string): string {
  if (/[?#]/.test(file))
    throw invalid(
      `“${file.slice(0, 60)}” holds “?” or “#”: what follows may be a signature, which is kept nowhere. Name the file alone.`,
    );
  if (file.startsWith('/') || file.split('/').includes('..') || /^[a-z][a-z0-9+.-]*:/i.test(file))
    throw invalid(`“${file.slice(0, 60)}” does not lie below the address. Name files as “2024/sales.csv”.`);
  return file;
}

/** @throws UserError `connector/refused` where rows are not shown */
export function assertReadable({ name, accessType }: Pick<Connector, 'name' | 'accessType'>): void {
  if (accessType === 'READ_PROTECTED')
    throw new UserError(
      'connector/refused',
      `“${name}” is read-protected: rows are written to it, and none is read. Change its access if they may be read.`,
    );
}

/** @throws UserError `connector/refused` where nothing is written */
export function assertWritable({
  name,
  accessType,
  type,
}: Pick<Connector, 'name' | 'accessType' | 'type'>): void {
  if (!canBeWritten(type)) throw new UserError('connector/refused', ONLY_READ[type]!);
  if (accessType === 'READ_DATA')
    throw new UserError(
      'connector/refused',
      `“${name}” is write-protected: it is only read. Change its access if rows may be written to it.`,
    );
}

/**
 * The parts of a path in a folder.
 * @throws UserError `config/invalid` for one that leads out of it, or has no name
 */
export function pathParts(location: string): readonly string[] {
  const parts = location.split('/').filter((part) => part !== '');
  if (parts.length === 0 || parts.some((part) => part === '.' || part === '..' || /[\\\0]/.test(part)))
    throw invalid(
      `“${location.slice(0, 80)}” names no file in the folder. Write it as “synthetic/people.csv”, without “..”.`,
    );
  return parts;
}

/** The format of a file to be written, by the end of its name. @throws UserError `config/invalid` */
export function formatOfName(location: string): DownloadFormatId {
  const end = /\.([a-z0-9]+)$/i.exec(location)?.[1]?.toLowerCase() ?? '';
  const format = DOWNLOAD_FORMAT_IDS.find((id) => DOWNLOAD_FORMATS[id].extension === end);
  if (format) return format;
  const ends = DOWNLOAD_FORMAT_IDS.map((id) => `.${DOWNLOAD_FORMATS[id].extension}`).join(', ');
  throw invalid(`“${location.slice(0, 80)}” does not say in which format: its name has to end with ${ends}.`);
}

/** The error of something that is there already. */
export function existsError(what: string): UserError {
  return new UserError(
    'connector/exists',
    `${what} is there already, and nothing was changed. Choose another name, replace it, or append to it.`,
  );
}

function invalid(sentence: string): UserError {
  return new UserError('config/invalid', sentence);
}
