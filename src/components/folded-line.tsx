import { type ReactNode, useId } from 'react';

/** One line that unfolds into its details: what a person may want to know and need not read at once. */
export function FoldedLine(props: {
  readonly title: string;
  /** Something a person should not overlook. */
  readonly isProblem?: boolean;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  const id = useId();
  const look = props.isProblem ? 'border-difference/40 bg-difference-soft' : 'border-line bg-card';
  return (
    <details className={`mt-2 rounded-xl border text-sm ${look} ${props.className ?? ''}`}>
      <summary id={id} className="px-4 py-3 font-medium break-words">
        <bdi>{props.title}</bdi>
      </summary>
      <section aria-labelledby={id} className="px-4 pb-4">
        {props.children}
      </section>
    </details>
  );
}
