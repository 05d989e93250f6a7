import type { ReactNode, Ref } from 'react';

/** An area that scrolls on its own, named, and reachable by keyboard so that it can be scrolled without a mouse. */
export function ScrollArea(props: {
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLElement>;
}) {
  return (
    <section
      ref={props.ref}
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: WCAG 2.1.1, a scrolling area must take the focus
      tabIndex={0}
      className={props.className}
    >
      {props.children}
    </section>
  );
}
