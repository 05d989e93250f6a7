import { useId } from 'react';
import { TextField } from '../../components/field';

/** Names of files, one a line. */
export function filesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** An address, and the files below it that it does not list by itself. */
export function AddressFields(props: {
  readonly address: string;
  readonly files: string;
  readonly setAddress: (address: string) => void;
  readonly setFiles: (files: string) => void;
}) {
  const id = useId();
  return (
    <>
      <TextField
        label="Address"
        value={props.address}
        maxLength={4000}
        placeholder="https://example.org/data/"
        onChange={props.setAddress}
        help="What the addresses of its files begin with. The server has to allow other sites to read them (CORS). Signatures (“?…”) are kept nowhere, so they cannot be part of it."
      />
      <div>
        <label htmlFor={id} className="mb-1 block text-sm font-medium">
          Files
        </label>
        <textarea
          id={id}
          aria-describedby={`${id}-help`}
          rows={3}
          value={props.files}
          spellCheck={false}
          autoCapitalize="off"
          placeholder={'2024/sales.csv\n2025/sales.csv'}
          onChange={(event) => props.setFiles(event.target.value)}
          className="w-full resize-y rounded-lg border border-line-strong/70 bg-card px-3 py-2 font-mono text-sm text-ink"
        />
        <p id={`${id}-help`} className="mt-1 text-xs text-ink-soft">
          One a line, below the address. Not needed where the address lists its files: the page of a folder, a
          bucket, or a list as JSON or lines.
        </p>
      </div>
    </>
  );
}
