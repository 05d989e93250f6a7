import { useEffect } from 'react';

/** Calls `onComing` where a file is likely to come: one is dragged over the window, or a dialog opens to choose one. */
export function useFileComing(onComing: () => void): void {
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const drag = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) onComing();
    };
    const click = ({ target }: MouseEvent) => {
      if (target instanceof HTMLInputElement && target.type === 'file') onComing();
    };
    window.addEventListener('dragenter', drag, { signal });
    window.addEventListener('click', click, { signal });
    return () => listening.abort();
  }, [onComing]);
}
