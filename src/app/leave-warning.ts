import { useEffect } from 'react';
import { isUnderWay } from '../domain/job';
import { useActivity } from '../pages/actions';
import { useResources } from '../pages/client-context';

/** Lets the browser ask before the tab is closed while something is being computed. */
export function LeaveWarning(): null {
  const { generators, datasets } = useResources();
  const importing = useActivity((activity) => activity.importing !== null);
  const busy =
    importing ||
    generators.some(({ trainingStatus }) => isUnderWay(trainingStatus)) ||
    datasets.some(({ generationStatus }) => isUnderWay(generationStatus));
  useEffect(() => {
    if (!busy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [busy]);
  return null;
}
