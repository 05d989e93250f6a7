/** What the charts of a report share: sizes, texts, scales. They are plain SVG, so that the page, paper and files draw the same. */
import { formatPercent } from '../format';

/** Units of the drawing; a chart is as wide as what holds it. */
export const FONT = 10;

/** A round number at or above, of which a half is round too. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 4, 6, 8, 10].find((size) => size * power >= value * (1 - 1e-9)) ?? 10;
  return Number((factor * power).toPrecision(6));
}

/** A coordinate or opacity without digits that nobody sees: files of reports have thousands. */
export function short(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A tick of a share: as many decimals as it needs. */
export function shareTick(share: number): string {
  const hundred = Number((100 * share).toPrecision(3));
  return formatPercent(share, hundred % 1 === 0 ? 0 : hundred >= 0.1 ? 1 : 2);
}

/** A text of a drawing. */
export function Label(props: {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Degrees, clockwise. */
  readonly turned?: number;
  readonly muted?: boolean;
  readonly size?: number | undefined;
}) {
  const { x, y, turned } = props;
  return (
    <text
      x={short(x)}
      y={short(y)}
      fontSize={short(props.size ?? FONT)}
      fill="var(--ink-soft)"
      textAnchor={props.anchor}
      fontStyle={props.muted ? 'italic' : undefined}
      transform={turned ? `rotate(${turned} ${short(x)} ${short(y)})` : undefined}
    >
      {props.text}
    </text>
  );
}

/** Steps of a colour from none to full, with what its ends mean. */
export function Ramp(props: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly colors: readonly (readonly [color: string, opacity: number])[];
  readonly low: string;
  readonly high: string;
}) {
  const step = props.width / props.colors.length;
  return (
    <g>
      {props.colors.map(([color, opacity], index) => (
        <rect
          key={`${color} ${opacity}`}
          x={props.x + index * step}
          y={props.y}
          width={step}
          height={8}
          fill={color}
          fillOpacity={opacity.toFixed(2)}
        />
      ))}
      <rect
        x={props.x}
        y={props.y}
        width={props.width}
        height={8}
        fill="none"
        stroke="var(--line-strong)"
        strokeWidth={0.5}
      />
      <Label x={props.x} y={props.y + 19} text={props.low} />
      <Label x={props.x + props.width} y={props.y + 19} text={props.high} anchor="end" />
    </g>
  );
}
