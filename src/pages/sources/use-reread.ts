import { useState } from 'react';
import { formatPlural } from '../../components/format';
import { showToast } from '../../components/toasts';
import { chosenWith } from '../../domain/chosen-dialect';
import { errorText } from '../../domain/errors';
import { onlyTable } from '../../domain/only-table';
import type { CsvDialect, Source } from '../../domain/sources';
import { useClient } from '../client-context';

/** Reads a file again with some settings changed, or with no others than given, and says how many rows it has then, or why it could not. */
export function useReread(source: Source): {
  readonly busy: boolean;
  readonly error: string | null;
  readonly reread: (change: Partial<CsvDialect>) => Promise<void>;
  /** Forgets what was set before. */
  readonly readAs: (dialect: Partial<CsvDialect>) => Promise<void>;
} {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const readAs = async (dialect: Partial<CsvDialect>) => {
    setBusy(true);
    setError(null);
    try {
      const again = await client.sources.reread(source.id, dialect);
      showToast(`${again.name} was read again: ${formatPlural(onlyTable(again).rowCount, 'row')}.`);
    } catch (problem) {
      setError(errorText(problem));
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, reread: (change) => readAs(chosenWith(source, change)), readAs };
}
