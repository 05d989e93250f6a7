import { create } from 'zustand';

/** What this page asked the network for, and what its policy stopped. */
interface NetworkState {
  /** Requests per origin. */
  readonly requests: ReadonlyMap<string, number>;
  /** Attempts the content security policy refused, newest last, at most 20. */
  readonly violations: readonly string[];
  readonly violationCount: number;
}

export const useNetwork = create<NetworkState>()(() => ({
  requests: new Map(),
  violations: [],
  violationCount: 0,
}));

/** Starts counting; called once, before anything else is loaded. */
export function watchNetwork(): void {
  new PerformanceObserver((list) => {
    const requests = new Map(useNetwork.getState().requests);
    for (const { name } of list.getEntries()) {
      const origin = originOf(name);
      requests.set(origin, (requests.get(origin) ?? 0) + 1);
    }
    useNetwork.setState({ requests });
  }).observe({ type: 'resource', buffered: true });
  document.addEventListener('securitypolicyviolation', (event) => {
    useNetwork.setState(({ violations, violationCount }) => ({
      violations: [...violations, `${event.effectiveDirective}: ${event.blockedURI}`].slice(-20),
      violationCount: violationCount + 1,
    }));
  });
}

function originOf(address: string): string {
  const { origin, protocol } = new URL(address, document.baseURI);
  return origin === 'null' ? `${protocol} (inside the page)` : origin;
}

/** Whether an origin of `requests` is this app itself. */
export function isOwn(origin: string): boolean {
  return origin === window.location.origin || origin.includes('inside the page');
}
