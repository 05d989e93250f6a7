import { ScoreCard } from '../components/card';
import { formatNumber, formatPercent } from '../components/format';
import type { Report } from '../domain/reports';
import { accuracyMeaning, matchesMeaning, shareMeaning, shareReference } from './meanings';

/** The three numbers that sum a report up, each with its reference. */
export function ScoreCards({ report }: { report: Report }) {
  const { accuracy, distances } = report.metrics;
  const overall = accuracyMeaning(accuracy.overall, accuracy.overallMax);
  const share = shareMeaning(distances.dcrShare, distances.dcrShareStandardError);
  const matches = matchesMeaning(distances.imsTraining, distances.imsTrnHol);
  return (
    <div className="grid gap-4 md:grid-cols-3">
      <ScoreCard
        title="Accuracy"
        value={formatPercent(accuracy.overall)}
        reference={`of ${formatPercent(accuracy.overallMax)} for fresh original rows`}
        meaning={overall.sentence}
        tone={overall.tone}
      >
        <Breakdown
          caption="Accuracy by number of columns"
          rows={[
            ['Univariate', formatPercent(accuracy.univariate), of(accuracy.univariateMax)],
            ['Bivariate', formatPercent(accuracy.bivariate), of(accuracy.bivariateMax)],
            ['Trivariate', formatPercent(accuracy.trivariate), of(accuracy.trivariateMax)],
          ]}
        />
      </ScoreCard>
      <ScoreCard
        title="DCR share"
        value={formatPercent(distances.dcrShare)}
        reference={shareReference(report.metrics)}
        meaning={share.sentence}
        tone={share.tone}
      >
        <Breakdown
          caption="Mean distance to the closest record"
          rows={[
            ['Distance to training rows', formatNumber(distances.dcrTraining), ''],
            ['Distance to holdout rows', formatNumber(distances.dcrHoldout), ''],
            ['Training to holdout', '', formatNumber(distances.dcrTrnHol)],
          ]}
        />
      </ScoreCard>
      <ScoreCard
        title="Identical matches"
        value={formatPercent(distances.imsTraining)}
        reference={`original rows among each other: ${formatPercent(distances.imsTrnHol)}`}
        meaning={matches.sentence}
        tone={matches.tone}
      >
        <Breakdown
          caption="Share of rows with an identical row"
          rows={[
            ['Found in training', formatPercent(distances.imsTraining), ''],
            ['Found in holdout', formatPercent(distances.imsHoldout), ''],
            ['Training in holdout', '', formatPercent(distances.imsTrnHol)],
          ]}
        />
      </ScoreCard>
    </div>
  );
}

function of(max: number | null): string {
  return `of ${formatPercent(max)}`;
}

/** The parts of a score: name, value, reference. */
function Breakdown(props: {
  readonly caption: string;
  readonly rows: readonly (readonly [name: string, value: string, reference: string])[];
}) {
  return (
    <table className="mt-auto w-full text-sm">
      <caption className="sr-only">{props.caption}</caption>
      <tbody>
        {props.rows.map(([name, value, reference]) => (
          <tr key={name} className="border-t border-line">
            <th scope="row" className="py-1 text-left font-normal text-ink-soft">
              {name}
            </th>
            <td className="py-1 text-right">
              {value && <span className="whitespace-nowrap font-medium">{value}</span>}{' '}
              {reference && <span className="whitespace-nowrap pl-2 text-ink-soft">{reference}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
