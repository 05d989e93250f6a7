/** What this page asked the network for, by origin; how often its policy stopped something. */
export interface NetworkState {
  /** Requests per origin; the page's own first. */
  readonly origins: readonly { readonly origin: string; readonly requests: number; readonly own: boolean }[];
  /** Attempts the content security policy refused, newest last, at most 20. */
  readonly violations: readonly string[];
  readonly violationCount: number;
}

const counts = new Map<string, number>();
const listeners = new Set<() => void>();
let violations: string[] = [];
let violationCount = 0;
let snapshot: NetworkState | null = null;

/** Starts counting; called once, before anything else is loaded. */
export function watchNetwork(): void {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) countRequest(entry.name);
    changed();
  }).observe({ type: 'resource', buffered: true });
  document.addEventListener('securitypolicyviolation', (event) => {
    violationCount += 1;
    violations = [...violations, `${event.effectiveDirective}: ${event.blockedURI}`].slice(-20);
    changed();
  });
}

function countRequest(address: string): void {
  const { origin, protocol } = new URL(address, document.baseURI);
  const key = origin === 'null' ? `${protocol} (inside the page)` : origin;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function changed(): void {
  snapshot = null;
  for (const listener of listeners) listener();
}

/** For `useSyncExternalStore`. */
export function subscribeNetwork(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The state now; the same object until something changes. */
export function networkState(): NetworkState {
  snapshot ??= {
    origins: [...counts]
      .map(([origin, requests]) => ({
        origin,
        requests,
        own: origin === window.location.origin || origin.includes('inside the page'),
      }))
      .sort((a, b) => Number(b.own) - Number(a.own) || b.requests - a.requests),
    violations,
    violationCount,
  };
  return snapshot;
}
