import { X } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';

/**
 * A modal on the platform's own `<dialog>`: focus trap, Escape and the inert page come with it. (The dialog of Radix
 * writes a `<style>` element to lock scrolling, which the content security policy refuses.)
 */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // A layout effect closes it while it is still in the page: only then does the focus go back to where it was.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      // Whatever cell of a table it stands in.
      className="w-[min(40rem,calc(100vw-2rem))] text-left text-base font-normal whitespace-normal text-ink rounded-2xl border border-line bg-card p-0 shadow-2xl"
    >
      <div className="flex items-start justify-between gap-4 px-5 pt-5">
        <h2 id={titleId} className="text-lg font-semibold">
          {props.title}
        </h2>
        <button
          type="button"
          aria-label="Close"
          onClick={props.onClose}
          className="-mt-1 -mr-1 rounded-lg p-2 text-ink-soft hover:bg-sunken hover:text-ink"
        >
          <X aria-hidden="true" size={18} />
        </button>
      </div>
      <div className="max-h-[70dvh] overflow-y-auto px-5 py-4">{props.children}</div>
      {props.actions && (
        <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-4">{props.actions}</div>
      )}
    </dialog>
  );
}
