import { Button } from '../../components/button';
import { Notice } from '../../components/notice';
import { headerSentences } from '../../domain/header-words';
import type { Source } from '../../domain/sources';
import { useReread } from './use-reread';

/** What was assumed of the first row, with the answer a click away, and which names were replaced. */
export function HeaderNotice({ source }: { source: Source }) {
  const { busy, error, reread } = useReread(source);
  const { guess, asks, renamed } = headerSentences(source);
  const { header: isHeader } = source.dialect;

  const answer = (header: boolean) => void reread({ header });

  return (
    <>
      {guess !== null && (
        <Notice
          tone={asks ? 'warning' : 'info'}
          className="mt-4"
          actions={
            <>
              {(asks || !isHeader) && (
                <Button disabled={busy} onClick={() => answer(true)}>
                  It holds names
                </Button>
              )}
              {(asks || isHeader) && (
                <Button disabled={busy} onClick={() => answer(false)}>
                  It is a row
                </Button>
              )}
            </>
          }
        >
          {guess}
        </Notice>
      )}
      {renamed !== null && (
        <Notice tone="warning" className="mt-4">
          {renamed}
        </Notice>
      )}
      {error !== null && (
        <Notice tone="error" className="mt-4">
          {error}
        </Notice>
      )}
    </>
  );
}
