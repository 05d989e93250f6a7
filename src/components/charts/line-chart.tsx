import { type PointerEvent, useMemo, useState } from 'react';
import { linePath, nearestIndex, niceTicks } from './shape';

export interface LineSeries {
  readonly key: string;
  readonly name: string;
  /** A colour token, e.g. `var(--synthetic)`. */
  readonly color: string;
  readonly dashed?: boolean;
}

interface Props {
  readonly label: string;
  /** 2 to 200, ascending in x. */
  readonly points: readonly Readonly<Record<string, number | null>>[];
  readonly x: string;
  readonly series: readonly LineSeries[];
  readonly xLabel: string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** Of both axes; by default they end with the points, and move with them. */
  readonly range?: { readonly x: Range; readonly y: Range };
  /** A point that stands out, and what it is called. */
  readonly mark?: { readonly x: number; readonly y: number; readonly name: string } | null;
}

type Range = readonly [low: number, high: number];

/** Drawn in percent of the frame: text is HTML on top, so nothing is distorted when the frame stretches. */
const SIZE = 100;

/**
 * Lines over a common x, with the values under the pointer. A few SVG paths and no library: it is redrawn twice a
 * second while a model trains on the other threads, and must never hold up the page (a recharts chart of the same
 * points takes 60–170 ms on a busy machine). The table behind it belongs to the caller.
 */
export function LineChart(props: Props) {
  const { points, series } = props;
  const [hovered, setHovered] = useState<number | null>(null);
  const scale = useMemo(() => scaleOf(props), [props]);
  const at = hovered === null ? null : (points[hovered] ?? null);
  const hover = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const value = scale.x0 + ((event.clientX - box.left) / box.width) * (scale.x1 - scale.x0);
    setHovered(nearestIndex(scale.xs, value));
  };
  return (
    <figure className="text-xs text-ink-soft">
      <div className="mb-2 flex min-h-10 flex-wrap items-start justify-end gap-x-5 gap-y-1">
        {at && (
          <span>
            {props.xLabel} {props.formatX(at[props.x] ?? 0)}
          </span>
        )}
        {props.mark && (
          <span className="flex items-center gap-2">
            <span aria-hidden="true" className="size-2.5 rounded-full border-2 border-accent bg-card" />
            {props.mark.name}
          </span>
        )}
        {series.map((line) => (
          <span key={line.key} className="flex items-center gap-2">
            <svg viewBox="0 0 20 4" className="h-1 w-5" aria-hidden="true">
              <line
                x2="20"
                y1="2"
                y2="2"
                stroke={line.color}
                strokeWidth="3"
                strokeDasharray={line.dashed ? '5 4' : undefined}
              />
            </svg>
            {line.name}
            {at && <strong className="font-medium text-ink">{valueText(at[line.key], props.formatY)}</strong>}
          </span>
        ))}
      </div>
      <div className="grid grid-cols-[3.5rem_minmax(0,1fr)]">
        <div className="relative h-52" aria-hidden="true">
          {scale.yTicks.map((tick) => (
            <span
              key={tick}
              className="absolute right-2 -translate-y-1/2"
              style={{ top: `${scale.y(tick)}%` }}
            >
              {props.formatY(tick)}
            </span>
          ))}
        </div>
        <div className="relative h-52" onPointerMove={hover} onPointerLeave={() => setHovered(null)}>
          <svg
            viewBox={`0 0 ${SIZE} ${SIZE}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={props.label}
            className="absolute inset-0 size-full overflow-visible"
          >
            {scale.yTicks.map((tick) => (
              <line
                key={tick}
                x2={SIZE}
                y1={scale.y(tick)}
                y2={scale.y(tick)}
                className="stroke-line"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            <line
              x2={SIZE}
              y1={SIZE}
              y2={SIZE}
              className="stroke-line-strong"
              vectorEffect="non-scaling-stroke"
            />
            {at && (
              <line
                x1={scale.x(at[props.x] ?? 0)}
                x2={scale.x(at[props.x] ?? 0)}
                y2={SIZE}
                className="stroke-line-strong"
                vectorEffect="non-scaling-stroke"
              />
            )}
            {series.map((line) => (
              <path
                key={line.key}
                d={linePath(scale.line(line.key))}
                fill="none"
                stroke={line.color}
                strokeWidth="2"
                strokeLinejoin="round"
                strokeDasharray={line.dashed ? '5 4' : undefined}
                vectorEffect="non-scaling-stroke"
              />
            ))}
          </svg>
          {props.mark && (
            <span
              aria-hidden="true"
              className="absolute size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-accent bg-card"
              style={{ left: `${scale.x(props.mark.x)}%`, top: `${scale.y(props.mark.y)}%` }}
            />
          )}
        </div>
        <div className="relative col-start-2 h-10" aria-hidden="true">
          {scale.xTicks.map((tick) => (
            <span
              key={tick}
              className="absolute top-1 -translate-x-1/2"
              style={{ left: `${scale.x(tick)}%` }}
            >
              {props.formatX(tick)}
            </span>
          ))}
          <span className="absolute right-0 bottom-0">{props.xLabel}</span>
        </div>
      </div>
    </figure>
  );
}

function valueText(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? '–' : format(value);
}

function scaleOf({ points, series, x: xKey, range }: Props) {
  const xs = points.map((point) => point[xKey] ?? 0);
  const ys = points.flatMap((point) => series.map(({ key }) => point[key] ?? null)).filter((y) => y !== null);
  const [x0, x1] = range?.x ?? [xs[0] ?? 0, xs.at(-1) ?? 1];
  const top = Math.max(...ys);
  const bottom = Math.min(...ys);
  const margin = (top - bottom) * 0.05 || 1;
  const [y0, y1] = range?.y ?? [bottom - margin, top + margin];
  const x = (value: number) => ((value - x0) / (x1 - x0 || 1)) * SIZE;
  const y = (value: number) => SIZE - ((value - y0) / (y1 - y0 || 1)) * SIZE;
  return {
    xs,
    x0,
    x1,
    x,
    y,
    xTicks: niceTicks(x0, x1, 5),
    yTicks: niceTicks(y0, y1, 4),
    line: (key: string): [number, number][] =>
      points.flatMap((point): [number, number][] => {
        const value = point[key] ?? null;
        return value === null ? [] : [[x(point[xKey] ?? 0), y(value)]];
      }),
  };
}
