import { expose } from '../../src/threads/rpc';
import { type FileBackend, MemoryBackend } from './backend';
import { FileStore } from './file-store';
import { OpfsBackend } from './opfs-backend';
import type { StorageApi } from './protocol';
import { openSessionFolder } from './session';

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

const store = new FileStore(openBackend);
const ports: MessagePort[] = [];

const api: StorageApi = {
  open: () => store.open(),
  addPeer(port) {
    ports.push(port);
    expose(api, port);
  },
  create: (name, mimeType) => store.create(name, mimeType),
  append: (file, bytes) => store.append(file, bytes),
  close: (file) => store.close(file),
  read: (file) => store.read(file),
  remove: (file) => store.remove(file),
};

expose(api);
