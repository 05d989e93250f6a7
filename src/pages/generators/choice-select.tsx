import type { ReactNode } from 'react';
import { type ColumnChoice, isWriting } from './column-edits';
import { encodingName } from './encoding-names';
import { writingName } from './writing-fields';

/** How columns are learned or written: the encodings first, the ways of writing what is not learned below them. */
export function ChoiceSelect(props: {
  readonly label: string;
  /** Absent = none is chosen, and the list says what it is for. */
  readonly value?: ColumnChoice | undefined;
  readonly choices: readonly ColumnChoice[];
  readonly disabled?: boolean;
  /** Of the encoding that is found by itself; by default its name. */
  readonly automatic?: string;
  readonly onChoose: (choice: ColumnChoice) => void;
  readonly className?: string;
}) {
  const { choices, automatic } = props;
  const option = (choice: ColumnChoice): ReactNode => (
    <option key={choice} value={choice}>
      {isWriting(choice)
        ? writingName(choice)
        : choice === 'AUTO' && automatic !== undefined
          ? `Auto: ${automatic}`
          : encodingName(choice)}
    </option>
  );
  return (
    <select
      aria-label={props.label}
      value={props.value ?? ''}
      disabled={props.disabled}
      onChange={({ target: { value } }) => {
        const choice = choices.find((each: string) => each === value);
        if (choice) props.onChoose(choice);
      }}
      className={`min-h-9 max-w-full rounded-lg border border-line-strong/70 bg-card px-2 py-1 text-sm text-ellipsis disabled:opacity-60 ${props.className ?? ''}`}
    >
      {props.value === undefined && (
        <option value="" disabled>
          Learn or write as…
        </option>
      )}
      <optgroup label="Learned as">{choices.filter((choice) => !isWriting(choice)).map(option)}</optgroup>
      <optgroup label="Not learned, written as">{choices.filter(isWriting).map(option)}</optgroup>
    </select>
  );
}
