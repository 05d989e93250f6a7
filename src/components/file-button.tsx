import { FileUp } from 'lucide-react';
import { useRef } from 'react';
import { Button } from './button';

/** What a table may come in. */
export const ACCEPTED_FILES =
  '.csv,.tsv,.txt,.tab,.psv,.gz,text/csv,text/tab-separated-values,text/plain,application/gzip';

/** A button that chooses files; the same file can be chosen twice in a row. */
export function FileButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="primary" icon={FileUp} onClick={() => input.current?.click()}>
        Choose files
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        accept={ACCEPTED_FILES}
        className="sr-only"
        tabIndex={-1}
        aria-label="File to read"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
