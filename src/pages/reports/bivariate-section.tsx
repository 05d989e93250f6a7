import { useState } from 'react';
import { Section } from '../../components/card';
import { formatCount } from '../../components/format';
import { ChartData, UserText } from '../../components/table';
import type { BivariateChart, WholeReport } from '../../domain/reports';
import { isScored } from '../../domain/scored';
import { worstFirst } from '../../domain/worst-first';
import { ChartCards, ChartTitle } from './chart-cards';
import { ColumnSearch } from './column-search';
import { differenceLimit, PairChart, pairRows } from './report-charts';
import { matches } from './univariate-section';
import { WeakerPairsTable } from './weaker-pairs-table';

/** Two columns that a person chose. */
export type ChosenPair = readonly [column1: string, column2: string];

/** Pairs of columns as maps, worst first; one that was chosen elsewhere before the others. */
export function BivariateSection(props: {
  readonly report: Pick<WholeReport, 'bivariate' | 'bivariateScores' | 'dependences' | 'evaluated'>;
  readonly chosen: ChosenPair | null;
}) {
  const { bivariate, bivariateScores, dependences } = props.report;
  const [query, setQuery] = useState('');
  if (bivariate.length === 0) return null;
  const limit = differenceLimit(bivariate);
  const scored = isScored(props.report);
  const found = worstFirst(bivariate).filter((chart) =>
    columnsOf(chart).some((name) => matches(name, query)),
  );
  const some = bivariateScores.length > bivariate.length;
  return (
    <Section
      id="report-bivariate"
      title="Bivariate distributions"
      about={`Each cell is a share of all rows. Amber with a stroke: fewer synthetic rows than original ones; teal: more. The scale of differences is the same in all maps. ${scored ? 'The pair furthest below what fresh real rows reach' : 'The most different pair'} comes first.${
        some
          ? ` Of ${formatCount(bivariateScores.length)} pairs the ${formatCount(bivariate.length)} worst and most dependent have maps.`
          : ''
      }`}
    >
      {scored && <WeakerPairsTable dependences={dependences} />}
      {props.chosen && <ChosenMaps {...props} chosen={props.chosen} limit={limit} />}
      <ColumnSearch query={query} onChange={setQuery} found={found.length} all={bivariate.length} />
      <ChartCards
        key={query}
        charts={found}
        isScored={scored}
        portion={6}
        noun="pairs"
        printsAll={false}
        className="xl:grid-cols-2"
        columnsOf={columnsOf}
        titleOf={pairTitle}
      >
        {(chart) => <Maps chart={chart} limit={limit} />}
      </ChartCards>
    </Section>
  );
}

/** The maps of a pair that was chosen in the matrix or its table, or why it has none. */
function ChosenMaps(props: {
  readonly report: Pick<WholeReport, 'bivariate' | 'bivariateScores'>;
  readonly chosen: ChosenPair;
  readonly limit: number;
}) {
  const [first, second] = props.chosen;
  const isIt = ({ column1, column2 }: Pick<BivariateChart, 'column1' | 'column2'>) =>
    (column1 === first && column2 === second) || (column1 === second && column2 === first);
  const chart = props.report.bivariate.find(isIt);
  const score = chart ?? props.report.bivariateScores.find(isIt);
  if (!score) return null;
  return (
    <div
      id="report-chosen-pair"
      tabIndex={-1}
      className="no-print mb-6 scroll-mt-20 rounded-xl border-2 border-focus bg-card p-4"
    >
      <ChartTitle chart={score}>{pairTitle(score)}</ChartTitle>
      {chart ? (
        <Maps chart={chart} limit={props.limit} />
      ) : (
        <p className="text-sm text-ink-soft">
          This pair has no map: of so many pairs only the worst and the most dependent have one.
        </p>
      )}
    </div>
  );
}

function columnsOf({ column1, column2 }: Pick<BivariateChart, 'column1' | 'column2'>): string[] {
  return [column1, column2];
}

function pairTitle({ column1, column2 }: Pick<BivariateChart, 'column1' | 'column2'>) {
  return (
    <>
      <UserText text={column1} /> × <UserText text={column2} />
    </>
  );
}

function Maps({ chart, limit }: { chart: BivariateChart; limit: number }) {
  const { column1, column2 } = chart;
  return (
    <>
      {/* Labels would be too small on a phone: there it scrolls. */}
      <div className="overflow-x-auto">
        <div className="min-w-md">
          <PairChart chart={chart} limit={limit} />
        </div>
      </div>
      <p className="mt-1 text-xs text-ink-soft">
        Down: <bdi>{column1}</bdi>. Across: <bdi>{column2}</bdi>.
      </p>
      <ChartData
        label={`${column1} by ${column2}`}
        columns={[`${column1} × ${column2}`, 'Original', 'Synthetic', 'Difference']}
        rows={() => pairRows(chart)}
      />
    </>
  );
}
