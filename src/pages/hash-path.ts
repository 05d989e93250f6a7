import { useSyncExternalStore } from 'react';
import { navigate, useHashLocation } from 'wouter/use-hash-location';

/** Where the app is, for the router: the hash without its query, which a page reads on its own. */
export function useHashPath(): [string, typeof navigate] {
  const [location] = useHashLocation();
  return [location.split('?')[0]!, goTo];
}
useHashPath.hrefs = (href: string) => `#${href}`;

/** The router's own way writes a query before the hash, where it belongs to every page. */
function goTo(to: string, options?: { readonly replace?: boolean }): void {
  if (!to.includes('?')) navigate(to, options);
  else if (options?.replace) location.replace(`#${to}`);
  else location.hash = to;
}

/** The query behind the path in the hash, without its question mark; renders again when it changes. */
export function useHashQuery(): string {
  return useSyncExternalStore(subscribe, () => location.hash.split('?')[1] ?? '');
}

/**
 * Writes the query of the page that is open.
 * @param replace the step back leads to what was before it
 */
export function setHashQuery(query: string, replace: boolean): void {
  const path = location.hash.split('?')[0]!;
  history[replace ? 'replaceState' : 'pushState'](
    history.state,
    '',
    query === '' ? path : `${path}?${query}`,
  );
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
