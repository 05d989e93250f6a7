/** What the browser says of the disk space of this origin. */
export interface BrowserStorage {
  /** Bytes in use by everything of this origin: files, records, the copy of the app for use offline. */
  readonly usage: number;
  /** Bytes that the browser would give. */
  readonly quota: number;
  /** True: the browser asks before it clears this when the disk runs full. */
  readonly persisted: boolean;
  /** There is a private file system; without it files are kept in memory. */
  readonly hasFiles: boolean;
}

/** Null where the browser does not tell, as for pages without HTTPS. */
export async function readBrowserStorage(): Promise<BrowserStorage | null> {
  if (!('storage' in navigator)) return null;
  const { storage } = navigator;
  const [{ usage = 0, quota = 0 }, persisted, hasFiles] = await Promise.all([
    storage.estimate(),
    storage.persisted().catch(() => false),
    opens(storage),
  ]);
  return { usage, quota, persisted, hasFiles };
}

async function opens(storage: StorageManager): Promise<boolean> {
  try {
    await storage.getDirectory();
    return true;
  } catch {
    return false;
  }
}

/** Whether the browser has promised to keep the data of this site when the disk is full. */
export async function isPersisted(): Promise<boolean> {
  return (await navigator.storage?.persisted?.()) ?? false;
}

/**
 * Asks the browser to; it may ask the person. Only a window may, not a worker
 * (https://developer.mozilla.org/docs/Web/API/StorageManager/persist).
 */
export async function persist(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false;
}

/** Asks for it after a result, where what is made is kept. Browsers that ask the person do so once. */
export async function persistResult({ isKept }: { isKept(): Promise<boolean> }): Promise<void> {
  if (await isKept()) void persist().catch(() => undefined);
}
