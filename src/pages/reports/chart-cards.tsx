import type { ReactNode } from 'react';
import { formatPercent } from '../../components/format';
import { ShowMore } from '../../components/show-more';

/** Charts in cards, each below its title and its accuracy beside that of fresh rows. */
export function ChartCards<T extends { readonly accuracy: number; readonly accuracyMax: number }>(props: {
  readonly charts: readonly T[];
  readonly portion: number;
  readonly noun: string;
  /** Columns of the grid. */
  readonly className: string;
  readonly titleOf: (chart: T) => ReactNode;
  readonly children: (chart: T) => ReactNode;
}) {
  return (
    <ShowMore items={props.charts} portion={props.portion} noun={props.noun}>
      {(shown) => (
        <ul className={`grid gap-4 ${props.className}`}>
          {shown.map((chart, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a report does not change
              key={index}
              className="print-whole min-w-0 rounded-xl border border-line bg-card p-4"
            >
              <h3 className="mb-3 flex items-baseline justify-between gap-3 text-sm">
                <span className="flex min-w-0 gap-1.5 font-medium">{props.titleOf(chart)}</span>
                <span className="shrink-0 text-ink-soft">
                  <span className="font-medium text-ink">{formatPercent(chart.accuracy)}</span> of{' '}
                  {formatPercent(chart.accuracyMax)}
                </span>
              </h3>
              {props.children(chart)}
            </li>
          ))}
        </ul>
      )}
    </ShowMore>
  );
}
