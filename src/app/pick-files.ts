import { TABLE_FILES } from '../domain/table-files';

/** Lets a person choose files, from wherever they are. */
export function pickFiles(onFiles: (files: File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = TABLE_FILES;
  input.onchange = () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) onFiles(files);
  };
  input.click();
}
