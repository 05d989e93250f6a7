import { Copy, FileCode, FileDown } from 'lucide-react';
import { useState } from 'react';
import type { SdkExport } from '../client/api';
import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { SelectField } from '../components/field';
import { saveFile } from '../components/save-file';
import { ScrollArea } from '../components/table';
import { showToast } from '../components/toasts';
import { fileNameOf } from '../domain/file-name';
import { showError } from './actions';

type Form = 'python' | 'json';

/** A dialog that shows a configuration as the MOSTLY AI SDK takes it, to be copied or saved, and what opens it. */
export function useSdkDialog(name: string, load: () => SdkExport) {
  const [shown, show] = useState<SdkExport | null>(null);
  const open = () => {
    try {
      show(load());
    } catch (error) {
      showError(error);
    }
  };
  return { open, dialog: shown && <SdkDialog name={name} sdk={shown} onClose={() => show(null)} /> };
}

/** The same behind a button of its own. */
export function SdkButton({ name, load }: { name: string; load: () => SdkExport }) {
  const { open, dialog } = useSdkDialog(name, load);
  return (
    <>
      <Button icon={FileCode} onClick={open}>
        MOSTLY AI SDK
      </Button>
      {dialog}
    </>
  );
}

function SdkDialog({ name, sdk, onClose }: { name: string; sdk: SdkExport; onClose: () => void }) {
  const [form, setForm] = useState<Form>('python');
  const text = form === 'python' ? sdk.python : `${JSON.stringify(sdk.json, null, 2)}\n`;
  const copy = () =>
    navigator.clipboard.writeText(text).then(() => showToast('The configuration was copied.'), showError);
  const save = () => {
    const plain = fileNameOf(name);
    saveFile(
      new File([text], form === 'python' ? `${plain}.py` : `${plain}-sdk.json`, { type: 'text/plain' }),
    );
  };
  return (
    <Dialog
      title="For the MOSTLY AI SDK"
      onClose={onClose}
      actions={
        <>
          <Button icon={FileDown} onClick={save}>
            Save
          </Button>
          <Button variant="primary" icon={Copy} onClick={() => void copy()}>
            Copy
          </Button>
        </>
      }
    >
      <SelectField
        label="Format"
        value={form}
        options={[
          { value: 'python', label: 'Python' },
          { value: 'json', label: 'JSON, which comes back here by drop or paste' },
        ]}
        onChange={setForm}
      />
      {sdk.notes.length > 0 && (
        <section aria-label="What the SDK does without" className="mt-4 text-sm">
          <h3 className="font-medium">
            {form === 'python'
              ? 'Left out, because the SDK has no such thing'
              : 'Kept apart, because the SDK has no such thing'}
          </h3>
          <ul className="mt-1 list-disc space-y-1 pl-5 break-words">
            {sdk.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      )}
      <ScrollArea label="The configuration" className="mt-4 max-h-80">
        <pre className="p-3 font-mono text-xs">{text}</pre>
      </ScrollArea>
    </Dialog>
  );
}
