import { Check, CircleDashed, type LucideIcon, Minus, TriangleAlert } from 'lucide-react';
import { Section } from '../../components/card';
import { formatPercent, formatPlural } from '../../components/format';
import { ShowMore } from '../../components/show-more';
import { Table, type TableColumn } from '../../components/table';
import type { Report, RuleScore } from '../../domain/reports';
import { isBad, type RuleVerdict, shareOf, verdictOf, worstRulesFirst } from '../../domain/rule-verdict';
import { RuleSentence } from '../rules/rule-sentence';

const PORTION = 25;
const NUMBER = 'text-right whitespace-nowrap tabular-nums';

const VERDICTS: Record<RuleVerdict, readonly [LucideIcon, string, string]> = {
  kept: [Check, 'text-accent', 'Kept by every row'],
  'as-often': [Check, 'text-accent', 'As often'],
  'more-often': [Minus, 'text-ink-soft', 'More often'],
  'less-often': [TriangleAlert, 'text-difference', 'Less often'],
  broken: [TriangleAlert, 'text-difference', 'Broken'],
  free: [Minus, 'text-ink-soft', 'Need not hold'],
  silent: [CircleDashed, 'text-ink-soft', 'Nothing to compare'],
};

/** How the rules of the table hold in the original and in the synthetic rows, broken ones first. */
export function RulesSection({ report }: { report: Report }) {
  const dates = new Set(report.dateColumns);
  const verdicts = report.rules.map(verdictOf);
  const bad = verdicts.filter(isBad).length;
  const whole = verdicts.includes('free')
    ? 'Every rule that was not switched off holds in the synthetic rows as in the original.'
    : 'Every rule holds in the synthetic rows as in the original.';
  const columns: readonly TableColumn<RuleScore>[] = [
    {
      title: 'Rule',
      cell: ({ rule, source, state }) => (
        <RuleSentence rule={rule} dates={dates} remark={remarkOf(source, state)} />
      ),
      isHeader: true,
      className: 'min-w-56',
    },
    { title: 'Original', cell: ({ original }) => shareText(original), className: NUMBER },
    { title: 'Synthetic', cell: ({ synthetic }) => shareText(synthetic), className: NUMBER },
    { title: 'Verdict', cell: (score) => <Verdict score={score} />, className: 'w-44 whitespace-nowrap' },
  ];
  return (
    <Section
      id="report-rules"
      title="Rules"
      about={`The share of rows that keep each rule, of those trained on and of the synthetic ones. ${
        bad === 0
          ? whole
          : `${formatPlural(bad, 'rule')} of ${report.rules.length} ${bad === 1 ? 'does' : 'do'} not hold as in the original.`
      }`}
    >
      <ShowMore items={worstRulesFirst(report.rules)} portion={PORTION} noun="rules">
        {(shown) => (
          <Table
            label="Rules in original and synthetic rows"
            columns={columns}
            rows={shown}
            className="max-h-[36rem] *:min-w-xl"
            cellClass="py-2.5 align-top"
          />
        )}
      </ShowMore>
    </Section>
  );
}

function shareText(share: RuleScore['original']): string {
  return formatPercent(shareOf(share), shareOf(share) === 1 ? 0 : 2);
}

function remarkOf(source: RuleScore['source'], state: RuleScore['state']): string | undefined {
  const parts = [source === 'added' ? 'added by you' : null, state === 'off' ? 'switched off' : null];
  return parts.filter((part) => part !== null).join(', ') || undefined;
}

function Verdict({ score }: { score: RuleScore }) {
  const verdict = verdictOf(score);
  const [Icon, color, title] = VERDICTS[verdict];
  const breaking = score.synthetic.applicable - score.synthetic.kept;
  return (
    <>
      <span className="flex items-center gap-1.5">
        <Icon aria-hidden="true" size={15} className={`shrink-0 ${color}`} />
        {title}
      </span>
      {verdict === 'broken' && (
        <span className="block text-xs text-ink-soft">{`by ${formatPlural(breaking, 'synthetic row')}`}</span>
      )}
    </>
  );
}
