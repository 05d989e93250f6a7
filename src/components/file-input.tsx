import type { Ref } from 'react';

/** What a table may come in. */
const ACCEPT = '.csv,.tsv,.txt,.tab,.psv,.gz,text/csv,text/tab-separated-values,text/plain,application/gzip';

/** The hidden input behind a button that chooses a file; the same file can be chosen twice in a row. */
export function FileInput(props: {
  readonly ref: Ref<HTMLInputElement>;
  readonly onFiles: (files: readonly File[]) => void;
}) {
  return (
    <input
      ref={props.ref}
      type="file"
      accept={ACCEPT}
      className="sr-only"
      tabIndex={-1}
      aria-label="File to read"
      onChange={(event) => {
        const files = [...(event.target.files ?? [])];
        event.target.value = '';
        if (files.length > 0) props.onFiles(files);
      }}
    />
  );
}
