import type { ReactNode } from 'react';

/** A few things in words, which a table would cut off on a small screen: what it is, a mark beside it, what to know of it. */
export function EntryList(props: {
  readonly entries: readonly {
    readonly title: string;
    readonly mark?: ReactNode;
    /** Beside each other where there is room. */
    readonly about: readonly ReactNode[];
  }[];
}) {
  return (
    <ul className="divide-y divide-line rounded-xl border border-line bg-card text-sm">
      {props.entries.map(({ title, mark, about }) => (
        <li key={title} className="px-4 py-3">
          <div className="flex items-baseline justify-between gap-4">
            <p className="font-medium">{title}</p>
            {mark}
          </div>
          <div className="mt-0.5 grid gap-x-6 text-ink-soft sm:grid-cols-2">
            {about.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity
              <p key={index}>{line}</p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
