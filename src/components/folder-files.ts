/** Files that systems put beside those of a person. */
const HIDDEN = /(^|\/)(\.[^/]*|__MACOSX\/.*|Thumbs\.db|desktop\.ini)$/i;

/** The files of a folder but for hidden ones, in the order of their paths. */
export function filesOfFolder(files: readonly File[]): File[] {
  const path = (file: File) => file.webkitRelativePath || file.name;
  const order = new Intl.Collator('en', { numeric: true });
  return files.filter((file) => !HIDDEN.test(path(file))).sort((a, b) => order.compare(path(a), path(b)));
}

/** What was dropped: files, and those in folders with the path they lie at. */
export async function droppedFiles(data: DataTransfer): Promise<File[]> {
  const entries = [...data.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  if (!entries.some((entry) => entry?.isDirectory)) return [...data.files];
  const files: File[] = [];
  for (const entry of entries) if (entry) await collect(entry, files);
  return filesOfFolder(files);
}

async function collect(entry: FileSystemEntry, into: File[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    // Only a choice of a folder sets the path of a file; it cannot be written otherwise.
    Object.defineProperty(file, 'webkitRelativePath', { value: entry.fullPath.replace(/^\//, '') });
    into.push(file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A hundred at a time, until none is left.
    const found = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (found.length === 0) return;
    for (const one of found) await collect(one, into);
  }
}
