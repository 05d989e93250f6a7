import { useCallback, useEffect, useState } from 'react';
import type { WorkspaceUsage } from '../client/api';
import { FILES_OF } from '../domain/records';
import { type Resources, useClient, useLoaded, useResources } from './client-context';

/**
 * What is kept, measured again when files come or go; the last measure while that is done.
 * @returns the sentence of the error where it cannot be told; null before it is
 */
export function useUsage(): WorkspaceUsage | string | null {
  const client = useClient();
  // Progress changes resources several times a second, and their files at its end.
  const named = namedFiles(useResources()).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const loaded = useLoaded(useCallback(() => client.workspace.usage(), [client, named]));
  const [last, setLast] = useState<WorkspaceUsage | string | null>(null);
  useEffect(() => {
    if (loaded !== null) setLast(loaded);
  }, [loaded]);
  return loaded ?? last;
}

/** Ids of all files that are named; another list of them is another use of the disk. */
function namedFiles({ sources, generators, datasets, reports }: Resources): string[] {
  return [
    ...sources.flatMap(FILES_OF.source),
    ...generators.flatMap(FILES_OF.generator),
    ...datasets.flatMap(FILES_OF['synthetic-dataset']),
    ...reports.flatMap(FILES_OF.report),
  ];
}
