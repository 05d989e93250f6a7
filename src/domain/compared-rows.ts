/** What each figure of a report was computed on, of all there was, and what bounded it. */
import { count } from './evidence-words';
import { countText } from './number-marks';
import { attackedPanel } from './privacy-tests';
import { ReportLimits } from './report-limits';
import type { WholeReport } from './reports';
import { settingsOf } from './setting';

/** [what, compared, limit] */
export type ComparedLine = readonly [what: string, compared: string, limit: string];

export const COMPARED = 'What was compared';
export const COMPARED_ABOUT =
  'Rows, people and triples that figures are computed on, drawn at random where there are more. Limits bound time and memory; they can be changed.';
export const COMPARED_HEAD = ['Figure', 'Computed on', 'At most'] as const;

const TITLES = new Map(settingsOf(ReportLimits).map(({ name, title }) => [name, title]));

/** Lines of the table; those of figures that were not computed are left out. */
export function comparedLines(report: WholeReport): ComparedLine[] {
  const { rows, limits, likeness, bivariate, bivariateScores } = report;
  const columns = report.univariate.length;
  const all = rows.holdout > 0 ? Math.min(rows.training, rows.holdout) : rows.training;
  const limit = (name: keyof ReportLimits, also = '') =>
    limits ? `${countText(limits[name])} (${TITLES.get(name)!.toLowerCase()})${also}` : 'not recorded';
  const some = (taken: number, of: number, noun: string) =>
    taken < of ? `${countText(taken)} of ${count(of, noun)}` : `all ${count(of, noun)}`;
  const triples = (columns * (columns - 1) * (columns - 2)) / 6;
  const lines: ComparedLine[] = [
    [
      'Accuracies, correlations, statistics',
      `all ${countText(rows.training + rows.holdout)} original and ${countText(rows.synthetic)} synthetic rows`,
      'no limit',
    ],
  ];
  if (triples > 0 && report.trivariateScores.length > 0)
    lines.push([
      'Triples of columns',
      some(report.trivariateScores.length, triples, 'triple'),
      limit('triples'),
    ]);
  if (bivariateScores.length > 0)
    lines.push([
      'Maps of pairs',
      some(bivariate.length, bivariateScores.length, 'pair'),
      '300 pairs; all have figures',
    ]);
  if (report.distances)
    lines.push([
      'Distances',
      `${some(report.distanceRows, Math.min(all, rows.synthetic), 'row')} of each set`,
      limit('distanceRows', ', fewer of many columns'),
    ]);
  if (report.metrics.similarity && likeness?.discriminatorRows !== undefined)
    lines.push([
      'Discriminator',
      `${some(likeness.discriminatorRows, report.distanceRows, 'row')} of each set`,
      limit('treeRows', ', fewer of many columns'),
    ]);
  const useful = likeness?.usefulness?.[0];
  if (useful)
    lines.push([
      'Usefulness',
      `learned of ${some(useful.rows.learned, Math.min(rows.training, rows.synthetic), 'row')} of each kind, ${countText(useful.rows.predicted)} predicted`,
      limit('treeRows', ', fewer of many columns'),
    ]);
  if (likeness?.detection)
    lines.push([
      'Detection',
      `${some(likeness.detection.rows, Math.min(all, rows.synthetic), 'row')} of each set`,
      limit('treeRows', ', half as many, fewer of many columns'),
    ]);
  if (likeness?.sdmetrics?.pairRows !== undefined)
    lines.push([
      'Pairs of SDMetrics',
      some(likeness.sdmetrics.pairRows, rows.training, 'training row'),
      '8,000,000 cells of a set',
    ]);
  const panel = attackedPanel(report.privacyTests);
  if (panel)
    lines.push([
      'Membership attacks',
      `${countText(panel.people)} people of each kind; the attacker has ${some(panel.rows.synthetic, rows.synthetic, 'synthetic row')} and ${countText(panel.rows.reference)} unseen ones`,
      `${limit('attackedPeople')}, ${limit('distanceRows')}`,
    ]);
  const { inference, linkability } = report.privacyTests?.criteria ?? {};
  const guessed = [
    ...(inference ? [`inference ${countText(inference.people)}`] : []),
    ...(linkability ? [`linkability ${countText(linkability.people)}`] : []),
  ];
  if (guessed.length > 0)
    lines.push([
      'Criteria of WP216',
      `people of each kind: ${guessed.join(', ')}`,
      `${limit('attackedPeople')}; 8/3 and 2/3 of it`,
    ]);
  return lines;
}
