import { create } from 'zustand';
import type { DoppelgridClient } from '../client/api';
import { preferences } from '../client/preferences';
import { auditStateOf } from '../domain/model-audit';
import type { CheckResult } from '../domain/recipe-checks';
import type { SyntheticDataset } from '../domain/synthetic-datasets';

/** Rows, or a model, that are about to leave although a figure of theirs misses what a person asked for. */
interface AskedExport {
  readonly what: 'rows' | 'generator';
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
  return isAccepted('rows', config.name, checkResults(gates, report));
}

/**
 * Whether a generator may leave as a file: a person is asked if the audit of its model misses the verdict that the settings
 * ask for. One that was not audited yet is, before it is asked for.
 */
export async function mayLeaveAsModel(
  { generators }: Pick<DoppelgridClient, 'generators'>,
  id: string,
): Promise<boolean> {
  const { minVerdict } = preferences.get().gates;
  if (minVerdict === null) return true;
  await generators.audit(id);
  const { auditResults } = await import('../domain/check-results');
  const { config, audit } = generators.get(id);
  return isAccepted('generator', config.name, auditResults(minVerdict, audit && auditStateOf(audit)));
}

async function isAccepted(
  what: AskedExport['what'],
  name: string,
  results: readonly CheckResult[],
): Promise<boolean> {
  const missed = results.filter(({ passed }) => !passed);
  if (missed.length === 0) return true;
  useExportGate.getState().asked?.answer(false);
  return new Promise((resolve) => {
    const answer = (goesOn: boolean) => {
      useExportGate.setState({ asked: null });
      resolve(goesOn);
    };
    useExportGate.setState({ asked: { what, name, missed, answer } });
  });
}
