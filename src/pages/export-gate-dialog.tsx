import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { useExportGate } from './export-gate';

/** Asks before rows, or a model, leave that miss a threshold: which figure, and what was asked for. */
export function ExportGateDialog() {
  const { asked } = useExportGate();
  if (!asked) return null;
  const { what, name, missed, answer } = asked;
  const isModel = what === 'generator';
  return (
    <Dialog
      title={isModel ? `Export “${name}” all the same?` : `Save the rows of “${name}” all the same?`}
      onClose={() => answer(false)}
      actions={
        <>
          <Button variant="primary" onClick={() => answer(false)}>
            {isModel ? 'Keep it here' : 'Keep them here'}
          </Button>
          <Button onClick={() => answer(true)}>{isModel ? 'Export' : 'Save'} all the same</Button>
        </>
      }
    >
      <p className="text-sm">
        {isModel
          ? 'Its model misses what the settings ask for before a download:'
          : 'Their report misses what the settings ask for before a download:'}
      </p>
      <ul className="mt-2 list-disc space-y-1 pl-5 text-sm">
        {missed.map(({ check, sentence }) => (
          <li key={check}>{sentence}</li>
        ))}
      </ul>
    </Dialog>
  );
}
