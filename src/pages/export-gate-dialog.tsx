import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { useExportGate } from './export-gate';

/** Asks before rows leave that miss a threshold: which figure, and what was asked for. */
export function ExportGateDialog() {
  const { asked } = useExportGate();
  if (!asked) return null;
  const { name, missed, answer } = asked;
  return (
    <Dialog
      title={`Save the rows of “${name}” all the same?`}
      onClose={() => answer(false)}
      actions={
        <>
          <Button variant="primary" onClick={() => answer(false)}>
            Keep them here
          </Button>
          <Button onClick={() => answer(true)}>Save all the same</Button>
        </>
      }
    >
      <p className="text-sm">Their report misses what the settings ask for before a download:</p>
      <ul className="mt-2 list-disc space-y-1 pl-5 text-sm">
        {missed.map(({ check, sentence }) => (
          <li key={check}>{sentence}</li>
        ))}
      </ul>
    </Dialog>
  );
}
