import { FileUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import { droppedFiles } from './folder-files';
import { showToast } from './toasts';

/** Takes files dropped anywhere in the window, on any page. */
export function DropOverlay({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const move = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (!event.dataTransfer) return;
      // The list is empty once this handler is over.
      droppedFiles(event.dataTransfer).then(
        (files) => {
          if (files.length > 0) onFiles(files);
          else showToast('What was dropped holds no file. Drop a table, or a folder of tables.', 'error');
        },
        (cause: unknown) => {
          const reason = cause instanceof Error ? cause.message : String(cause);
          showToast(`What was dropped could not be read: ${reason} Drop the files themselves.`, 'error');
        },
      );
    };
    const listening = new AbortController();
    const { signal } = listening;
    window.addEventListener('dragenter', enter, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('dragover', move, { signal });
    window.addEventListener('drop', drop, { signal });
    return () => listening.abort();
  }, [onFiles]);
  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-40 bg-paper/90 p-4">
      <div className="flex h-full flex-col items-center justify-center gap-4 rounded-2xl border-2 border-dashed border-accent bg-accent-soft/60 text-accent">
        <FileUp aria-hidden="true" size={48} strokeWidth={1.5} />
        <p className="text-xl font-semibold">Drop it anywhere</p>
      </div>
    </div>
  );
}
