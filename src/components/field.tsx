import { Switch as RadixSwitch } from 'radix-ui';
import { type ComponentProps, type ReactNode, useId } from 'react';

const CONTROL =
  'min-h-10 w-full rounded-lg border border-line-strong/70 bg-card px-3 py-2 text-sm text-ink disabled:opacity-55 aria-invalid:border-danger';

interface FieldProps<T> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly help?: string;
  /** What is wrong with the value; shown in place of the help. */
  readonly error?: string | null;
  readonly disabled?: boolean;
}

type ControlProps = Pick<
  ComponentProps<'input'>,
  'id' | 'className' | 'disabled' | 'aria-describedby' | 'aria-invalid'
>;

/** A control with its label above it and its help below. */
function Field(
  props: Omit<FieldProps<never>, 'value' | 'onChange'> & {
    readonly children: (control: ControlProps) => ReactNode;
  },
) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {props.label}
      </label>
      {props.children({
        id,
        className: CONTROL,
        disabled: props.disabled,
        'aria-describedby': `${id}-help`,
        'aria-invalid': props.error ? true : undefined,
      })}
      <p id={`${id}-help`} className="mt-1 text-xs text-ink-soft">
        {props.error ? <span className="text-danger">{props.error}</span> : props.help}
      </p>
    </div>
  );
}

/** One of a few. */
export function SelectField<T extends string>({
  options,
  value,
  onChange,
  ...field
}: FieldProps<T> & {
  readonly options: readonly { readonly value: T; readonly label: string; readonly disabled?: boolean }[];
}) {
  return (
    <Field {...field}>
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {options.map(({ label, ...option }) => (
            <option key={option.value} {...option}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A line of text; a number is text while it is typed. */
export function TextField({
  onChange,
  label,
  help,
  error,
  disabled,
  action,
  ...input
}: FieldProps<string> &
  Pick<ComponentProps<'input'>, 'inputMode' | 'placeholder' | 'maxLength'> & {
    /** A button beside the control. */
    readonly action?: ReactNode;
  }) {
  return (
    <Field {...{ label, help, error, disabled }}>
      {(control) => (
        <div className="flex gap-2">
          <input
            {...control}
            {...input}
            type="text"
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
          />
          {action}
        </div>
      )}
    </Field>
  );
}

/** On or off. */
export function SwitchField({ label, value, onChange, help, disabled }: FieldProps<boolean>) {
  const id = useId();
  return (
    <div className="flex min-w-0 items-start gap-3">
      <Toggle
        id={id}
        aria-describedby={`${id}-help`}
        checked={value}
        onCheckedChange={onChange}
        disabled={disabled}
      />
      <div className="min-w-0">
        <label htmlFor={id} className="block text-sm font-medium">
          {label}
        </label>
        <p id={`${id}-help`} className="mt-0.5 text-xs text-ink-soft">
          {help}
        </p>
      </div>
    </div>
  );
}

/** Something that a person states: a tick, with what it means below. */
export function CheckField({ label, value, onChange, help, error, disabled }: FieldProps<boolean>) {
  const id = useId();
  return (
    <div className="flex min-w-0 items-start gap-3">
      <input
        id={id}
        type="checkbox"
        checked={value}
        disabled={disabled}
        aria-describedby={`${id}-help`}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="block text-sm font-medium">
          {label}
        </label>
        <p id={`${id}-help`} className="mt-0.5 text-xs text-ink-soft">
          {error ? <span className="text-danger">{error}</span> : help}
        </p>
      </div>
    </div>
  );
}

/** The bare switch, for tables where the row names it. */
export function Toggle(props: Omit<ComponentProps<typeof RadixSwitch.Root>, 'className'>) {
  return (
    <RadixSwitch.Root
      {...props}
      className="mt-0.5 inline-flex h-6 w-10 shrink-0 items-center rounded-full bg-line-strong p-0.5 transition-colors disabled:opacity-55 data-[state=checked]:bg-accent"
    >
      <RadixSwitch.Thumb className="block size-5 rounded-full bg-card transition-transform data-[state=checked]:translate-x-4" />
    </RadixSwitch.Root>
  );
}

/** The bare tick, for tables where the row names it. */
export function Tick(props: { label: string; checked: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="-m-1.5 flex min-h-9 items-center p-1.5">
      <span className="sr-only">{props.label}</span>
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
        className="size-4 accent-accent"
      />
    </label>
  );
}
