import { SelectField, SwitchField, TextField } from '../../components/field';
import { UserText } from '../../components/table';
import type { LearnedColumn } from './learned-columns';
import type { RuleDraft } from './rule-draft';

interface FieldsProps {
  readonly draft: RuleDraft;
  readonly columns: readonly LearnedColumn[];
  readonly onChange: (draft: RuleDraft) => void;
}

const OPERATIONS = [
  { value: '+', label: 'plus' },
  { value: '-', label: 'minus' },
  { value: '×', label: 'times' },
  { value: '÷', label: 'divided by' },
  { value: '×²', label: 'times the square of' },
  { value: '÷²', label: 'divided by the square of' },
  { value: '+%', label: 'plus the percentage (0 to 100) in' },
  { value: '-%', label: 'less the percentage (0 to 100) in' },
  { value: '+share', label: 'plus the share (0 to 1) in' },
  { value: '-share', label: 'less the share (0 to 1) in' },
] as const;

/** The fields of a rule's kind, to stand in a grid of two columns. */
export function RuleFields(props: FieldsProps) {
  const { draft, columns, onChange } = props;
  const edit = (fields: Partial<RuleDraft>) => onChange({ ...draft, ...fields });
  const column = (part: 'first' | 'second' | 'third', label: string) => (
    <SelectField
      label={label}
      value={draft[part]}
      options={[
        { value: '', label: 'Choose a column' },
        ...columns.map(({ name }) => ({ value: name, label: name })),
      ]}
      onChange={(name) => edit({ [part]: name })}
    />
  );
  const text = (part: 'text' | 'text2', label: string, help?: string) => (
    <TextField label={label} value={draft[part]} help={help} onChange={(value) => edit({ [part]: value })} />
  );
  const flag = (label: string, help: string) => (
    <div className="sm:col-span-2">
      <SwitchField label={label} help={help} value={draft.flag} onChange={(on) => edit({ flag: on })} />
    </div>
  );
  const strict = flag('Strict', 'On: equal values break the rule.');
  switch (draft.kind) {
    case 'fixed-combinations':
      return <ColumnChoice {...props} />;
    case 'one-hot':
      return <ColumnChoice {...props} />;
    case 'missing-together':
      return <ColumnChoice {...props} />;
    case 'inequality':
      return (
        <>
          {column('first', 'Low or early column')}
          {column('second', 'High or late column')}
          {strict}
        </>
      );
    case 'between':
      return (
        <>
          {column('first', 'Low column')}
          {column('second', 'Middle column')}
          {column('third', 'High column')}
          {strict}
        </>
      );
    case 'functional-dependency':
      return (
        <>
          {column('first', 'Column that decides')}
          {column('second', 'Column that is decided')}
          {flag('One to one', 'On: the second decides the first, too.')}
        </>
      );
    case 'computed':
      return (
        <>
          {column('third', 'Computed column')}
          {column('first', 'From column')}
          <SelectField
            label="Operation"
            value={draft.operation}
            options={OPERATIONS}
            onChange={(operation) => edit({ operation })}
          />
          {column('second', 'And column')}
          {text('text', 'Rounded to decimals', 'Empty: not rounded. Between two dates days are counted.')}
        </>
      );
    case 'range':
      return (
        <>
          {column('first', 'Column')}
          <div className="hidden sm:block" />
          {text('text', 'Lower bound', 'A number or a date such as 2020-12-31. Empty: none.')}
          {text('text2', 'Upper bound', 'As for the lower bound.')}
          {flag('Strict', 'On: the bounds themselves break the rule.')}
        </>
      );
    case 'increments':
      return (
        <>
          {column('first', 'Column')}
          {text('text', 'Increment', 'Every value is a multiple of it, e.g. 0.05 or 100.')}
        </>
      );
    case 'implied-value':
      return (
        <>
          {column('second', 'Where this column')}
          {text('text2', 'holds one of', 'Separated by semicolons. Empty: where it is missing.')}
          {column('first', 'this other column')}
          {text('text', 'holds', 'Empty: is missing.')}
          {flag('Exactly there', 'On: the value occurs nowhere else.')}
        </>
      );
  }
}

function ColumnChoice({ draft, columns, onChange }: FieldsProps) {
  return (
    <fieldset className="min-w-0 sm:col-span-2">
      <legend className="mb-1 text-sm font-medium">Columns</legend>
      <ul className="grid max-h-60 gap-x-4 overflow-y-auto rounded-lg border border-line-strong/70 p-2 sm:grid-cols-2">
        {columns.map(({ name }) => (
          <li key={name}>
            <label className="flex min-h-9 items-center gap-2 rounded px-1 text-sm hover:bg-sunken">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-accent"
                checked={draft.columns.includes(name)}
                onChange={({ target }) =>
                  onChange({
                    ...draft,
                    columns: columns
                      .map((column) => column.name)
                      .filter((own) => (own === name ? target.checked : draft.columns.includes(own))),
                  })
                }
              />
              <UserText text={name} />
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
