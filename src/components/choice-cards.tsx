import { useId } from 'react';

/** One of a few, each with a sentence of what it is: radio buttons, so arrow keys move between them. */
export function ChoiceCards<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly title: string; readonly about: string }[];
  readonly onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">{props.label}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {props.choices.map(({ value, title, about }) => (
          <div
            key={value}
            className="relative flex min-w-0 items-start gap-3 rounded-lg border border-line-strong/70 p-3 has-checked:border-accent has-checked:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              id={`${name}-${value}`}
              name={name}
              value={value}
              checked={props.value === value}
              aria-describedby={`${name}-${value}-about`}
              onChange={() => props.onChange(value)}
              className="relative z-10 mt-0.5 size-4 shrink-0 accent-accent"
            />
            <div className="min-w-0">
              <label
                htmlFor={`${name}-${value}`}
                className="block text-sm font-medium after:absolute after:inset-0"
              >
                {title}
              </label>
              <p id={`${name}-${value}-about`} className="mt-0.5 text-xs text-ink-soft">
                {about}
              </p>
            </div>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
