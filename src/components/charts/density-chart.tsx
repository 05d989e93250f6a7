import { bandPath, linePath, toHeight } from './shape';

const WIDTH = 320;
const HEIGHT = 120;

/** Two densities over one axis; the amber between them is where they differ. */
export function DensityChart(props: {
  readonly label: string;
  readonly x: readonly number[];
  readonly original: readonly number[];
  readonly synthetic: readonly number[];
  readonly formatX: (value: number) => string;
}) {
  const { x } = props;
  const first = x[0] ?? 0;
  const last = x.at(-1) ?? 0;
  const span = last - first || 1;
  const max = Math.max(0, ...props.original, ...props.synthetic);
  const across = x.map((value) => ((value - first) / span) * WIDTH);
  const heights = (values: readonly number[]) =>
    x.map((_, index) => toHeight(values[index] ?? 0, max, HEIGHT));
  const original = heights(props.original);
  const synthetic = heights(props.synthetic);
  const line = (ys: readonly number[]) => linePath(across.map((at, index) => [at, ys[index]!] as const));
  return (
    <figure>
      <svg
        viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`}
        role="img"
        aria-label={props.label}
        className="h-36 w-full"
        preserveAspectRatio="none"
      >
        <path d={bandPath(across, original, synthetic)} className="fill-difference/35" />
        <path
          d={line(original)}
          className="fill-none stroke-original"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
        <path
          d={line(synthetic)}
          className="fill-none stroke-synthetic"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
        <line
          x1="0"
          x2={WIDTH}
          y1={HEIGHT}
          y2={HEIGHT}
          className="stroke-line-strong"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption className="mt-1 flex justify-between text-xs text-ink-soft">
        <span>{props.formatX(first)}</span>
        <span>{props.formatX((first + last) / 2)}</span>
        <span>{props.formatX(last)}</span>
      </figcaption>
    </figure>
  );
}
