import { formatPercent } from '../format';

/** Shares of categories, original over synthetic; the amber end is the difference. */
export function PairedBars(props: {
  readonly label: string;
  readonly labels: readonly string[];
  readonly original: readonly number[];
  readonly synthetic: readonly number[];
  readonly limit: number;
}) {
  const max = Math.max(0.0001, ...props.original, ...props.synthetic);
  const width = (share: number) => `${(share / max) * 100}%`;
  const shown = props.labels.slice(0, props.limit);
  return (
    <div role="img" aria-label={props.label} className="space-y-1">
      {shown.map((label, index) => {
        const original = props.original[index] ?? 0;
        const synthetic = props.synthetic[index] ?? 0;
        const common = Math.min(original, synthetic);
        return (
          <div
            key={label}
            className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-center gap-3 text-xs"
            title={`${label}: original ${formatPercent(original)}, synthetic ${formatPercent(synthetic)}`}
          >
            <bdi className="truncate text-right text-ink-soft">{label}</bdi>
            <span className="block space-y-px">
              <span className="block h-1.5 rounded-xs bg-original" style={{ width: width(original) }} />
              <span className="flex h-1.5 overflow-hidden">
                <span className="h-full bg-synthetic" style={{ width: width(common) }} />
                <span
                  className="h-full bg-difference"
                  style={{ width: width(Math.abs(original - synthetic)) }}
                />
              </span>
            </span>
          </div>
        );
      })}
      {props.labels.length > shown.length && (
        <p className="text-xs text-ink-soft">and {props.labels.length - shown.length} more in the table</p>
      )}
    </div>
  );
}
