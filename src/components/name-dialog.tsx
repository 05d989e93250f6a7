import { useId, useState } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';
import { TextField } from './field';

/** Asks for a name, and what is to be said of it. */
export function NameDialog(props: {
  readonly title: string;
  readonly name: string;
  /** Absent = only a name is asked for. */
  readonly description?: string;
  readonly action: string;
  readonly onClose: () => void;
  readonly onSave: (naming: { readonly name: string; readonly description?: string }) => void;
}) {
  const [name, setName] = useState(props.name);
  const [description, setDescription] = useState(props.description);
  const form = useId();
  const isEmpty = name.trim() === '';
  const save = () => {
    if (isEmpty) return;
    props.onClose();
    props.onSave({
      name: name.trim(),
      ...(description !== undefined && { description: description.trim() }),
    });
  };
  return (
    <Dialog
      title={props.title}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          {/* Of the form: Enter in a field is the same. */}
          <Button type="submit" form={form} variant="primary" disabled={isEmpty}>
            {props.action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField label="Name" value={name} maxLength={256} onChange={setName} />
        {description !== undefined && (
          <TextField label="Description" value={description} maxLength={4000} onChange={setDescription} />
        )}
      </form>
    </Dialog>
  );
}
