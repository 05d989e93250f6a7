import type { Dataset, DatasetConfig } from '../domain/datasets';
import type { Generator } from '../domain/generators';
import type { Naming } from '../domain/naming';
import type {
  CsvDialect,
  DataSource,
  Source,
  SourceNotes,
  SourceVersion,
  TablePreview,
} from '../domain/sources';
import type { VersionDifferences } from '../domain/version-differences';
import type { FetchedFile } from './fetch-file';
import type { LongCall, SourceInput } from './long-call';
import type { ListsApi } from './projects-api';

export interface SourcesApi extends ListsApi<Source> {
  /** Detected dialect (with overrides) and first rows, without importing; of a new input or of a source's file. */
  sniff(
    input: SourceInput | { readonly sourceId: string },
    overrides?: Partial<CsvDialect>,
  ): Promise<{ dialect: CsvDialect; preview: TablePreview }>;
  /**
   * A file from another address, to be read by `create` and others. A worker of its own fetches it: GET, without cookies.
   * @throws UserError `config/invalid`, `source/unreadable`, `source/too-large`, `canceled`
   */
  fetch(address: string, options?: LongCall): Promise<File>;
  /** What was asked for at other addresses since the page was loaded, whether it came or not; without queries. */
  fetched(): readonly FetchedFile[];
  /** Starts what reads files, where one is likely to come: the first is read sooner. What fails is told by its reading. */
  prepare(): void;
  create(input: SourceInput, options?: LongCall & { dialect?: Partial<CsvDialect> }): Promise<Source>;
  /** Reads the same file again with another dialect; the id stays, the old table stays until success. */
  reread(id: string, dialect: Partial<CsvDialect>, options?: LongCall): Promise<Source>;
  get(id: string): Source;
  /** Another name or description. */
  rename(id: string, naming: Naming): Source;
  /** Another source of the same file, named "Copy of …". */
  duplicate(id: string): Promise<Source>;
  /** What its rows are for, and where its file was got. */
  note(id: string, notes: SourceNotes): Source;
  /** What is recorded of it, as of a training dataset. */
  facts(id: string): SourceFacts;
  /** @param version number of a version; default: the current one */
  preview(id: string, offset: number, limit: number, version?: number): Promise<TablePreview>;
  /** Its files, oldest first; each has tables of its own. */
  versions(id: string): readonly SourceVersion[];
  /**
   * Reads a newer file with the settings of the current one – or those found in it, where these give none of the columns –
   * and compares the two. It waits at its source, also after a restart, until it is taken or discarded, or another one is read.
   */
  readVersion(
    id: string,
    input: SourceInput,
    options?: LongCall & { dialect?: Partial<CsvDialect> },
  ): Promise<NewVersion>;
  /** The newer file that waits to be taken or discarded, compared with the current version; null = there is none. */
  newer(id: string): NewVersion | null;
  /** Makes a newer file the current version; generators stay with theirs. */
  addVersion(id: string, newer: NewVersion | SourceInput, options?: LongCall): Promise<Source>;
  /** Forgets a file that was read to be compared. */
  discardVersion(newer: NewVersion): Promise<void>;
  /** Removes a version with its file. Generators keep their models; see `versionUsers`. */
  removeVersion(id: string, number: number): Promise<Source>;
  /** Which generators need the rows of a version: for their reports, or to be trained. */
  versionUsers(id: string, number: number): readonly Generator[];
  delete(id: string): Promise<void>;
}

/** A newer file of a source, read and not taken yet. */
export interface NewVersion {
  readonly sourceId: string;
  readonly version: SourceVersion;
  readonly differences: VersionDifferences;
  /** It was read with other settings than the version before: those gave none of the columns. */
  readonly otherDialect: boolean;
}

/** What is recorded of a source. */
export interface SourceFacts {
  readonly id: string;
  readonly name: string;
  readonly schemaType: 'GENERATION';
  readonly purpose: string;
  /** Null = not known. */
  readonly dataSource: DataSource | null;
  readonly origin: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** Bundles of sources that belong together, not to be confused with synthetic datasets (docs/workspace.md, Datasets). */
export interface DatasetsApi extends ListsApi<Dataset> {
  create(config: DatasetConfig): Dataset;
  /** Replaces the fields that are given. */
  update(id: string, fields: Partial<DatasetConfig>): Dataset;
  get(id: string): Dataset;
  /** Another name or description. */
  rename(id: string, naming: Naming): Dataset;
  /** The same once more, of the same sources, named "Copy of …". */
  duplicate(id: string): Promise<Dataset>;
  /** Its sources that are still there. */
  sources(id: string): Source[];
  /** Deletes the dataset; its sources stay. */
  delete(id: string): Promise<void>;
}
