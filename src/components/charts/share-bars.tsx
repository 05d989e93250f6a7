import { formatFixed, formatPercent } from '../format';
import { Label, roundUp, shareTick, short } from './scale';
import { SERIES } from './series';
import { AREA } from './share-histogram';

const WIDTH = 340;
const ROW = 19;
const LEFT = 128;
const RIGHT = 260;
const TOP = 14;
const AXIS = 18;
/** Longer labels are written smaller. */
const LONG = 15;

/** Shares of values, a bar each: the original a light bar, the synthetic share a dark line across it, both as numbers. */
export function ShareBars(props: {
  readonly label: string;
  readonly labels: readonly string[];
  readonly original: readonly number[];
  readonly synthetic: readonly number[];
  /** Labels that are no values, as `(other)`: drawn paler. */
  readonly isMuted: (label: string) => boolean;
}) {
  const { labels, original, synthetic } = props;
  const floor = TOP + labels.length * ROW;
  const top = roundUp(Math.max(0, ...original, ...synthetic));
  const x = (share: number) => short(LEFT + (share / top) * (RIGHT - LEFT));
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${floor + AXIS}`}
      role="img"
      aria-label={props.label}
      className="chart w-full"
    >
      <Label x={WIDTH - 48} y={10} text="orig." anchor="end" size={9} />
      <Label x={WIDTH} y={10} text="synth. %" anchor="end" size={9} />
      {[0, 0.5, 1].map((part) => (
        <g key={part}>
          <line
            x1={x(part * top)}
            x2={x(part * top)}
            y1={TOP}
            y2={floor}
            stroke={part === 0 ? 'var(--line-strong)' : 'var(--line)'}
          />
          <Label x={x(part * top)} y={floor + 12} text={shareTick(part * top)} anchor="middle" />
        </g>
      ))}
      {labels.map((text, i) => {
        const muted = props.isMuted(text);
        const y = TOP + i * ROW;
        const [known, drawn] = [original[i] ?? 0, synthetic[i] ?? 0];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: labels may repeat, their order does not change
          <g key={i}>
            <title>{`${text}: original ${formatPercent(known)}, synthetic ${formatPercent(drawn)}`}</title>
            <Label
              x={LEFT - 6}
              y={y + 13}
              text={text}
              anchor="end"
              muted={muted}
              size={text.length > LONG ? 8.5 : undefined}
            />
            <rect
              x={LEFT}
              y={y + 3}
              width={short(Math.max(0, x(known) - LEFT))}
              height={ROW - 6}
              fill={SERIES.original.color}
              fillOpacity={muted ? AREA / 2 : AREA}
            />
            <line
              x1={LEFT}
              x2={x(drawn)}
              y1={y + ROW / 2}
              y2={y + ROW / 2}
              stroke={SERIES.synthetic.color}
              strokeWidth={1}
              strokeOpacity={muted ? 0.5 : 1}
            />
            <line
              x1={x(drawn)}
              x2={x(drawn)}
              y1={y + 2}
              y2={y + ROW - 2}
              stroke={SERIES.synthetic.color}
              strokeWidth={2.5}
              strokeOpacity={muted ? 0.6 : 1}
            />
            <Label x={WIDTH - 48} y={y + 13} text={formatFixed(100 * known, 1)} anchor="end" />
            <Label x={WIDTH} y={y + 13} text={formatFixed(100 * drawn, 1)} anchor="end" />
          </g>
        );
      })}
    </svg>
  );
}
