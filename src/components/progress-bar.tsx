/** How far something is; without `max` it only shows that it goes on. */
export function ProgressBar(props: {
  readonly label: string;
  readonly value: number;
  readonly max: number | null;
}) {
  const share = props.max && props.max > 0 ? Math.min(1, props.value / props.max) : null;
  return (
    <div
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      className="h-2 w-full overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={`h-full rounded-full bg-accent transition-[width] duration-150 ${share === null ? 'w-1/3 animate-pulse' : ''}`}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}
