import { useState } from 'react';
import { Button } from '../../components/button';
import { Notice } from '../../components/notice';
import { errorText } from '../../domain/errors';
import { headerSentences } from '../../domain/header-words';
import type { Source } from '../../domain/sources';
import { useClient } from '../client-context';

/** What was assumed of the first row, with the answer a click away, and which names were replaced. */
export function HeaderNotice({ source }: { source: Source }) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { guess, asks, renamed } = headerSentences(source);
  const { header: isHeader } = source.dialect;

  const answer = async (header: boolean) => {
    setBusy(true);
    setError(null);
    try {
      await client.sources.reread(source.id, { ...source.dialect, header });
    } catch (problem) {
      setError(errorText(problem));
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      {guess !== null && (
        <Notice
          tone={asks ? 'warning' : 'info'}
          className="mt-4"
          actions={
            <>
              {(asks || !isHeader) && (
                <Button disabled={busy} onClick={() => void answer(true)}>
                  It holds names
                </Button>
              )}
              {(asks || isHeader) && (
                <Button disabled={busy} onClick={() => void answer(false)}>
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
