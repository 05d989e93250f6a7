import type { ConnectorTarget } from '../../client/connectors/connectors-api';
import type { ConnectorType } from '../../domain/connectors';

interface Pickers {
  showDirectoryPicker?: (options: object) => Promise<FileSystemDirectoryHandle>;
  showOpenFilePicker?: (options: object) => Promise<FileSystemFileHandle[]>;
}

/** Whether the browser gives lasting access to what a connector of the type leads to: Chromium does. */
export function givesAccess(type: ConnectorType): boolean {
  const { showDirectoryPicker, showOpenFilePicker } = globalThis as Pickers;
  return typeof (type === 'FOLDER' ? showDirectoryPicker : showOpenFilePicker) === 'function';
}

/** Asks for a folder or the file of a database, once a person has clicked. @returns null if they choose none */
export async function chooseTarget(type: ConnectorType, isWritten: boolean): Promise<ConnectorTarget | null> {
  const pickers = globalThis as Pickers;
  const mode = isWritten ? 'readwrite' : 'read';
  try {
    if (type === 'FOLDER') return (await pickers.showDirectoryPicker?.({ id: 'connectors', mode })) ?? null;
    return (await pickers.showOpenFilePicker?.({ id: 'connectors' }))?.[0] ?? null;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}
