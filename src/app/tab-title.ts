import { useEffect } from 'react';
import { useResources } from '../pages/client-context';
import { tabTitle } from '../pages/job-words';
import { usePageTitleState } from '../pages/page-title';

/** The title of the tab: the page's, or how far what runs is. */
export function TabTitle(): null {
  const { jobs } = useResources();
  const title = tabTitle(usePageTitleState().title, jobs);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
