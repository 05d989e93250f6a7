import { create } from 'zustand';
import type { DoppelgridClient } from '../client/api';
import { preferences } from '../client/preferences';
import type { CheckResult } from '../domain/recipe-checks';
import type { SyntheticDataset } from '../domain/synthetic-datasets';

/** Rows that are about to leave although a figure of theirs misses what a person asked for. */
interface AskedExport {
  readonly name: string;
  readonly missed: readonly CheckResult[];
  answer(goesOn: boolean): void;
}

export const useExportGate = create<{ readonly asked: AskedExport | null }>()(() => ({ asked: null }));

/** Whether the rows of a dataset may leave as a file: a person is asked if their report misses a threshold of the settings. */
export async function mayLeave(
  { reports }: Pick<DoppelgridClient, 'reports'>,
  { config, reportId }: Pick<SyntheticDataset, 'config' | 'reportId'>,
): Promise<boolean> {
  const { gates } = preferences.get();
  if (Object.values(gates).every((limit) => limit === null)) return true;
  const { checkResults } = await import('../domain/check-results');
  const report = reports.list().find(({ id }) => id === reportId) ?? null;
  const missed = checkResults(gates, report).filter(({ passed }) => !passed);
  if (missed.length === 0) return true;
  useExportGate.getState().asked?.answer(false);
  return new Promise((resolve) => {
    const answer = (goesOn: boolean) => {
      useExportGate.setState({ asked: null });
      resolve(goesOn);
    };
    useExportGate.setState({ asked: { name: config.name, missed, answer } });
  });
}
