import { useState } from 'react';
import { formatPlural } from '../../components/format';
import { showToast } from '../../components/toasts';
import { errorText } from '../../domain/errors';
import { onlyTable } from '../../domain/only-table';
import type { CsvDialect, Source } from '../../domain/sources';
import { useClient } from '../client-context';

/** Reads a file again with other settings, and says how many rows it has then, or why it could not. */
export function useReread({ id }: Source): {
  readonly busy: boolean;
  readonly error: string | null;
  readonly reread: (dialect: Partial<CsvDialect>) => Promise<void>;
} {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const reread = async (dialect: Partial<CsvDialect>) => {
    setBusy(true);
    setError(null);
    try {
      const again = await client.sources.reread(id, dialect);
      showToast(`${again.name} was read again: ${formatPlural(onlyTable(again).rowCount, 'row')}.`);
    } catch (problem) {
      setError(errorText(problem));
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, reread };
}
