import { VERSION } from './version';

/** What the engine remembers of its races between backends, kept for the next visit. Other versions race anew. */
const KEY = 'doppelgrid-races';
const PREFIX = `${VERSION} `;

/** The engine's text of the last visit; null where there is none or storage is refused. */
export function storedRaces(): string | null {
  try {
    const stored = localStorage.getItem(KEY);
    return stored?.startsWith(PREFIX) ? stored.slice(PREFIX.length) : null;
  } catch {
    return null;
  }
}

export function keepRaces(text: string): void {
  try {
    localStorage.setItem(KEY, PREFIX + text);
  } catch {
    // Storage may be refused or full; the races are then run again at the next visit.
  }
}
