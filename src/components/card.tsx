import type { ReactNode } from 'react';

/** A titled area of a page. */
export function Section(props: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly id?: string;
  /** On paper it is a sheet of its own, in small print. */
  readonly isSheet?: boolean;
}) {
  return (
    <section
      id={props.id}
      aria-label={props.title}
      className={`mt-10 scroll-mt-20 ${props.isSheet ? 'print-sheet' : ''}`}
    >
      <div className="mb-3 flex flex-wrap items-end justify-between gap-x-6 gap-y-2 print:break-inside-avoid print:break-after-avoid">
        <div>
          <h2 className="text-lg font-semibold">{props.title}</h2>
          {props.about && <p className="max-w-prose text-sm text-ink-soft">{props.about}</p>}
        </div>
        {props.actions && <div className="flex flex-wrap items-center gap-2">{props.actions}</div>}
      </div>
      {props.children}
    </section>
  );
}

/** A white sheet with a hairline. */
export function Card({ children }: { children: ReactNode }) {
  return <div className="rounded-xl border border-line bg-card p-4 sm:p-5">{children}</div>;
}

/** A few facts in one line, wrapping on small screens. */
export function Facts({ items }: { items: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3">
      {items.map(([label, value]) => (
        <div key={label}>
          <dt className="text-xs text-ink-soft">{label}</dt>
          <dd className="text-base font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
