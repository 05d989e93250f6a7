import { Button } from '../../components/button';
import { Notice } from '../../components/notice';
import { onlyTable } from '../../domain/only-table';
import { regionsSentence } from '../../domain/reading-words';
import type { Source, TableRegion } from '../../domain/sources';
import { useReread } from './use-reread';

/** A person chooses among so many; the lines of others can be set in the settings. */
const MAX_OFFERED = 6;

/** Says that a file holds several tables, and reads another one at a click. */
export function TableChoice({ source }: { source: Source }) {
  const { busy, error, readAs } = useReread(source);
  const table = onlyTable(source);
  const sentence = regionsSentence(table);
  if (sentence === null) return null;
  const { encoding, delimiter, quote } = source.dialect;
  const others = (table.regions ?? []).filter(({ isRead }) => !isRead).slice(0, MAX_OFFERED);
  // Where the table ends and what its names are is told anew.
  const choose = ({ firstLine }: TableRegion) =>
    void readAs({ encoding, delimiter, quote, skipLines: firstLine - 1 });
  return (
    <div data-reading="table">
      <Notice
        tone="warning"
        className="mt-4"
        actions={others.map((region) => (
          <Button key={region.firstLine} disabled={busy} onClick={() => choose(region)}>
            Read lines {region.firstLine}–{region.lastLine}
          </Button>
        ))}
      >
        {sentence}
      </Notice>
      {error !== null && (
        <Notice tone="error" className="mt-4">
          {error}
        </Notice>
      )}
    </div>
  );
}
