import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { TextField } from '../../components/field';
import { importSource, openJson } from '../actions';
import { useClient } from '../client-context';

/** Rows from the clipboard: out of a spreadsheet (tab separated) or as CSV. */
export function PasteDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [text, setText] = useState('');
  const [name, setName] = useState('pasted');
  const id = useId();
  const rows = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    rows.current?.focus();
  }, []);
  const isEmpty = text.trim() === '';
  const read = () => {
    onClose();
    if (text.trimStart().startsWith('{')) {
      void openJson(client, 'The pasted configuration', new File([text], 'The pasted text'));
      return;
    }
    const file = name.trim() === '' ? 'pasted' : name.trim();
    void importSource(client, { name: /\.\w+$/.test(file) ? file : `${file}.csv`, text });
  };
  return (
    <Dialog
      title="Paste a table"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button variant="primary" disabled={isEmpty} onClick={read}>
            Read the table
          </Button>
        </>
      }
    >
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        Rows, with the column names first
      </label>
      <textarea
        ref={rows}
        id={id}
        rows={10}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={'name,age,city\nAda,36,London'}
        className="mb-4 w-full rounded-lg border border-line-strong/70 bg-card px-3 py-2 font-mono text-sm"
      />
      <TextField
        label="Name of the table"
        value={name}
        onChange={setName}
        maxLength={200}
        help="Copied from a spreadsheet, or commas, semicolons, tabs: the separator is detected. The configuration of a generator or synthetic dataset, or a recipe (JSON), can be pasted, too."
      />
    </Dialog>
  );
}
