import { Files, Table2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button';
import { formatBytes, formatCount } from '../../components/format';
import { TextTable } from '../../components/table';
import { errorText } from '../../domain/errors';
import { pathsOf } from '../../domain/file-union';
import { dropChoice, importSource, importTables } from '../actions';
import { useClient } from '../client-context';

/** Files whose heads are compared. */
const MAX_COMPARED = 12;

type Head = { readonly columns: readonly string[] } | { readonly problem: string };

/** Asks whether several files are one table or several sources, with the columns of each. */
export function FilesChoice({ files }: { files: readonly File[] }) {
  const client = useClient();
  const [heads, setHeads] = useState<readonly Head[]>([]);
  useEffect(() => {
    let isOver = false;
    const look = async () => {
      for (const file of files.slice(0, MAX_COMPARED)) {
        const head = await client.sources.sniff(file).then(
          ({ preview }): Head => ({ columns: preview.columns }),
          (error: unknown): Head => ({ problem: errorText(error) }),
        );
        if (isOver) return;
        setHeads((known) => [...known, head]);
      }
    };
    setHeads([]);
    void look();
    return () => {
      isOver = true;
    };
  }, [client, files]);
  const paths = pathsOf(files);
  const first = heads.find((head) => 'columns' in head);
  return (
    <>
      <p className="text-ink-soft">
        As one table, their rows come one after the other, in the order of the files’ names. Columns are
        matched by name; one that a file lacks is empty in its rows.
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button variant="primary" icon={Table2} onClick={() => void importSource(client, { files })}>
          Read as one table
        </Button>
        <Button icon={Files} onClick={() => void importTables(client, files)}>
          Read as {formatCount(files.length)} sources
        </Button>
        <Button onClick={dropChoice}>Back</Button>
      </div>
      <div className="mt-6">
        <TextTable
          label="The files"
          columns={['File', 'Size', 'Columns']}
          rows={files.map(({ size }, i) => [
            paths[i]!,
            formatBytes(size),
            i < MAX_COMPARED ? headWords(heads[i], first) : 'Compared when they are read',
          ])}
        />
      </div>
    </>
  );
}

function headWords(head: Head | undefined, first: Head | undefined): string {
  if (!head) return 'Looking …';
  if ('problem' in head) return head.problem;
  const { columns } = head;
  if (!first || head === first || 'problem' in first) return columns.join(', ');
  const lacks = first.columns.filter((name) => !columns.includes(name));
  const adds = columns.filter((name) => !first.columns.includes(name));
  if (lacks.length === 0 && adds.length === 0) return `The same ${columns.length}`;
  return [
    ...(lacks.length > 0 ? [`without ${lacks.join(', ')}`] : []),
    ...(adds.length > 0 ? [`with ${adds.join(', ')} besides`] : []),
  ].join('; ');
}
