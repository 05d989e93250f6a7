import { useState } from 'react';
import { SelectField } from '../../components/field';
import { UserText } from '../../components/table';
import { namesInWords } from '../../domain/subject-words';
import type { Subject } from '../../domain/subjects';

/** What the select offers besides columns; those come as `=name`. */
const FOUND = '';
const NONE = 'none';
const SEVERAL = 'several';

interface SubjectFieldProps {
  /** As in the configuration of a table. */
  readonly value: readonly string[] | null;
  /** What the data say. */
  readonly found: Subject | null;
  readonly names: readonly string[];
  /** Columns of `value` that the table does not have. */
  readonly missing: readonly string[];
  readonly onChange: (subjectColumns: readonly string[] | null) => void;
}

/** By which columns rows are one person's: as found, none, one, or several that are ticked. */
export function SubjectField({ value, found, names, missing, onChange }: SubjectFieldProps) {
  // Several columns are chosen one by one: until two are ticked, the choice alone tells.
  const [isChoosing, setChoosing] = useState(false);
  const isSeveral = isChoosing || (value !== null && value.length > 1);
  const selected = isSeveral ? SEVERAL : selectedOf(value);
  const choose = (choice: string) => {
    setChoosing(choice === SEVERAL);
    if (choice === FOUND) onChange(null);
    else if (choice === NONE) onChange([]);
    else if (choice !== SEVERAL) onChange([choice.slice(1)]);
    else if (value === null && found) onChange(found.columns);
  };
  const columns = [
    ...names.map((name) => ({ name, label: name })),
    ...missing.map((name) => ({ name, label: `${name} (not in the table)` })),
  ];
  return (
    <div className="min-w-0">
      <SelectField
        label="Rows of the same person share"
        value={selected}
        onChange={choose}
        options={[
          { value: FOUND, label: `As found in the data: ${found ? namesInWords(found.columns) : 'nothing'}` },
          { value: NONE, label: 'Nothing: one row per person' },
          ...columns.map(({ name, label }) => ({ value: `=${name}`, label })),
          ...(names.length > 1 ? [{ value: SEVERAL, label: 'Several columns …' }] : []),
        ]}
        error={missing.length > 0 ? 'A column that you chose is no longer in the table. Choose again.' : null}
        help="Protection, split and guard then count people. A person may be a customer, a patient, an account."
      />
      {isSeveral && (
        <ColumnTicks
          columns={columns}
          ticked={value ?? []}
          onChange={(ticked) => {
            setChoosing(true);
            onChange(ticked);
          }}
        />
      )}
    </div>
  );
}

function selectedOf(value: readonly string[] | null): string {
  if (value === null) return FOUND;
  const [name] = value;
  return name === undefined ? NONE : `=${name}`;
}

function ColumnTicks(props: {
  readonly columns: readonly { readonly name: string; readonly label: string }[];
  readonly ticked: readonly string[];
  readonly onChange: (ticked: readonly string[]) => void;
}) {
  const { columns, ticked, onChange } = props;
  const names = columns.map(({ name }) => name);
  return (
    <fieldset className="mt-2 rounded-lg border border-line bg-sunken p-3">
      <legend className="sr-only">Columns that rows of the same person share</legend>
      <ul className="grid max-h-56 gap-x-4 gap-y-1 overflow-y-auto sm:grid-cols-2">
        {columns.map(({ name, label }) => (
          <li key={name}>
            <label className="flex min-h-8 items-center gap-2 text-sm">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-accent"
                checked={ticked.includes(name)}
                onChange={({ target }) =>
                  onChange(
                    names.filter((other) => (other === name ? target.checked : ticked.includes(other))),
                  )
                }
              />
              <UserText text={label} />
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
