import { type ReactNode, useState } from 'react';

/** A part of a form that is folded away until it is asked for. */
export function Fold(props: {
  readonly title: string;
  readonly about: string;
  /** Whether it stays open: what is in it needs attention. */
  readonly isOpen: boolean;
  readonly children: ReactNode;
}) {
  const [asked, setAsked] = useState(false);
  return (
    <details
      open={asked || props.isOpen}
      onToggle={({ currentTarget: details }) => {
        // React would not open it again: to its mind it is open.
        if (props.isOpen && !details.open) details.open = true;
        else setAsked(details.open);
      }}
      className="mt-6 border-t border-line pt-4"
    >
      <summary className="text-sm font-medium">
        {props.title} <span className="font-normal text-ink-soft">{props.about}</span>
      </summary>
      <div className="mt-4">{props.children}</div>
    </details>
  );
}
