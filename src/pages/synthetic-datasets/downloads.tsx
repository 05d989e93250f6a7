import { Download, FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { SwitchField } from '../../components/field';
import { formatBytes } from '../../components/format';
import type { MenuEntry } from '../../components/menu-entry';
import { Notice } from '../../components/notice';
import { saveFile } from '../../components/save-file';
import { canSaveToFolder, chooseFolder, type Folder, saveToFolder } from '../../components/save-to-folder';
import { errorText, isCanceled } from '../../domain/errors';
import type { Job } from '../../domain/job';
import type { CsvExportOptions, DownloadFormat, SyntheticDataset } from '../../domain/synthetic-datasets';
import { useClient } from '../client-context';
import { mayLeave } from '../export-gate';
import { FormatMenu } from '../format-menu';
import { JobProgressPanel } from '../job-progress-panel';
import { CsvOptions } from './csv-options';

interface Writing {
  readonly controller: AbortController;
  readonly progress: Job | null;
}

/** The finished rows as files. */
export function Downloads({ dataset }: { dataset: SyntheticDataset }) {
  const client = useClient();
  const [csv, setCsv] = useState<CsvExportOptions>({ neutraliseFormulas: false });
  const [isSorted, setSorted] = useState(false);
  const [folder, setFolder] = useState<Folder | null>(null);
  const [writing, setWriting] = useState<Writing | null>(null);
  const [notes, setNotes] = useState<readonly string[]>([]);
  const [error, setError] = useState<string | null>(null);
  const controller = writing?.controller;
  useEffect(() => () => controller?.abort(), [controller]);
  const original = dataset.tables?.[0]?.stored?.original;

  const download = async (format: DownloadFormat) => {
    if (!(await mayLeave(client, dataset))) return;
    const started = { controller: new AbortController(), progress: null };
    setWriting(started);
    setError(null);
    setNotes([]);
    try {
      const file = await client.syntheticDatasets.download(dataset.id, format, {
        signal: started.controller.signal,
        onProgress: (progress) => {
          setWriting((now) => now && { ...now, progress });
          setNotes(progress.notices ?? []);
        },
        csv,
        sorted: isSorted,
      });
      if (folder) await saveToFolder(folder, file);
      else saveFile(file);
    } catch (problem) {
      if (!isCanceled(problem)) setError(errorText(problem));
    } finally {
      setWriting(null);
    }
  };
  const chooseFolderToSave = () =>
    void chooseFolder()
      .then((chosen) => chosen && setFolder(chosen))
      .catch((problem: unknown) => setError(errorText(problem)));
  const toFolder: readonly MenuEntry[] = canSaveToFolder()
    ? [{ label: 'Save to a folder…', icon: FolderOpen, run: chooseFolderToSave }]
    : [];
  return (
    <Card>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          icon={Download}
          disabled={writing !== null}
          onClick={() => void download('parquet')}
        >
          Download Parquet
        </Button>
        <Button icon={Download} disabled={writing !== null} onClick={() => void download('csv')}>
          Download CSV
        </Button>
        <FormatMenu
          label="More formats"
          except={['parquet', 'csv']}
          onChoose={(format) => writing === null && void download(format)}
          more={toFolder}
        />
      </div>
      <div className="mt-4">
        <CsvOptions value={csv} original={original} onChange={setCsv} />
      </div>
      {original?.sortedBy && (
        <div className="mt-4">
          <SwitchField
            label={`Sort by ${original.sortedBy.column} as the original`}
            value={isSorted}
            onChange={setSorted}
            help="In every format but Parquet, up to 20 million rows. Otherwise they stand as they were drawn."
          />
        </div>
      )}
      {dataset.summary && (
        <p className="mt-4 text-sm text-ink-soft">
          The Parquet file is {formatBytes(dataset.summary.parquetBytes)} large and keeps the column types.
          {folder && ` Files go to the folder “${folder.name}”.`}
        </p>
      )}
      {writing && (
        <div className="mt-4">
          <JobProgressPanel
            progress={writing.progress}
            waiting="Writing the file"
            onCancel={() => writing.controller.abort()}
          />
        </div>
      )}
      {notes.length > 0 && (
        <Notice className="mt-4">
          {notes.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Notice>
      )}
      {error && (
        <Notice tone="error" className="mt-4">
          {error}
        </Notice>
      )}
    </Card>
  );
}
