import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';

/** A button that deletes something, and asks first. */
export function ConfirmButton(props: {
  readonly label: string;
  readonly question: string;
  readonly consequence: string;
  readonly onConfirm: () => void;
  readonly iconOnly?: boolean;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      {props.iconOnly ? (
        <button
          type="button"
          aria-label={props.label}
          onClick={() => setOpen(true)}
          className="rounded-lg p-2.5 text-ink-soft hover:bg-sunken hover:text-danger"
        >
          <Trash2 aria-hidden="true" size={16} />
        </button>
      ) : (
        <Button variant="ghost" icon={Trash2} onClick={() => setOpen(true)}>
          {props.label}
        </Button>
      )}
      {open && (
        <Dialog
          title={props.question}
          onClose={() => setOpen(false)}
          actions={
            <>
              <Button onClick={() => setOpen(false)}>Keep it</Button>
              <Button
                variant="danger"
                onClick={() => {
                  setOpen(false);
                  props.onConfirm();
                }}
              >
                Delete
              </Button>
            </>
          }
        >
          <p className="text-sm text-ink-soft">{props.consequence}</p>
        </Dialog>
      )}
    </>
  );
}
