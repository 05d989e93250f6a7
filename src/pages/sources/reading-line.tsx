import { type ReadingField, readingParts } from '../../domain/reading-words';
import type { Source } from '../../domain/sources';

/** How the file was read in one line. Each decision leads to the setting that changes it, or to the lines it is about. */
export function ReadingLine({ source }: { source: Source }) {
  const parts = readingParts(source);
  if (parts.length === 0) return null;
  return (
    <section aria-label="How it was read" className="mt-5 text-sm">
      <ul className="flex flex-wrap items-center gap-x-1.5 gap-y-1.5">
        <li className="text-ink-soft">We read:</li>
        {parts.map(({ field, text }) => (
          <li key={text}>
            <button
              type="button"
              className="min-h-7 max-w-full break-words rounded-full border border-line-strong/60 bg-card px-2.5 py-0.5 text-left hover:border-accent hover:text-accent"
              onClick={() => showSetting(field)}
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Brings the setting of a decision into view and puts the focus on it; lists open. */
function showSetting(field: ReadingField): void {
  const setting = document.querySelector<HTMLElement>(`[data-reading~="${field}"]`);
  for (const details of setting?.querySelectorAll('details') ?? []) details.open = true;
  const control = setting?.querySelector<HTMLElement>('summary, input, select, button');
  control?.focus({ preventScroll: true });
  setting?.scrollIntoView?.({ block: 'center', behavior: 'auto' });
}
