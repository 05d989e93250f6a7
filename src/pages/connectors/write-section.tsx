import { FileOutput } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Written } from '../../client/connectors/connectors-api';
import { Button } from '../../components/button';
import { Card, Section } from '../../components/card';
import { SelectField, TextField } from '../../components/field';
import { formatPlural } from '../../components/format';
import { EmptyState, Notice } from '../../components/notice';
import { UserText } from '../../components/table';
import { type Connector, canBeWritten, type IfExists } from '../../domain/connectors';
import { errorText, isCanceled } from '../../domain/errors';
import { fileNameOf } from '../../domain/file-name';
import type { Job } from '../../domain/job';
import { useClient, useResources } from '../client-context';
import { JobProgressPanel } from '../job-progress-panel';

const CHOICES = [
  { value: 'FAIL', label: 'Write nothing, and say so' },
  { value: 'REPLACE', label: 'Replace it' },
  { value: 'APPEND', label: 'Append to it' },
] as const satisfies readonly { readonly value: IfExists; readonly label: string }[];

/** Writes a synthetic dataset to where a connector leads. */
export function WriteSection({ connector, onWritten }: { connector: Connector; onWritten: () => void }) {
  const { accessType, type } = connector;
  const { datasets } = useResources();
  const finished = datasets.filter(({ summary }) => summary !== null).toReversed();
  if (!canBeWritten(type) || accessType === 'READ_DATA') return null;
  return (
    <Section
      title="Write a synthetic dataset"
      about={
        type === 'FOLDER'
          ? 'As a file, in the format that its name ends with. What is there changes when all of it is written, or not at all.'
          : 'As a table. The database changes when all of it is written, or not at all.'
      }
    >
      {finished.length === 0 ? (
        <EmptyState>There is no synthetic dataset yet. A trained generator makes one.</EmptyState>
      ) : (
        <WriteForm connector={connector} onWritten={onWritten} datasets={finished} />
      )}
    </Section>
  );
}

interface Writing {
  readonly controller: AbortController;
  readonly progress: Job | null;
}

function WriteForm(props: {
  readonly connector: Connector;
  readonly onWritten: () => void;
  readonly datasets: ReturnType<typeof useResources>['datasets'];
}) {
  const client = useClient();
  const { connector, datasets } = props;
  const { id, type } = connector;
  const [chosen, setChosen] = useState(datasets[0]!.id);
  const [typed, setTyped] = useState<string | null>(null);
  const [ifExists, setIfExists] = useState<IfExists>('FAIL');
  const [writing, setWriting] = useState<Writing | null>(null);
  const [written, setWritten] = useState<Written | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const controller = writing?.controller;
  useEffect(() => () => controller?.abort(), [controller]);
  const dataset = datasets.find((each) => each.id === chosen) ?? datasets[0]!;
  const plain = fileNameOf(`${dataset.config.name.replace(/\.\w+$/, '')} synthetic`);
  const location = typed ?? (type === 'FOLDER' ? `${plain}.csv` : plain);
  const write = async () => {
    const started = { controller: new AbortController(), progress: null };
    setWriting(started);
    setProblem(null);
    setWritten(null);
    try {
      const done = await client.connectors.writeData(id, dataset.id, location, {
        ifExists,
        signal: started.controller.signal,
        onProgress: (progress) => setWriting((now) => now && { ...now, progress }),
      });
      setWritten(done);
      props.onWritten();
    } catch (error) {
      if (!isCanceled(error)) setProblem(errorText(error));
    } finally {
      setWriting(null);
    }
  };
  return (
    <Card>
      <form
        className="grid gap-4 sm:grid-cols-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!writing && location.trim() !== '') void write();
        }}
      >
        <SelectField
          label="Synthetic dataset"
          value={dataset.id}
          options={datasets.map((each) => ({ value: each.id, label: each.config.name }))}
          onChange={setChosen}
        />
        <TextField
          label={type === 'FOLDER' ? 'File' : 'Table'}
          value={location}
          maxLength={500}
          onChange={setTyped}
          help={
            type === 'FOLDER'
              ? 'Ends with .csv, .parquet, .json, .jsonl, .xlsx, .arrow or .sqlite; “folder/name.csv” makes the folder.'
              : 'Columns get the types of the rows.'
          }
        />
        <SelectField
          label="If it is there already"
          value={ifExists}
          options={CHOICES}
          onChange={setIfExists}
          {...(ifExists === 'APPEND' &&
            type === 'FOLDER' && { help: 'CSV and JSON Lines with the same columns alone.' })}
        />
        <div className="sm:col-span-3">
          <Button
            type="submit"
            variant="primary"
            icon={FileOutput}
            disabled={writing !== null || location.trim() === ''}
          >
            Write the rows
          </Button>
        </div>
      </form>
      {writing && (
        <div className="mt-4">
          <JobProgressPanel
            progress={writing.progress}
            waiting="Writing the rows"
            onCancel={() => writing.controller.abort()}
          />
        </div>
      )}
      <div role="status">
        {written && (
          <Notice className="mt-4">
            <p>
              {formatPlural(written.rows, 'row')} {written.rows === 1 ? 'was' : 'were'} written to{' '}
              <UserText text={written.location} className="font-medium" />.
            </p>
            {written.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </Notice>
        )}
      </div>
      {problem !== null && (
        <Notice tone="error" className="mt-4">
          {problem}
        </Notice>
      )}
    </Card>
  );
}
