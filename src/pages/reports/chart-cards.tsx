import type { ReactNode } from 'react';
import { formatPercent } from '../../components/format';
import { ShowMore } from '../../components/show-more';
import { freshRows } from '../score-cards';
import { columnsAttribute } from './linked-columns';

interface Scored {
  readonly accuracy: number;
  readonly accuracyMax: number;
}

/** Charts in cards, each below its title and, if it is scored, its accuracy beside that of fresh rows. */
export function ChartCards<T extends Scored>(props: {
  readonly charts: readonly T[];
  readonly isScored: boolean;
  readonly portion: number;
  readonly noun: string;
  /** All are printed, and not those alone that are shown. */
  readonly printsAll: boolean;
  /** Columns of the grid. */
  readonly className: string;
  readonly columnsOf: (chart: T) => readonly string[];
  readonly titleOf: (chart: T) => ReactNode;
  readonly children: (chart: T) => ReactNode;
}) {
  return (
    <ShowMore items={props.charts} portion={props.portion} noun={props.noun} printsAll={props.printsAll}>
      {(shown) => (
        <ul className={`grid gap-4 ${props.className}`}>
          {shown.map((chart) => (
            <li
              key={JSON.stringify(props.columnsOf(chart))}
              {...columnsAttribute(...props.columnsOf(chart))}
              className="print-whole min-w-0 rounded-xl border border-line bg-card p-4 data-linked:border-focus data-linked:outline-2 data-linked:outline-focus"
            >
              <ChartTitle chart={props.isScored ? chart : null}>{props.titleOf(chart)}</ChartTitle>
              {props.children(chart)}
            </li>
          ))}
        </ul>
      )}
    </ShowMore>
  );
}

/** What a chart is of, and how accurate that is. @param props.chart null = it has no score */
export function ChartTitle({ chart, children }: { chart: Scored | null; children: ReactNode }) {
  return (
    <h3 className="mb-3 flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
      <span className="flex min-w-0 max-w-full gap-1.5 font-medium">{children}</span>
      {chart && (
        <span className="text-ink-soft">
          <span className="font-medium text-ink">{formatPercent(chart.accuracy)}</span>;{' '}
          {freshRows(chart.accuracyMax)}
        </span>
      )}
    </h3>
  );
}
