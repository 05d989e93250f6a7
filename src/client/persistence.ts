/**
 * Whether the browser keeps the data of this site when the disk is full. Only a window may ask, not a worker
 * (https://developer.mozilla.org/docs/Web/API/StorageManager/persist).
 */
export async function isPersisted(): Promise<boolean> {
  return (await navigator.storage?.persisted?.()) ?? false;
}

/** Asks the browser to; it may ask the person. */
export async function persist(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false;
}
