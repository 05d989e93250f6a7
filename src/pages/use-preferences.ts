import { useSyncExternalStore } from 'react';
import { preferences } from '../client/preferences';
import type { Preferences } from '../domain/preferences';

/** What the person chose for the app itself; renders again when it changes. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(preferences.subscribe, preferences.get);
}
