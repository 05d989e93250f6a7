import { ScoreCard } from '../components/card';
import { formatPercent } from '../components/format';
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
        <table className="mt-3 w-full text-sm">
          <caption className="sr-only">Accuracy by number of columns</caption>
          <tbody>
            {(
              [
                ['Single columns', accuracy.univariate, accuracy.univariateMax],
                ['Pairs', accuracy.bivariate, accuracy.bivariateMax],
                ['Triples', accuracy.trivariate, accuracy.trivariateMax],
              ] as const
            ).map(([name, value, max]) => (
              <tr key={name} className="border-t border-line">
                <th scope="row" className="py-1 text-left font-normal text-ink-soft">
                  {name}
                </th>
                <td className="py-1 text-right font-medium">{formatPercent(value)}</td>
                <td className="py-1 pl-3 text-right text-ink-soft">of {formatPercent(max)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScoreCard>
      <ScoreCard
        title="DCR share"
        value={formatPercent(distances.dcrShare)}
        reference={shareReference(report.metrics)}
        meaning={share.sentence}
        tone={share.tone}
      />
      <ScoreCard
        title="Identical matches"
        value={formatPercent(distances.imsTraining)}
        reference={`original rows among each other: ${formatPercent(distances.imsTrnHol)}`}
        meaning={matches.sentence}
        tone={matches.tone}
      />
    </div>
  );
}
