import type { ReactElement } from 'react';
import { ResponsiveContainer } from 'recharts';
import { useTurn } from './use-turn';

/** Where a recharts chart is drawn: as wide as its place, of a height known before, when its turn comes. */
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

/** Text of axes and tooltips. */
export const AXIS_TEXT = { fill: 'var(--ink-soft)', fontSize: 11 } as const;

/** A tooltip in the colours of the page. */
export const TOOLTIP_STYLE = {
  background: 'var(--card)',
  border: '1px solid var(--line)',
  borderRadius: 8,
  color: 'var(--ink)',
  fontSize: 12,
} as const;
