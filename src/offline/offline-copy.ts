import { fetchAhead, whileAlone } from './fetch-ahead';
import { FILES_CACHE, SERVICE_WORKER_FILE } from './names';
import { type NoCopyReason, showCopy, showUpdate } from './state';
import { markOpen } from './tabs';
import { watchUpdates, whenActive } from './updates';

/** Where a person's "off" stays. */
const SWITCH = 'doppelgrid-offline';

/** A new version is asked for this often in a tab that stays open. */
const UPDATE_INTERVAL_MS = 3_600_000;

/** The first screen comes first: files are fetched when the browser has nothing to do, or after this time. */
const MAX_WAIT_MS = 5_000;

let takeOver: () => void = () => location.reload();
let updates: ReturnType<typeof setInterval> | undefined;
let fetching = new AbortController();

/**
 * Called once per page: installs the service worker when the page is at rest and fetches the app's files ahead.
 * @param isPrivate nothing may be written
 */
export function startOfflineCopy(isPrivate: boolean): void {
  markOpen();
  const reason = reasonAgainst(isPrivate);
  if (reason !== null) {
    showCopy({ status: 'none', reason });
    // The worker serves the pages that were open when it was removed, and may have kept files for them.
    if (reason === 'off') void removeOfflineCopy();
  } else if (document.readyState === 'complete') whenIdle(install);
  else window.addEventListener('load', () => whenIdle(install), { once: true });
}

/** Reloads the page with the newer version. */
export function updateNow(): void {
  takeOver();
}

/** Fetches all files now, also over a connection that asks to save data. */
export function fetchAllNow(): void {
  void fetchAhead({ sparingly: false, signal: fetching.signal });
}

/** Keeps the app for use without a network from now on, or removes it and keeps nothing any more. */
export async function keepOfflineCopy(on: boolean): Promise<void> {
  storeSwitch(on);
  fetching.abort();
  if (on) {
    fetching = new AbortController();
    showCopy({ status: 'starting' });
    return install();
  }
  showCopy({ status: 'none', reason: 'off' });
  await removeOfflineCopy();
}

/** Removes the service worker and every file it kept. The page goes on with what it has loaded. */
export async function removeOfflineCopy(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  fetching.abort();
  const base = new URL('./', document.baseURI).href;
  const registration = await navigator.serviceWorker.getRegistration(base);
  if (registration?.scope === base) await registration.unregister();
  await whileAlone(async () => {
    // Other apps of the origin may have caches too: Workbox puts the scope in the name.
    const installed = (await caches.keys()).filter(
      (name) => name.startsWith('workbox-') && name.endsWith(base),
    );
    await Promise.all(installed.map((name) => caches.delete(name)));
    const files = await caches.open(FILES_CACHE);
    const own = (await files.keys()).filter(({ url }) => url.startsWith(base));
    await Promise.all(own.map((request) => files.delete(request)));
    if ((await files.keys()).length === 0) await caches.delete(FILES_CACHE);
  });
}

function reasonAgainst(isPrivate: boolean): NoCopyReason | null {
  if (import.meta.env.DEV) return 'development';
  if (!('serviceWorker' in navigator)) return 'unsupported';
  if (isPrivate) return 'private';
  return isSwitchedOff() ? 'off' : null;
}

async function install(): Promise<void> {
  const { serviceWorker } = navigator;
  try {
    const registration = await serviceWorker.register(new URL(SERVICE_WORKER_FILE, document.baseURI));
    takeOver = watchUpdates(serviceWorker, registration, showUpdate, () => location.reload());
    clearInterval(updates);
    updates = setInterval(() => registration.update().catch(() => undefined), UPDATE_INTERVAL_MS);
    await whenActive(registration);
  } catch {
    return showCopy({ status: 'none', reason: 'refused' });
  }
  await fetchAhead({ sparingly: isSavingData(), signal: fetching.signal });
}

/** Chromium tells when a person asked their browser to save data (https://wicg.github.io/savedata/). */
function isSavingData(): boolean {
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}

function whenIdle(work: () => Promise<void>): void {
  const begin = () => void work();
  if ('requestIdleCallback' in window) requestIdleCallback(begin, { timeout: MAX_WAIT_MS });
  else setTimeout(begin, MAX_WAIT_MS);
}

function isSwitchedOff(): boolean {
  try {
    return localStorage.getItem(SWITCH) === 'off';
  } catch {
    return false;
  }
}

function storeSwitch(on: boolean): void {
  try {
    if (on) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, 'off');
  } catch {
    // Storage may be refused; the choice then lasts as long as the page.
  }
}
