import { isUnderWay } from '../domain/job';
import { useActivity } from '../pages/actions';
import { useResources } from '../pages/client-context';

/** Whether this tab reads, trains or generates something. */
export function useBusy(): boolean {
  const { generators, datasets } = useResources();
  const importing = useActivity((activity) => activity.importing !== null);
  return (
    importing ||
    generators.some(({ trainingStatus }) => isUnderWay(trainingStatus)) ||
    datasets.some(({ generationStatus }) => isUnderWay(generationStatus))
  );
}
