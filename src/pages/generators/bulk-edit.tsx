import { startTransition, useState } from 'react';
import { Button } from '../../components/button';
import { formatCount } from '../../components/format';
import type { ColumnConfig } from '../../domain/columns';
import { ChoiceSelect } from './choice-select';
import {
  type ColumnChoice,
  type ColumnEdit,
  choicesFor,
  type EditedColumn,
  editColumns,
} from './column-edits';

/** What is done to all selected columns at once, and to how many it could be. */
export function BulkEdit(props: {
  readonly selected: readonly EditedColumn[];
  readonly onChange: (configs: readonly ColumnConfig[]) => void;
  readonly onClear: () => void;
}) {
  const { selected, onChange, onClear } = props;
  const [choice, setChoice] = useState<ColumnChoice>();
  const [done, setDone] = useState('');
  const choices = choicesFor(selected);
  const chosen = choices.find((each) => each === choice);
  const edit = (what: ColumnEdit) => {
    const changed = editColumns(selected, what);
    // Hundreds of columns are decided and drawn anew: piece by piece, so that the page answers.
    startTransition(() => {
      if (changed.length > 0) onChange(changed);
      setDone(`${formatCount(changed.length)} of ${formatCount(selected.length)} changed.`);
    });
  };
  return (
    <section aria-label="Selected columns" className="flex flex-wrap items-center gap-2">
      <p className="text-sm">
        {formatCount(selected.length)} selected{' '}
        <span role="status" className="text-ink-soft">
          {done}
        </span>
      </p>
      <ChoiceSelect
        label="Learn or write the selected columns as"
        value={chosen}
        choices={choices}
        onChoose={setChoice}
        className="min-h-10!"
      />
      {/* Arrows pass through the list: what each of them did at once could not be told apart. */}
      <Button disabled={chosen === undefined} onClick={() => chosen && edit(chosen)}>
        Apply
      </Button>
      <Button onClick={() => edit('include')}>Include</Button>
      <Button onClick={() => edit('leave-out')}>Leave out</Button>
      <Button variant="ghost" onClick={onClear}>
        Clear the selection
      </Button>
    </section>
  );
}
