import { Pencil } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';

/**
 * A text that is edited where it stands: a button opens it, Enter or leaving the field keeps it, Escape takes it back.
 * The focus goes back to the button.
 */
export function EditableText(props: {
  /** What it is, in the names of button and field: "name". */
  readonly what: string;
  readonly value: string;
  readonly onSave: (value: string) => void;
  /** The text while it is not edited. */
  readonly children: ReactNode;
  /** Several lines; Shift and Enter begins another. */
  readonly multiline?: boolean;
  readonly maxLength: number;
  /** An empty text is no text: it is taken back. */
  readonly isRequired?: boolean;
}) {
  const { what, value, maxLength } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isOpen = draft !== null;
  useEffect(() => {
    if (isOpen) field.current?.select();
  }, [isOpen]);
  const close = (text: string | null, toButton: boolean) => {
    setDraft(null);
    const saved = text?.trim();
    if (saved !== undefined && saved !== value && !(props.isRequired && saved === '')) props.onSave(saved);
    if (toButton) setTimeout(() => button.current?.focus());
  };
  const label = value === '' ? `Add ${/^[aeio]/.test(what) ? 'an' : 'a'} ${what}` : `Edit the ${what}`;
  const control = {
    ref: field,
    value: draft ?? '',
    maxLength,
    'aria-label': what[0]!.toUpperCase() + what.slice(1),
    onChange: ({ target }: { target: { value: string } }) => setDraft(target.value),
    onBlur: () => close(draft, false),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') close(null, true);
      else if (event.key === 'Enter' && !(props.multiline && event.shiftKey)) {
        event.preventDefault();
        close(draft, true);
      }
    },
    className: `w-full rounded-lg border border-line-strong/70 bg-card px-3 py-2 text-ink ${props.multiline ? 'text-sm' : 'text-xl font-semibold'}`,
  };
  return (
    <>
      {/* Not gone while it is edited: the heading of a page stays, and does not take the focus when it comes back. */}
      <div className={isOpen ? 'sr-only' : 'flex min-w-0 items-start gap-1'}>
        {props.children}
        <button
          ref={button}
          type="button"
          hidden={isOpen}
          aria-label={label}
          title={label}
          onClick={() => setDraft(value)}
          className={`no-print inline-flex [&[hidden]]:hidden min-h-6 min-w-6 shrink-0 items-center gap-1.5 rounded-lg p-1.5 text-sm text-ink-soft hover:bg-sunken hover:text-ink${value === '' ? ' -ml-1.5' : ''}`}
        >
          <Pencil aria-hidden="true" size={16} />
          {value === '' && label}
        </button>
      </div>
      {isOpen && (
        <div className="min-w-0 sm:min-w-96">
          {props.multiline ? (
            <textarea rows={3} {...control} />
          ) : (
            <input type="text" autoComplete="off" {...control} />
          )}
          <p className="mt-1 text-xs text-ink-soft">
            Enter keeps it, Escape takes it back.
            {props.multiline && ' Shift and Enter begins another line.'}
          </p>
        </div>
      )}
    </>
  );
}
