/** Files in the origin private file system (in memory where it is refused). Gone when the page's session ends. */
export interface StorageApi {
  /** Removes what earlier sessions left behind and takes the lock that marks this one as alive. */
  open(): Promise<{ persistent: boolean }>;
  /** Another worker's door to the same files. */
  addPeer(port: MessagePort): void;
  /** A new empty file; `name` is what a download will be called. */
  create(name: string, mimeType: string): Promise<FileId>;
  /** Appends bytes (transferred). Calls are applied in the order they were made. */
  append(file: FileId, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Ends writing; returns the size in bytes. */
  close(file: FileId): Promise<number>;
  /** The closed file as a handle: reading it does not copy it into memory. */
  read(file: FileId): Promise<File>;
  remove(file: FileId): Promise<void>;
}

export type FileId = string;
