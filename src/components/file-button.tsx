import { FileUp } from 'lucide-react';
import { useRef } from 'react';
import { Button } from './button';

/** A button that chooses files, or one alone; the same file can be chosen twice in a row. */
export function FileButton({
  onFiles,
  label = 'Choose files',
  variant = 'primary',
  accept,
  isSingle = false,
}: {
  readonly onFiles: (files: readonly File[]) => void;
  readonly label?: string;
  readonly variant?: 'primary' | 'secondary';
  /** Ends of names and media types, separated by commas. */
  readonly accept: string;
  readonly isSingle?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant={variant} icon={FileUp} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        multiple={!isSingle}
        accept={accept}
        className="sr-only"
        tabIndex={-1}
        aria-label={label === 'Choose files' ? 'File to read' : `${label}: file`}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
