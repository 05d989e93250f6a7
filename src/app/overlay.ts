import { create } from 'zustand';

/** What is open above the page, whichever page it is. */
export const useOverlay = create<{ readonly open: 'commands' | 'shortcuts' | 'network' | null }>()(() => ({
  open: null,
}));

/** Opens one, in the stead of another; null closes. */
export function openOverlay(open: 'commands' | 'shortcuts' | 'network' | null): void {
  useOverlay.setState({ open });
}
