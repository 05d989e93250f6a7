import { newId } from '../../src/domain/ids';
import { expose } from '../../src/threads/rpc';
import { MemoryBackend, OpfsBackend } from './file-backends';
import { DexieRecords, MemoryRecords } from './records';
import { tryWriting } from './try-writing';
import { type Stores, Workspace } from './workspace';

const PAGE = newId();
const FOLDER = 'doppelgrid';
const REFUSED =
  'This browser keeps nothing for this page: it refuses its storage, as in some private windows. All is gone when the page is closed.';

async function openStores(isPrivate: boolean): Promise<Stores> {
  const inMemory = { records: new MemoryRecords(), bytes: new MemoryBackend() };
  if (isPrivate) return { ...inMemory, refusal: null };
  try {
    const root = await navigator.storage.getDirectory();
    const bytes = new OpfsBackend(await root.getDirectoryHandle(FOLDER, { create: true }));
    // Pages that open at once use files of their own.
    await tryWriting(bytes, `probe-${PAGE}`);
    return { records: await DexieRecords.open(PAGE), bytes, refusal: null };
  } catch {
    return { ...inMemory, refusal: REFUSED };
  }
}

expose(
  new Workspace({
    page: PAGE,
    openStores,
    locks: navigator.locks,
    estimate: () => navigator.storage.estimate(),
  }),
);
