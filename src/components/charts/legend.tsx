const ITEMS = [
  ['bg-original', 'Original'],
  ['bg-synthetic', 'Synthetic'],
  ['bg-difference', 'Difference'],
] as const;

/** What the three colours mean, everywhere. */
export function SeriesLegend() {
  return (
    <ul className="flex flex-wrap gap-4 text-sm text-ink-soft">
      {ITEMS.map(([color, name]) => (
        <li key={name} className="flex items-center gap-2">
          <span aria-hidden="true" className={`size-3 rounded-xs ${color}`} />
          {name}
        </li>
      ))}
    </ul>
  );
}
