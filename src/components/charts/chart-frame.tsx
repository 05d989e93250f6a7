import { createContext, type ReactElement, type ReactNode, useContext, useState } from 'react';
import { ResponsiveContainer } from 'recharts';
import { useTurn } from '../pacing';

/** The width of a chart that nothing holds, as in a file, in CSS pixels. */
const WIDTH = 340;

const IsFree = createContext(false);

/** Charts in here are drawn at once, in a size of their own: for a file, which no page holds. */
export function FreeCharts({ children }: { children: ReactNode }) {
  return <IsFree value>{children}</IsFree>;
}

/** Where a recharts chart is drawn: as wide as what holds it, when its turn comes. */
export function ChartFrame(props: {
  readonly label: string;
  /** CSS pixels, known before the chart is there: nothing moves when it comes. */
  readonly height: number;
  readonly children: ReactElement;
}) {
  const turn = useTurn();
  const isFree = useContext(IsFree);
  const { height } = props;
  const [holder, setHolder] = useState<HTMLDivElement | null>(null);
  // Known before the turn comes: else recharts would draw twice.
  const width = holder?.clientWidth || WIDTH;
  return (
    <div ref={setHolder} role="img" aria-label={props.label} style={{ height }}>
      {(turn || isFree) && (
        <ResponsiveContainer
          width={isFree ? WIDTH : '100%'}
          height={height}
          initialDimension={{ width, height }}
        >
          {props.children}
        </ResponsiveContainer>
      )}
    </div>
  );
}

/** A tooltip in the colours of the page. */
export const TOOLTIP = {
  isAnimationActive: false,
  separator: ': ',
  // As the series come, and not by name.
  itemSorter: () => 0,
  contentStyle: {
    background: 'var(--card)',
    border: '1px solid var(--line)',
    borderRadius: 8,
    padding: '4px 8px',
    color: 'var(--ink)',
    fontSize: 12,
  },
  itemStyle: { color: 'var(--ink)', padding: 0 },
} as const;
