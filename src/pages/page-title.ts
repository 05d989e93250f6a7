import { useEffect } from 'react';
import { create } from 'zustand';

/** The title of the page that is open; the tab may show another while something is computed. */
export const usePageTitleState = create<{ readonly title: string }>()(() => ({ title: 'Doppelgrid' }));

/** Says what the page is called. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    usePageTitleState.setState({ title });
  }, [title]);
}
