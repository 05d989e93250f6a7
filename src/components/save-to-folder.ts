/** A folder that a person chose to save files to (File System Access API, https://wicg.github.io/file-system-access/). */
export type Folder = FileSystemDirectoryHandle;

interface FolderPicker {
  showDirectoryPicker?: (options: { id: string; mode: 'readwrite' }) => Promise<Folder>;
}

/** Whether the browser lets a page write to a folder: Chromium does. */
export function canSaveToFolder(): boolean {
  return typeof (globalThis as FolderPicker).showDirectoryPicker === 'function';
}

/** Asks for a folder, once a person has clicked. @returns null if they choose none */
export async function chooseFolder(): Promise<Folder | null> {
  try {
    return (
      (await (globalThis as FolderPicker).showDirectoryPicker?.({ id: 'exports', mode: 'readwrite' })) ?? null
    );
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}

/** Writes a file into a folder, piece by piece; one of its name is kept, and the new one numbered. @returns its name */
export async function saveToFolder(folder: Folder, file: File): Promise<string> {
  const name = await freeName(folder, file.name);
  const handle = await folder.getFileHandle(name, { create: true });
  await file.stream().pipeTo(await handle.createWritable());
  return name;
}

async function freeName(folder: Folder, name: string): Promise<string> {
  const dot = name.lastIndexOf('.');
  const [stem, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${stem} (${number})${end}`;
    const isTaken = await folder.getFileHandle(free).then(
      () => true,
      () => false,
    );
    if (!isTaken) return free;
  }
}
