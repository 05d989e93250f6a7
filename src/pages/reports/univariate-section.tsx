import { useState } from 'react';
import { Section } from '../../components/card';
import { SeriesLegend } from '../../components/charts/series';
import { ChartData, UserText } from '../../components/table';
import { type HiddenValues, hiddenSentence } from '../../domain/hidden-values';
import type { UnivariateChart, WholeReport } from '../../domain/reports';
import { isScored } from '../../domain/scored';
import { worstFirst } from '../../domain/worst-first';
import { ChartCards } from './chart-cards';
import { ColumnSearch } from './column-search';
import { DistributionChart, distributionRows } from './report-charts';

/** Each column's distribution, original under synthetic, worst first. */
export function UnivariateSection(props: {
  readonly report: Pick<WholeReport, 'univariate' | 'hidden' | 'evaluated'>;
}) {
  const { univariate, hidden: hiddenValues = [] } = props.report;
  const [query, setQuery] = useState('');
  if (univariate.length === 0) return null;
  const scored = isScored(props.report);
  const hidden = new Map(hiddenValues.map((entry) => [entry.column, entry]));
  const found = worstFirst(univariate).filter(({ column }) => matches(column, query));
  return (
    <Section
      id="report-univariate"
      title="Univariate distributions"
      about={`How the values of each column are spread: shares of all rows. ${scored ? 'The column furthest below what fresh real rows reach' : 'The most different column'} comes first.`}
      actions={<SeriesLegend />}
    >
      <ColumnSearch query={query} onChange={setQuery} found={found.length} all={univariate.length} />
      <ChartCards
        key={query}
        charts={found}
        isScored={scored}
        portion={12}
        noun="columns"
        printsAll
        className="sm:grid-cols-2 lg:grid-cols-3"
        columnsOf={({ column }) => [column]}
        titleOf={({ column }) => <UserText text={column} />}
      >
        {(chart) => <Distribution chart={chart} hidden={hidden.get(chart.column)} />}
      </ChartCards>
    </Section>
  );
}

/** Whether a name holds what is looked for, in any case. */
export function matches(name: string, query: string): boolean {
  return name.toLowerCase().includes(query.trim().toLowerCase());
}

/** A chart with what is hidden of its column, and its numbers. */
export function Distribution({
  chart,
  hidden,
}: {
  chart: UnivariateChart;
  hidden: HiddenValues | undefined;
}) {
  return (
    <>
      <DistributionChart chart={chart} />
      {hidden && <p className="mt-2 text-xs text-ink-soft">{hiddenSentence(hidden)}.</p>}
      <ChartData
        label={`the distribution of ${chart.column}`}
        columns={['Value', 'Original', 'Synthetic']}
        rows={() => distributionRows(chart)}
      />
    </>
  );
}
