/**
 * What the tabs of this app know of each other: each holds a shared lock while it is open, and one while something is
 * being computed in it. Locks go with their tab, also in a crash.
 */
const OPEN = 'doppelgrid-tab';
const BUSY = 'doppelgrid-busy';

export interface Tabs {
  readonly open: number;
  readonly busy: number;
}

/** Marks this tab as open, for as long as it lives. */
export function markOpen(): void {
  hold(OPEN);
}

/** Marks this tab as busy until the returned function is called. */
export function markBusy(): () => void {
  return hold(BUSY);
}

/** How many tabs are open, and busy, this one included. */
export async function countTabs(): Promise<Tabs> {
  const locks = lockManager();
  if (!locks) return { open: 1, busy: 0 };
  const { held = [] } = await locks.query();
  const count = (name: string) => held.filter((lock) => lock.name === name).length;
  return { open: count(OPEN), busy: count(BUSY) };
}

function hold(name: string): () => void {
  const locks = lockManager();
  if (!locks) return () => undefined;
  const controller = new AbortController();
  const { signal } = controller;
  const held = () =>
    new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve());
    });
  // The signal is not given along: it would reject a request that was granted in the meantime.
  locks.request(name, { mode: 'shared' }, held).catch(() => undefined);
  return () => controller.abort();
}

/** Null where there are no locks: older browsers, pages without HTTPS. */
function lockManager(): LockManager | null {
  return (navigator as { readonly locks?: LockManager | null }).locks ?? null;
}
