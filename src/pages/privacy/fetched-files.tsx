import { formatBytes, formatMoment } from '../../components/format';
import { TextTable } from '../../components/table';
import { useClient } from '../client-context';

/** The files that a person fetched from other addresses since the page was loaded. */
export function FetchedFiles() {
  const fetched = useClient().sources.fetched();
  if (fetched.length === 0) return <p className="text-sm text-ink-soft">Nothing.</p>;
  return (
    <TextTable
      label="Fetched files"
      columns={['Address, without its query', 'When', 'Size']}
      rows={fetched.map(({ address, at, bytes }) => [
        address,
        formatMoment(at),
        bytes === null ? 'Did not come' : formatBytes(bytes),
      ])}
    />
  );
}
