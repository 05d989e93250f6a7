import { formatNumber, formatPercent } from '../components/format';
import type { Report } from '../domain/reports';
import { NOTHING_COMPARED } from '../domain/unlearned-words';
import { accuracyMeaning, type Meaning, matchesMeaning, shareMeaning, shareReference } from './meanings';

/** The three numbers that sum a report up, each with its reference. */
export function ScoreCards({ report: { metrics, columns } }: { report: Report }) {
  if (columns === 0) return <p className="text-sm">{NOTHING_COMPARED}</p>;
  const { accuracy: a, distances: d } = metrics;
  const of = (max: number | null) => `of ${formatPercent(max)}`;
  return (
    <div className="grid gap-4 md:grid-cols-3">
      <ScoreCard
        title="Accuracy"
        value={formatPercent(a.overall)}
        reference={`${of(a.overallMax)} for fresh original rows`}
        meaning={accuracyMeaning(a.overall, a.overallMax)}
        caption="Accuracy by number of columns"
        parts={[
          ['Univariate', formatPercent(a.univariate), of(a.univariateMax)],
          ['Bivariate', formatPercent(a.bivariate), of(a.bivariateMax)],
          ['Trivariate', formatPercent(a.trivariate), of(a.trivariateMax)],
        ]}
      />
      <ScoreCard
        title="DCR share"
        value={formatPercent(d.dcrShare)}
        reference={shareReference(metrics)}
        meaning={shareMeaning(d.dcrShare, d.dcrShareStandardError)}
        caption="Mean distance to the closest record"
        parts={[
          ['Distance to training rows', formatNumber(d.dcrTraining), ''],
          ['Distance to holdout rows', formatNumber(d.dcrHoldout), ''],
          ['Training to holdout', '', formatNumber(d.dcrTrnHol)],
        ]}
      />
      <ScoreCard
        title="Identical matches"
        value={formatPercent(d.imsTraining)}
        reference={`original rows among each other: ${formatPercent(d.imsTrnHol)}`}
        meaning={matchesMeaning(d.imsTraining, d.imsTrnHol)}
        caption="Share of rows with an identical row"
        parts={[
          ['Found in training', formatPercent(d.imsTraining), ''],
          ['Found in holdout', formatPercent(d.imsHoldout), ''],
          ['Training in holdout', '', formatPercent(d.imsTrnHol)],
        ]}
      />
    </div>
  );
}

const STRIPES: Record<Meaning['tone'], string> = {
  good: 'bg-synthetic',
  attention: 'bg-difference',
  plain: 'bg-line',
};

/** A score with its reference beside it, what it means, and its parts. */
function ScoreCard(props: {
  readonly title: string;
  readonly value: string;
  readonly reference: string;
  readonly meaning: Meaning;
  /** Of the parts. */
  readonly caption: string;
  readonly parts: readonly (readonly [name: string, value: string, reference: string])[];
}) {
  const { meaning } = props;
  return (
    <div className="print-whole relative flex flex-col overflow-hidden rounded-xl border border-line bg-card p-5 pl-6">
      <span aria-hidden="true" className={`absolute inset-y-0 left-0 w-1 ${STRIPES[meaning.tone]}`} />
      <h3 className="text-sm font-medium text-ink-soft">{props.title}</h3>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-3">
        <span className="text-3xl font-semibold tracking-tight">{props.value}</span>
        <span className="text-sm text-ink-soft">{props.reference}</span>
      </p>
      <p className="mt-2 mb-4 text-sm text-ink-soft">{meaning.sentence}</p>
      <table className="mt-auto w-full text-sm">
        <caption className="sr-only">{props.caption}</caption>
        <tbody>
          {props.parts.map(([name, value, reference]) => (
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
    </div>
  );
}
