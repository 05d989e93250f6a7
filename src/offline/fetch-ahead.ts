import { compareWithCache, OfflineFiles, totalBytes } from './files';
import { FILES_CACHE, OFFLINE_FILES_FILE } from './names';
import { showCopy } from './state';
import { countTabs } from './tabs';

/** One tab at a time changes the cache: the others wait and find everything there. */
const LOCK = 'doppelgrid-offline-files';

/** A file that was read to its end is looked for in the cache so often, and so far apart. */
const LOOKS = 400;
const LOOK_INTERVAL_MS = 25;

/**
 * Fetches what is missing of the app's files, so that the whole job works without a network, and drops those of earlier
 * versions. Tells the state as it goes.
 * @param options.sparingly fetch nothing: the connection asks to save data
 * @param options.signal ends it where it is, and nothing more is told
 */
export async function fetchAhead(options: {
  readonly sparingly: boolean;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { sparingly, signal } = options;
  await whileAlone(async () => {
    if (signal.aborted) return;
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
        if (signal.aborted) return;
        showCopy({ status: 'fetching', fetched: total - left, total });
        await keep(cache, new URL(path, base).href);
        left -= bytes;
      }
      if (!signal.aborted) showCopy({ status: 'kept', bytes: total });
    } catch {
      if (!signal.aborted) showCopy({ status: 'incomplete', missing: left });
    }
  });
}

/** Runs work that changes the cache while no other tab does. */
export async function whileAlone(work: () => Promise<void>): Promise<void> {
  await navigator.locks.request(LOCK, work);
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
