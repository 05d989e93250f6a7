import { FileUp, FolderUp } from 'lucide-react';
import { useRef } from 'react';
import { Button } from './button';
import { filesOfFolder } from './folder-files';

/** A button that chooses files, or one alone; the same file can be chosen twice in a row. */
export function FileButton({
  onFiles,
  label = 'Choose files',
  variant = 'primary',
  accept,
  isSingle = false,
  isFolder = false,
}: {
  readonly onFiles: (files: readonly File[]) => void;
  readonly label?: string;
  readonly variant?: 'primary' | 'secondary';
  /** Ends of names and media types, separated by commas. */
  readonly accept: string;
  readonly isSingle?: boolean;
  /** A folder is chosen, with all files in it. */
  readonly isFolder?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  const choose = () => {
    if (input.current) input.current.webkitdirectory = isFolder;
    input.current?.click();
  };
  return (
    <>
      <Button variant={variant} icon={isFolder ? FolderUp : FileUp} onClick={choose}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        multiple={!isSingle}
        accept={isFolder ? undefined : accept}
        className="sr-only"
        tabIndex={-1}
        aria-label={label === 'Choose files' ? 'File to read' : `${label}: file`}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) onFiles(isFolder ? filesOfFolder(files) : files);
        }}
      />
    </>
  );
}
