import { Switch as RadixSwitch } from 'radix-ui';
import { type ReactNode, useId } from 'react';

const CONTROL =
  'min-h-10 w-full rounded-lg border border-line-strong/70 bg-card px-3 py-2 text-sm text-ink disabled:opacity-55 aria-invalid:border-danger';

interface FieldProps {
  readonly label: string;
  readonly help?: ReactNode;
  readonly error?: string | null;
}

function Field(props: FieldProps & { controlId: string; helpId: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <label htmlFor={props.controlId} className="mb-1 block text-sm font-medium">
        {props.label}
      </label>
      {props.children}
      <p id={props.helpId} className="mt-1 text-xs text-ink-soft">
        {props.error ? <span className="text-danger">{props.error}</span> : props.help}
      </p>
    </div>
  );
}

/** One of a few. */
export function SelectField<T extends string>(
  props: FieldProps & {
    readonly value: T;
    readonly options: readonly { readonly value: T; readonly label: string; readonly disabled?: boolean }[];
    readonly onChange: (value: T) => void;
    readonly disabled?: boolean;
  },
) {
  const id = useId();
  return (
    <Field {...props} controlId={id} helpId={`${id}-help`}>
      <select
        id={id}
        aria-describedby={`${id}-help`}
        className={CONTROL}
        value={props.value}
        disabled={props.disabled}
        onChange={(event) => {
          const chosen = props.options.find((option) => option.value === event.target.value);
          if (chosen) props.onChange(chosen.value);
        }}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** A number as text while it is typed; empty means null, shown by `placeholder`. */
export function NumberField(
  props: FieldProps & {
    readonly text: string;
    readonly onText: (text: string) => void;
    readonly placeholder?: string;
    readonly disabled?: boolean;
    readonly decimal?: boolean;
  },
) {
  const id = useId();
  return (
    <Field {...props} controlId={id} helpId={`${id}-help`}>
      <input
        id={id}
        type="text"
        inputMode={props.decimal ? 'decimal' : 'numeric'}
        autoComplete="off"
        aria-describedby={`${id}-help`}
        aria-invalid={props.error ? true : undefined}
        className={CONTROL}
        value={props.text}
        placeholder={props.placeholder}
        disabled={props.disabled}
        onChange={(event) => props.onText(event.target.value)}
      />
    </Field>
  );
}

/** A line of text. */
export function TextField(
  props: FieldProps & {
    readonly value: string;
    readonly onChange: (value: string) => void;
    readonly maxLength?: number;
    readonly disabled?: boolean;
  },
) {
  const id = useId();
  return (
    <Field {...props} controlId={id} helpId={`${id}-help`}>
      <input
        id={id}
        type="text"
        autoComplete="off"
        aria-describedby={`${id}-help`}
        aria-invalid={props.error ? true : undefined}
        className={CONTROL}
        value={props.value}
        maxLength={props.maxLength}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </Field>
  );
}

/** On or off. */
export function SwitchField(props: {
  readonly label: string;
  readonly help?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}) {
  const id = useId();
  return (
    <div className="flex min-w-0 items-start gap-3">
      <Toggle
        id={id}
        describedBy={`${id}-help`}
        checked={props.checked}
        onChange={props.onChange}
        disabled={props.disabled}
      />
      <div className="min-w-0">
        <label htmlFor={id} className="block text-sm font-medium">
          {props.label}
        </label>
        <p id={`${id}-help`} className="mt-0.5 text-xs text-ink-soft">
          {props.help}
        </p>
      </div>
    </div>
  );
}

/** The bare switch, for tables where the row names it. */
export function Toggle(props: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly id?: string;
  readonly label?: string;
  readonly describedBy?: string;
}) {
  return (
    <RadixSwitch.Root
      id={props.id}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      checked={props.checked}
      disabled={props.disabled}
      onCheckedChange={props.onChange}
      className="mt-0.5 inline-flex h-6 w-10 shrink-0 items-center rounded-full bg-line-strong p-0.5 transition-colors disabled:opacity-55 data-[state=checked]:bg-accent"
    >
      <RadixSwitch.Thumb className="block size-5 rounded-full bg-card transition-transform data-[state=checked]:translate-x-4" />
    </RadixSwitch.Root>
  );
}
