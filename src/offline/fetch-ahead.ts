import { compareWithCache, OfflineFiles, totalBytes } from './files';
import { FILES_CACHE, OFFLINE_FILES_FILE } from './names';
import { showCopy } from './state';
import { countTabs } from './tabs';

/** One tab fetches, the others wait and find everything there. */
const LOCK = 'doppelgrid-offline-files';

/** A file that was read to its end is looked for in the cache so often, and so far apart. */
const LOOKS = 50;
const LOOK_INTERVAL_MS = 200;

/**
 * Fetches what is missing of the app's files, so that the whole job works without a network, and drops those of earlier
 * versions. Tells the state as it goes.
 * @param options.sparingly fetch nothing: the connection asks to save data
 */
export async function fetchAhead({ sparingly }: { readonly sparingly: boolean }): Promise<void> {
  await navigator.locks.request(LOCK, async () => {
    const base = new URL('./', document.baseURI).href;
    const cache = await caches.open(FILES_CACHE);
    const cached = (await cache.keys()).map(({ url }) => url);
    let files: OfflineFiles;
    try {
      files = await readList(base);
    } catch {
      showCopy({ status: 'incomplete', missing: null });
      return;
    }
    const { missing, outdated } = compareWithCache(files, base, cached);
    // Another tab may still run the version that these are of.
    if ((await countTabs()).open <= 1) await Promise.all(outdated.map((address) => cache.delete(address)));
    const total = totalBytes(files);
    let left = totalBytes(missing);
    if (missing.length > 0 && sparingly) return showCopy({ status: 'on-use', missing: left });
    try {
      for (const { path, bytes } of missing) {
        showCopy({ status: 'fetching', fetched: total - left, total });
        await keep(cache, new URL(path, base).href);
        left -= bytes;
      }
      showCopy({ status: 'kept', bytes: total });
    } catch {
      showCopy({ status: 'incomplete', missing: left });
    }
  });
}

async function readList(base: string): Promise<OfflineFiles> {
  const response = await fetch(new URL(OFFLINE_FILES_FILE, base));
  return OfflineFiles.parse(await response.json());
}

/** @throws Error if the file could not be fetched or kept */
async function keep(cache: Cache, address: string): Promise<void> {
  const response = await fetch(address, { priority: 'low' });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  // The service worker keeps what passes it; before it has taken over, the page does.
  if (!navigator.serviceWorker.controller) return cache.put(address, response);
  await response.body?.pipeTo(new WritableStream());
  for (let look = 0; look < LOOKS; look++) {
    if (await cache.match(address)) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
  }
  throw new Error(`${address} was not kept.`);
}
