import { useState } from 'react';
import { Button } from '../../components/button';
import { formatCount } from '../../components/format';
import type { ColumnConfig } from '../../domain/columns';
import { type ColumnEdit, choicesFor, type EditedColumn, editColumns } from './column-edits';
import { encodingName } from './encoding-names';
import { writingName } from './writing-fields';

/** What is done to all selected columns at once, and to how many it could be. */
export function BulkEdit(props: {
  readonly selected: readonly EditedColumn[];
  readonly onChange: (configs: readonly ColumnConfig[]) => void;
  readonly onClear: () => void;
}) {
  const { selected, onChange, onClear } = props;
  const [done, setDone] = useState('');
  const { types, writings } = choicesFor(selected);
  const edit = (choice: ColumnEdit) => {
    const changed = editColumns(selected, choice);
    if (changed.length > 0) onChange(changed);
    setDone(`${formatCount(changed.length)} of ${formatCount(selected.length)} changed.`);
  };
  return (
    <section aria-label="Selected columns" className="flex flex-wrap items-center gap-2">
      <p className="text-sm">
        {formatCount(selected.length)} selected{' '}
        <span role="status" className="text-ink-soft">
          {done}
        </span>
      </p>
      <select
        aria-label="Learn or write the selected columns as"
        value=""
        onChange={({ target: { value } }) => {
          const choice = [...types, ...writings].find((each: ColumnEdit) => each === value);
          if (choice) edit(choice);
        }}
        className="min-h-10 max-w-full rounded-lg border border-line-strong/70 bg-card px-2 text-sm"
      >
        <option value="" disabled>
          Learn or write as…
        </option>
        <optgroup label="Learned as">
          {types.map((type) => (
            <option key={type} value={type}>
              {encodingName(type)}
            </option>
          ))}
        </optgroup>
        <optgroup label="Not learned, written as">
          {writings.map((way) => (
            <option key={way} value={way}>
              {writingName(way)}
            </option>
          ))}
        </optgroup>
      </select>
      <Button onClick={() => edit('include')}>Include</Button>
      <Button onClick={() => edit('leave-out')}>Leave out</Button>
      <Button variant="ghost" onClick={onClear}>
        Clear the selection
      </Button>
    </section>
  );
}
