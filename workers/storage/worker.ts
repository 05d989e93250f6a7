import { expose } from '../../src/threads/rpc';
import { type FileBackend, MemoryBackend, OpfsBackend } from './file-backends';
import { FileStore } from './file-store';
import { openSessionFolder } from './session-folder';

async function openBackend(): Promise<FileBackend> {
  try {
    const backend = new OpfsBackend(
      await openSessionFolder(navigator.storage, navigator.locks, crypto.randomUUID()),
    );
    // Some browsers hand out the folder and refuse only the writing.
    await backend.create('probe');
    await backend.remove('probe');
    return backend;
  } catch {
    return new MemoryBackend();
  }
}

expose(new FileStore(openBackend));
