import { create } from 'zustand';

/** Whether the app can be used without a network, and if not, why. */
export type OfflineCopy =
  /** Not looked at yet. */
  | { readonly status: 'starting' }
  | { readonly status: 'none'; readonly reason: NoCopyReason }
  | { readonly status: 'fetching'; readonly fetched: number; readonly total: number }
  /** All files are there. */
  | { readonly status: 'kept'; readonly bytes: number }
  /** The connection asks to save data: files stay when they are used. */
  | { readonly status: 'on-use'; readonly missing: number }
  /** Files are missing that could not be fetched or kept; tried again at the next visit. Null: how many bytes is not known. */
  | { readonly status: 'incomplete'; readonly missing: number | null };

export type NoCopyReason =
  /** Served by Vite, not built. */
  | 'development'
  /** The browser has no service workers, or not for a page without HTTPS. */
  | 'unsupported'
  /** A private session writes nothing. */
  | 'private'
  /** Switched off by the person. */
  | 'off'
  /** The browser would not install the service worker. */
  | 'refused';

/** Of a newer version: `waiting` to take over, or `active` since another tab asked for it. */
export type Update = 'none' | 'waiting' | 'active';

interface OfflineState {
  readonly copy: OfflineCopy;
  readonly update: Update;
}

export const useOffline = create<OfflineState>()(() => ({ copy: { status: 'starting' }, update: 'none' }));

export function showCopy(copy: OfflineCopy): void {
  useOffline.setState({ copy });
}

export function showUpdate(update: Update): void {
  useOffline.setState({ update });
}
