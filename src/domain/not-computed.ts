/** What a report on files leaves out, and why. */
import type { ColumnProfile } from './columns';
import type { WholeReport } from './reports';

/** Below these sizes figures are mostly chance (docs/metrics.md, Which rows are compared). */
const FEW_ROWS = 100;

type Profile = Pick<ColumnProfile, 'name' | 'rowCount' | 'nullCount' | 'distinctCount'>;

/**
 * Sentences, most important first; empty = everything was computed.
 * @param profiles of the original's columns
 * @param synthetic the same of the synthetic file; null = not known
 */
export function notComputed(
  report: Pick<WholeReport, 'holdout' | 'rows' | 'univariate'>,
  profiles: readonly Profile[],
  synthetic: readonly Profile[] | null,
): string[] {
  const { holdout, rows, univariate } = report;
  const compared = new Set(univariate.map(({ column }) => column));
  const own = profiles.filter(({ name }) => compared.has(name));
  const empty = own.filter(isEmpty).map(({ name }) => name);
  const constant = own
    .filter(({ distinctCount, nullCount }) => distinctCount === 1 && nullCount === 0)
    .map(({ name }) => name);
  const emptied = (synthetic ?? []).filter((profile) => isEmpty(profile) && compared.has(profile.name));
  const newlyEmpty = emptied.map(({ name }) => name).filter((name) => !empty.includes(name));
  const few = (['training', 'holdout', 'synthetic'] as const).filter(
    (set) => rows[set] > 0 && rows[set] < FEW_ROWS,
  );
  return [
    ...(holdout === 'none'
      ? [
          'DCR share, and copies beyond chance: there is no holdout. How near rows lie to those trained on says nothing without rows that the generator never saw.',
        ]
      : []),
    ...(few.length > 0
      ? [
          `Figures to rely on: there are ${few.map((set) => `${rows[set]} ${set} rows`).join(' and ')}, and below ${FEW_ROWS} most of what is measured is chance.`,
        ]
      : []),
    ...(compared.size === 1
      ? ['Bivariate and trivariate accuracy: there is one column to compare.']
      : compared.size === 2
        ? ['Trivariate accuracy: there are two columns to compare.']
        : []),
    ...columnSentence(constant, 'one value in the original, so that no relation with it can be measured'),
    ...columnSentence(empty, 'no value in the original, so that only empty cells can be compared'),
    ...columnSentence(newlyEmpty, 'no value in the synthetic rows, so that only empty cells can be compared'),
  ];
}

function isEmpty({ rowCount, nullCount }: Profile): boolean {
  return rowCount > 0 && nullCount === rowCount;
}

function columnSentence(names: readonly string[], what: string): string[] {
  if (names.length === 0) return [];
  const has = names.length === 1 ? 'has' : 'have';
  return [`Relations of ${names.map((name) => `“${name}”`).join(', ')}: ${has} ${what}.`];
}
