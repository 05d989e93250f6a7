import type { RecordKind } from '../../src/domain/records';

/**
 * What outlives the page: records in IndexedDB and files in the origin private file system. In a private session, and
 * where a browser refuses either, nothing is written and files are in memory.
 */
export interface WorkspaceApi extends FilesApi {
  /**
   * Opens what is kept, or nothing. The other calls wait for it.
   * @param setup.events takes `WorkspaceEvent`s, and the steps of jobs
   */
  open(setup: { readonly isPrivate: boolean; readonly events: MessagePort }): Promise<WorkspaceState>;
  /** Another worker's door to the files (`FilesApi`). */
  addPeer(port: MessagePort): void;
  /** All records, newest last. */
  load(): Promise<readonly StoredRecord[]>;
  /**
   * Writes and removes records in one transaction; then files go that they named before and name no longer. A file has
   * one record.
   * @throws UserError `storage/full`, `storage/failed`
   */
  commit(change: RecordChange): Promise<void>;
  /** A copy of a file a person brought in, to its end. @throws UserError `storage/full` */
  keep(file: File): Promise<FileId>;
  /** Resolves when the page that wrote a record is closed; never for this page. */
  whenClosed(writer: string): Promise<void>;
  /** What is kept, and what the browser allows. */
  usage(): Promise<WorkspaceUsage>;
  /** Removes every record and every file. */
  clear(): Promise<void>;
  /** A ZIP archive of texts and files (docs/archive.md). @throws UserError `not-found` */
  pack(jobId: string, request: ArchiveRequest): Promise<File>;
  /**
   * Unpacks and checks an archive; its files stay until they are removed, or until the next start if no record names them.
   * @throws UserError `archive/refused`, `storage/full`
   */
  unpack(jobId: string, file: File, form: ArchiveForm): Promise<UnpackedArchive>;
  /** Ends a job that packs or unpacks; no file of it is left. */
  cancel(jobId: string): Promise<void>;
  /** A ZIP archive of files that were brought in, to be read as one. @throws UserError `source/too-large` */
  packFiles(name: string, files: readonly { readonly path: string; readonly file: File }[]): Promise<File>;
  /** The format that an archive says it is of, unchecked; null = it is no archive of ours. */
  formatOf(file: File): Promise<string | null>;
}

export interface ArchiveRequest {
  /** Of the archive. */
  readonly name: string;
  /** What its manifest says before it lists the parts. */
  readonly header: ArchiveHeader;
  readonly parts: readonly ({ readonly path: string } & (
    | { readonly text: string }
    /** @param isDeflated whether it gets smaller by it; absent = no */
    | { readonly file: FileId; readonly isDeflated?: boolean }
  ))[];
}

export interface ArchiveHeader {
  readonly format: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

/** What an archive must hold to be taken. */
export interface ArchiveForm extends ArchiveHeader {
  /** In a sentence: "generator". */
  readonly noun: string;
  /** Paths of the parts that are read. */
  readonly texts: readonly string[];
  /** Paths of the parts that become files of the workspace. */
  readonly files: readonly string[];
  /** Paths of the parts that may be missing. */
  readonly optional: readonly string[];
  /** What may be in it besides: folders with any number of parts. Absent = nothing. */
  readonly folders?: {
    /** Of parts that are read, as "reports/1.json". */
    readonly texts: readonly string[];
    /** Of parts that become files, each in a folder of its own, as "files/1/people.csv". */
    readonly files: readonly string[];
  };
  /** Entries at most, and bytes of all of them unpacked; absent = 64 and 1 GB. */
  readonly limits?: { readonly entries: number; readonly bytes: number };
}

export interface UnpackedArchive {
  /** To be checked by whoever knows the format. */
  readonly manifest: unknown;
  /** By path. */
  readonly texts: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, FileId>>;
}

export type FileId = string;

/** Files by id. */
export interface FilesApi {
  /** A new empty file; `name` is what a download will be called. */
  create(name: string, mimeType: string): Promise<FileId>;
  /** Appends bytes (transferred). Calls are applied in the order they were made. */
  append(file: FileId, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Ends writing; returns the size in bytes. From now on a record may name the file. */
  close(file: FileId): Promise<number>;
  /**
   * What is written so far outlives the page, while more is written: a record may name the file, and who comes later
   * takes it up again. Returns the bytes so far.
   */
  mark(file: FileId): Promise<number>;
  /**
   * Goes on writing a file that was marked or closed, after its first so many bytes: what follows them is cut off.
   * @throws UserError `not-found` where there are not as many
   */
  reopen(file: FileId, bytes: number): Promise<void>;
  /** The closed file as a handle: reading it does not copy it into memory. */
  read(file: FileId): Promise<File>;
  /** Removing a file that is not there is not an error. */
  remove(file: FileId): Promise<void>;
}

export interface RecordKey {
  readonly kind: RecordKind;
  readonly id: string;
}

export interface StoredRecord extends RecordKey {
  /** Of the form of `value`, from 1. */
  readonly version: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Files that it names: they stay as long as it does. */
  readonly files: readonly FileId[];
  /** Of these, files that are not there, or not whole. */
  readonly missing: readonly FileId[];
  /** The page that wrote it. */
  readonly writer: string;
  /** Plain data, to be checked by whoever reads it. */
  readonly value: unknown;
}

export interface RecordChange {
  readonly put: readonly PutRecord[];
  readonly remove: readonly RecordKey[];
}

export interface PutRecord extends RecordKey, Pick<StoredRecord, 'version' | 'files' | 'value'> {
  /** False: a change of what is there. Where another page has removed it, it is not written, and its files go. */
  readonly isNew: boolean;
  /** Fields of the value that are changed; the others stay as they are there. Absent = all. */
  readonly changed?: readonly string[];
}

export interface WorkspaceState {
  /** Whether what is made outlives the page. */
  readonly isKept: boolean;
  /** Why not, in a sentence; null in a private session that was asked for, or if it is kept. */
  readonly refusal: string | null;
}

/** Records that another page wrote or removed. */
export interface WorkspaceEvent {
  readonly type: 'records';
  readonly put: readonly StoredRecord[];
  readonly removed: readonly RecordKey[];
}

export interface WorkspaceUsage {
  readonly files: readonly StoredFile[];
  /** Bytes of everything of this origin, as the browser says; null where it does not. */
  readonly used: number | null;
  /** Bytes that it allows. */
  readonly quota: number | null;
}

/** A file of which all bytes are written, or so many of them are marked. */
export interface StoredFile {
  readonly id: FileId;
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** It may be longer by now: these are the bytes that were marked. */
  readonly isPartial?: true;
}
