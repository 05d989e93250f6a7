import type { ReactElement } from 'react';
import { ResponsiveContainer } from 'recharts';
import { useTurn } from '../pacing';

/** Where a recharts chart is drawn: as wide as what holds it, of a height known before, when its turn comes. */
export function ChartFrame(props: {
  readonly label: string;
  /** CSS pixels. */
  readonly height: number;
  readonly children: ReactElement;
}) {
  const turn = useTurn();
  return (
    <div role="img" aria-label={props.label} className="text-xs" style={{ height: props.height }}>
      {turn && (
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 320, height: props.height }}
        >
          {props.children}
        </ResponsiveContainer>
      )}
    </div>
  );
}

/** Text of axes. */
export const AXIS_TEXT = { fill: 'var(--ink-soft)', fontSize: 11 } as const;

/** A tooltip in the colours of the page. */
export const TOOLTIP = {
  contentStyle: {
    background: 'var(--card)',
    border: '1px solid var(--line)',
    borderRadius: 8,
    color: 'var(--ink)',
    fontSize: 12,
  },
  isAnimationActive: false,
} as const;

/** What the three colours mean, everywhere. */
export const SERIES = {
  original: { name: 'Original', color: 'var(--original)', swatch: 'bg-original' },
  synthetic: { name: 'Synthetic', color: 'var(--synthetic)', swatch: 'bg-synthetic' },
  difference: { name: 'Difference', color: 'var(--difference)', swatch: 'bg-difference' },
} as const;

export function SeriesLegend() {
  return (
    <ul className="flex flex-wrap gap-4 text-sm text-ink-soft">
      {Object.values(SERIES).map(({ name, swatch }) => (
        <li key={name} className="flex items-center gap-2">
          <span aria-hidden="true" className={`size-3 rounded-xs ${swatch}`} />
          {name}
        </li>
      ))}
    </ul>
  );
}
