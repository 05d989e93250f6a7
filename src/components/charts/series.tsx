/** What the three colours mean, everywhere. */
export const SERIES = {
  original: {
    name: 'Original',
    color: 'var(--original)',
    swatch: 'h-3 bg-original/50 border border-original',
  },
  synthetic: { name: 'Synthetic', color: 'var(--synthetic)', swatch: 'h-0.75 bg-synthetic' },
  difference: { name: 'Difference', color: 'var(--difference)' },
} as const;

/** What is the original and what is synthetic. */
export function SeriesLegend() {
  const { original, synthetic } = SERIES;
  return (
    <ul className="flex flex-wrap gap-4 text-sm text-ink-soft">
      {[original, synthetic].map(({ name, swatch }) => (
        <li key={name} className="flex items-center gap-2">
          <span aria-hidden="true" className={`w-4 ${swatch}`} />
          {name}
        </li>
      ))}
    </ul>
  );
}
