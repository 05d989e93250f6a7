import { FileSearch, FolderSearch } from 'lucide-react';
import { useId } from 'react';
import { Link } from 'wouter';
import type { ConnectorTarget } from '../../client/connectors/connectors-api';
import { Button } from '../../components/button';
import { FileButton } from '../../components/file-button';
import { Notice } from '../../components/notice';
import { UserText } from '../../components/table';
import type { ConnectorType } from '../../domain/connectors';
import { chooseTarget, givesAccess } from './choose-target';

const ENDS = { SQLITE: '.sqlite,.sqlite3,.db', DUCKDB: '.duckdb,.ddb,.db' };

/** The folder or file that a connector leads to, and the way to choose it; where a browser has none, what to do instead. */
export function TargetField(props: {
  readonly type: Exclude<ConnectorType, 'ADDRESS'>;
  readonly isWritten: boolean;
  /** What it leads to now; '' = nothing yet. */
  readonly name: string;
  readonly onChoose: (target: ConnectorTarget) => void;
  readonly onError: (error: unknown) => void;
}) {
  const { type, isWritten, name, onChoose, onError } = props;
  const id = useId();
  const isFolder = type === 'FOLDER';
  const what = isFolder ? 'folder' : 'file';
  const choose = () =>
    void chooseTarget(type, isWritten).then((target) => target && onChoose(target), onError);
  const label = name === '' ? `Choose the ${what}` : `Choose another ${what}`;
  if (givesAccess(type)) {
    return (
      <div>
        <div className="flex flex-wrap items-center gap-3">
          <Button icon={isFolder ? FolderSearch : FileSearch} aria-describedby={id} onClick={choose}>
            {label}
          </Button>
          {name !== '' && <UserText text={name} className="text-sm font-medium" />}
        </div>
        <p id={id} className="mt-1 text-xs text-ink-soft">
          It is used where it lies. The browser asks you to allow that again after a restart.
        </p>
      </div>
    );
  }
  if (isFolder) {
    return (
      <Notice tone="warning">
        This browser gives pages no lasting access to folders. Use Chrome or Edge for a connector to one.
        Here,{' '}
        <Link href="/" className="font-medium underline underline-offset-2">
          choose a folder on the start page
        </Link>{' '}
        to read its files once, and download what is made.
      </Notice>
    );
  }
  return (
    <div>
      <div className="flex flex-wrap items-center gap-3">
        <FileButton
          label={label}
          variant="secondary"
          accept={ENDS[type]}
          isSingle
          onFiles={([file]) => file && onChoose(file)}
        />
        {name !== '' && <UserText text={name} className="text-sm font-medium" />}
      </div>
      <p className="mt-1 text-xs text-ink-soft">
        This browser gives pages no lasting access to files, so a copy of it is kept here. What is written
        goes to the copy, which can be downloaded.
      </p>
    </div>
  );
}
