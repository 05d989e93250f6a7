import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { SwitchField } from '../../components/field';
import { formatBytes } from '../../components/format';
import { Notice } from '../../components/notice';
import { saveFile } from '../../components/save-file';
import { errorText, isCanceled } from '../../domain/errors';
import type { Job } from '../../domain/job';
import type { DownloadFormat, SyntheticDataset } from '../../domain/synthetic-datasets';
import { useClient } from '../client-context';
import { JobProgressPanel } from '../job-progress-panel';

interface Writing {
  readonly controller: AbortController;
  readonly progress: Job | null;
}

/** The finished rows as files. */
export function Downloads({ dataset }: { dataset: SyntheticDataset }) {
  const client = useClient();
  const [neutraliseFormulas, setNeutralise] = useState(false);
  const [writing, setWriting] = useState<Writing | null>(null);
  const [error, setError] = useState<string | null>(null);
  const controller = writing?.controller;
  useEffect(() => () => controller?.abort(), [controller]);

  const download = async (format: DownloadFormat) => {
    const started = { controller: new AbortController(), progress: null };
    setWriting(started);
    setError(null);
    try {
      const file = await client.syntheticDatasets.download(dataset.id, format, {
        signal: started.controller.signal,
        onProgress: (progress) => setWriting((now) => now && { ...now, progress }),
        csv: { neutraliseFormulas },
      });
      saveFile(file);
    } catch (problem) {
      if (!isCanceled(problem)) setError(errorText(problem));
    } finally {
      setWriting(null);
    }
  };
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-4">
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
        </div>
        <div className="max-w-md flex-1 basis-72">
          <SwitchField
            label="Neutralise spreadsheet formulas in CSV"
            value={neutraliseFormulas}
            onChange={setNeutralise}
            help="Puts a ' before cells that a spreadsheet would run as a formula. This changes those values."
          />
        </div>
      </div>
      {dataset.summary && (
        <p className="mt-3 text-sm text-ink-soft">
          The Parquet file is {formatBytes(dataset.summary.parquetBytes)} large and keeps the column types.
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
      {error && (
        <Notice tone="error" className="mt-4">
          {error}
        </Notice>
      )}
    </Card>
  );
}
