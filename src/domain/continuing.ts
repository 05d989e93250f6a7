import type { Generator } from './generators';
import { capabilitiesOf } from './model-configuration';
import { onlyTable } from './only-table';
import { crossFits } from './row-plan';
import type { Source } from './sources';
import { compareTables } from './version-differences';

/**
 * Why a trained model cannot be trained further; null = it can.
 * @param before the version of the source that it was trained on; null = it is gone
 * @param after the version to train on; null = the source is gone
 * @param missing what to say of an imported generator whose source is not here
 */
export function whyNotContinued(
  generator: Pick<Generator, 'config' | 'tables' | 'trainingStatus' | 'summary'>,
  before: Source | null,
  after: Source | null,
  missing?: string,
): string | null {
  const { config, trainingStatus, summary } = generator;
  const table = onlyTable(config);
  const { tabularModelConfiguration: settings } = table;
  const { differentialPrivacy, continues } = capabilitiesOf(settings);
  if (trainingStatus !== 'DONE') return 'It has no trained model yet. Train it first.';
  if (differentialPrivacy)
    return 'A differentially private model has spent its budget in one training. Clone it as new, with a budget of its own.';
  if (!continues) return 'A model of this kind is fitted at once. Clone it as new.';
  if (!after) return missing ?? 'Its source was deleted. Bring the file in and train a new generator.';
  const training = summary?.rows.training ?? 0;
  const { subject, columns } = onlyTable(generator);
  const subjects = subject ? training / subject.rowsEach : training;
  if (crossFits(subjects, settings.privacyGuard))
    return 'So few rows are learned anew in seconds. Clone it as new.';
  if (onlyTable(after).id === table.tableId) return null;
  if (!before)
    return 'The version it was trained on was removed, so nobody can say which rows it was not to see. Clone it as new.';
  const { missing: lost, retyped } = compareTables(onlyTable(before), onlyTable(after));
  const used = new Set([
    ...columns.filter(({ decision }) => decision.role !== 'excluded').map(({ name }) => name),
    ...(subject?.columns ?? []),
  ]);
  const gone = lost.filter((name) => used.has(name));
  const changed = retyped.filter(({ name }) => used.has(name));
  if (gone.length + changed.length === 0) return null;
  const what = [
    ...gone.map((name) => `“${name}” is missing`),
    ...changed.map(({ name, before: was, after: is }) => `“${name}” is ${is} and was ${was}`),
  ];
  const shown = what.slice(0, 4).join(', ');
  return `The model has learned other columns: ${shown}${what.length > 4 ? ' …' : ''}. Clone it as new on this version, or bring in a file with the same columns.`;
}
