import type { ReactNode } from 'react';
import { formatPercent } from '../components/format';
import { NOT_SCORED } from '../domain/evaluations';
import { type EvidencePart, VERDICT_LEVELS, type VerdictLevel } from '../domain/evidence-part';
import { privacyVerdict } from '../domain/privacy-verdict';
import type { Report } from '../domain/reports';
import { isScored } from '../domain/scored';
import { NOTHING_COMPARED } from '../domain/unlearned-words';
import { accuracyMeaning } from './meanings';
import { LEVEL_STRIPES, LevelMark } from './verdict-words';

/** Pieces of evidence on the card, what decided first; the section on privacy has all of them. */
const MAX_EVIDENCE = 4;

/** What sums a report up: how close the rows are, and the one verdict on their privacy. */
export function ScoreCards({ report }: { report: Report }) {
  if (report.columns === 0) return <p className="text-sm">{NOTHING_COMPARED}</p>;
  const { accuracy: a } = report.metrics;
  const { sentence, tone } = accuracyMeaning(a.overall, a.overallMax);
  const verdict = privacyVerdict(report);
  const measured = verdict.parts.filter(({ level }) => level !== null);
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {!isScored(report) ? (
        <ScoreCard
          title="Accuracy"
          stripe="bg-line"
          value="Not scored"
          reference=""
          sentence={NOT_SCORED}
          caption="Rows"
          parts={[]}
        />
      ) : (
        <ScoreCard
          title="Accuracy"
          stripe={{ good: 'bg-synthetic', attention: 'bg-difference', plain: 'bg-line' }[tone]}
          value={formatPercent(a.overall)}
          reference={freshRows(a.overallMax)}
          sentence={sentence}
          caption="Accuracy by number of columns"
          parts={[
            ['Univariate', formatPercent(a.univariate), freshRows(a.univariateMax)],
            ['Bivariate', formatPercent(a.bivariate), freshRows(a.bivariateMax)],
            ['Trivariate', formatPercent(a.trivariate), freshRows(a.trivariateMax)],
            ...(a.coherence == null
              ? []
              : [['Coherence', formatPercent(a.coherence), freshRows(a.coherenceMax ?? null)] as const]),
          ]}
        />
      )}
      <ScoreCard
        title="Privacy"
        stripe={LEVEL_STRIPES[verdict.level]}
        value={verdict.title}
        reference=""
        sentence={verdict.sentence}
        caption="What the verdict is made of, what decided it first"
        parts={measured
          .slice(0, MAX_EVIDENCE)
          .map(({ title, level, figure }) => [
            title,
            <LevelMark key={title} level={level as VerdictLevel} />,
            figure,
          ])}
        more={moreInWords(measured.slice(MAX_EVIDENCE))}
      />
    </div>
  );
}

/** "6 more pieces of evidence: 5 pass, 1 inconclusive; all are listed under Privacy." */
function moreInWords(rest: readonly EvidencePart[]): string {
  if (rest.length === 0) return '';
  const counts = VERDICT_LEVELS.map((level) => [rest.filter((part) => part.level === level).length, level]);
  const levels = counts.flatMap(([count, level]) => (count === 0 ? [] : [`${count} ${level}`])).join(', ');
  return `${rest.length} more: ${levels}. All of the evidence is listed in the report, under Privacy.`;
}

/** What the accuracy of as many fresh original rows would be. */
export function freshRows(max: number | null): string {
  return max === null ? '' : `fresh real rows reach ${formatPercent(max)}`;
}

/** A score with its reference beside it, what it means, and its parts. */
function ScoreCard(props: {
  readonly title: string;
  readonly stripe: string;
  readonly value: string;
  readonly reference: string;
  readonly sentence: string;
  /** Of the parts. */
  readonly caption: string;
  readonly parts: readonly (readonly [name: string, value: ReactNode, reference: string])[];
  /** Of what is not among the parts. */
  readonly more?: string;
}) {
  const isNumber = props.reference !== '' || props.value.length < 8;
  return (
    <div className="print-whole relative flex min-w-0 flex-col overflow-hidden rounded-xl border border-line bg-card p-5 pl-6">
      <span aria-hidden="true" className={`absolute inset-y-0 left-0 w-1 ${props.stripe}`} />
      <h3 className="text-sm font-medium text-ink-soft">{props.title}</h3>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-3">
        <span className={`font-semibold tracking-tight ${isNumber ? 'text-3xl' : 'text-2xl'}`}>
          {props.value}
        </span>
        <span className="text-sm text-ink-soft">{props.reference}</span>
      </p>
      <p className="mt-2 mb-4 text-sm text-ink-soft">{props.sentence}</p>
      <table className="w-full text-sm">
        <caption className="sr-only">{props.caption}</caption>
        <tbody>
          {props.parts.map(([name, value, reference]) => (
            <tr key={name} className="border-t border-line align-top">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                {name}
                {reference && <span className="block text-xs text-ink-soft">{reference}</span>}
              </th>
              <td className="py-1.5 font-medium">
                <span className="flex justify-end">{value}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {props.more && <p className="mt-2 text-xs text-ink-soft">{props.more}</p>}
    </div>
  );
}
