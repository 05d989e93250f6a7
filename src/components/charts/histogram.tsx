/** A column's shape in a thumbnail: bars from the left, the tallest fills the height. */
export function Histogram(props: { readonly label: string; readonly counts: readonly number[] }) {
  const max = Math.max(1, ...props.counts);
  const width = 120;
  const height = 32;
  const step = width / Math.max(1, props.counts.length);
  const gap = step > 4 ? 1 : 0;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={props.label}
      className="h-8 w-30 fill-original"
      preserveAspectRatio="none"
    >
      {props.counts.map((count, index) => {
        const size = count === 0 ? 0 : Math.max(1, (count / max) * height);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other identity
            key={index}
            x={index * step}
            y={height - size}
            width={Math.max(0.5, step - gap)}
            height={size}
          />
        );
      })}
      <rect x="0" y={height - 0.5} width={width} height="0.5" />
    </svg>
  );
}
