import { ChartColumn, X } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { navigate } from 'wouter/use-hash-location';
import type { AskedEvaluation } from '../../client/api';
import { Button } from '../../components/button';
import { Card, Section } from '../../components/card';
import { ChoiceCards } from '../../components/choice-cards';
import { SelectField, TextField } from '../../components/field';
import { FileButton } from '../../components/file-button';
import { formatCount } from '../../components/format';
import { Notice } from '../../components/notice';
import { UserText } from '../../components/table';
import { COMPARED_ABOUT } from '../../domain/compared-rows';
import { errorText, isCanceled } from '../../domain/errors';
import { NO_LATER_HOLDOUT } from '../../domain/evaluations';
import type { Job } from '../../domain/job';
import { onlyTable } from '../../domain/only-table';
import { DEFAULT_LIMITS, ReportLimits } from '../../domain/report-limits';
import type { Source } from '../../domain/sources';
import { TABLE_FILES } from '../../domain/table-files';
import { useClient, useLoaded, useResources } from '../client-context';
import { JobProgressPanel } from '../job-progress-panel';
import { PageHeading } from '../resource-page';
import { draftOf, readDraft } from '../settings-draft';
import { SettingsForm } from '../settings-form';
import { SentenceList } from './file-notes';

/** Rows that are made of nothing here: a source, or a synthetic dataset. */
type Chosen = AskedEvaluation['synthetic'][number];

/** What a report on data is for, and on a model. */
const KINDS = [
  {
    value: 'model',
    title: 'Rows as the original has them',
    about: 'How close they are is scored, beside what fresh real rows reach.',
  },
  {
    value: 'data',
    title: 'Rows that are meant to differ',
    about: 'Conditioned or rebalanced: charts and evidence of privacy, and no score of likeness.',
  },
] as const;

/** Reports on any files: what a generator learned from, what it never saw, and what it – or another tool – made. */
export function EvaluatePage() {
  const client = useClient();
  const [training, setTraining] = useState('');
  const [holdout, setHoldout] = useState('');
  const [synthetic, setSynthetic] = useState<readonly Chosen[]>([]);
  const [kind, setKind] = useState<'model' | 'data'>('model');
  const [subject, setSubject] = useState('');
  const [target, setTarget] = useState('');
  const [job, setJob] = useState<{ readonly progress: Job | null; readonly cancel: () => void } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const subjectColumns = columnNames(subject);
  const targets = columnNames(target);
  const [limits, setLimits] = useState(() => draftOf(ReportLimits, DEFAULT_LIMITS));
  const chosenLimits = readDraft(ReportLimits, limits).values;
  const isComplete = training !== '' && synthetic.length > 0;
  const asked = useMemo(
    () => ({ trainingSourceId: training, holdoutSourceId: holdout || null, synthetic: [...synthetic], kind }),
    [training, holdout, synthetic, kind],
  );

  /** Does what takes a while and may be cancelled. */
  async function run<T>(
    work: (call: { signal: AbortSignal; onProgress: (progress: Job) => void }) => Promise<T>,
    done: (result: T) => void,
  ) {
    const controller = new AbortController();
    const cancel = () => controller.abort();
    setError(null);
    setJob({ progress: null, cancel });
    try {
      done(await work({ signal: controller.signal, onProgress: (progress) => setJob({ progress, cancel }) }));
    } catch (failure) {
      if (!isCanceled(failure)) setError(errorText(failure));
    } finally {
      setJob(null);
    }
  }

  const bring = (files: readonly File[], take: (sources: readonly Source[]) => void) =>
    void run(async (call) => {
      const sources: Source[] = [];
      for (const file of files) sources.push(await client.sources.create(file, call));
      return sources;
    }, take);

  const evaluate = () =>
    void run(
      (call) => client.evaluations.create({ ...asked, subjectColumns, targets, ...chosenLimits }, call),
      ({ id, reports, failed }) =>
        navigate(
          reports.length === 1 && failed.length === 0 ? `/reports/${reports[0]!.id}` : `/evaluations/${id}`,
        ),
    );

  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
      <PageHeading title="Evaluate" />
      <p className="mt-1 max-w-prose text-sm text-ink-soft">
        How close synthetic rows are to the original, and whether they copy it: for files made here or by any
        other tool. Nothing leaves your browser.
      </p>
      <Section title="Files">
        <div className="grid gap-4 lg:grid-cols-3">
          <Side title="Original" about="The rows that the generator learned from.">
            <SourceSelect label="Source of the original" value={training} onChange={setTraining} />
            <FileButton
              accept={TABLE_FILES}
              isSingle
              variant="secondary"
              label="Choose the original"
              onFiles={(files) => bring(files, ([source]) => source && setTraining(source.id))}
            />
          </Side>
          <Side
            title="Holdout"
            about="Rows of the same kind that it never saw. Without them nothing tells copies."
          >
            <SourceSelect
              label="Source of the holdout"
              value={holdout}
              onChange={setHoldout}
              none="No holdout"
              except={training}
            />
            <FileButton
              accept={TABLE_FILES}
              isSingle
              variant="secondary"
              label="Choose the holdout"
              onFiles={(files) => bring(files, ([source]) => source && setHoldout(source.id))}
            />
            {holdout === '' && <p className="text-xs text-ink-soft">{NO_LATER_HOLDOUT}</p>}
          </Side>
          <Side title="Synthetic rows" about="One file or several, which are compared with each other.">
            <SyntheticRows chosen={synthetic} onChange={setSynthetic} />
            <FileButton
              accept={TABLE_FILES}
              variant="secondary"
              label="Choose synthetic files"
              onFiles={(files) =>
                bring(files, (sources) =>
                  setSynthetic((before) => [
                    ...before,
                    ...sources.map(({ id }) => ({ kind: 'source' as const, id })),
                  ]),
                )
              }
            />
          </Side>
        </div>
      </Section>
      <Section title="How">
        <Card>
          <div className="grid gap-5 lg:grid-cols-2">
            <ChoiceCards label="Report on" value={kind} choices={KINDS} onChange={setKind} />
            <div className="space-y-4">
              <TextField
                label="Columns by which rows are one person’s"
                value={subject}
                onChange={setSubject}
                placeholder="As found"
                help="Names with commas between. Empty: as found in the original."
              />
              <TextField
                label="Columns to predict"
                value={target}
                onChange={setTarget}
                placeholder="Proposed"
                help="Usefulness: what is learned from synthetic rows predicts them for the holdout. Names with commas between. Empty: proposed ones."
              />
            </div>
          </div>
          <details className="mt-4">
            <summary className="cursor-pointer text-sm font-medium">Limits</summary>
            <p className="mt-1 mb-3 max-w-prose text-sm text-ink-soft">{COMPARED_ABOUT}</p>
            <div className="grid gap-5 sm:grid-cols-2">
              <SettingsForm schema={ReportLimits} draft={limits} onChange={setLimits} />
            </div>
          </details>
        </Card>
      </Section>
      {isComplete && <Differences asked={asked} />}
      <div className="mt-6" aria-live="polite">
        {error && (
          <Notice tone="error" className="mb-4">
            {error}
          </Notice>
        )}
        {job ? (
          <JobProgressPanel progress={job.progress} waiting="Starting" onCancel={job.cancel} />
        ) : (
          <Button
            variant="primary"
            icon={ChartColumn}
            disabled={!isComplete || chosenLimits === null}
            onClick={evaluate}
          >
            {synthetic.length > 1 ? `Compare ${synthetic.length} files` : 'Write the report'}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Null = none is named. */
function columnNames(text: string): string[] | null {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.length === 0 ? null : names;
}

function Side(props: { title: string; about: string; children: ReactNode }) {
  return (
    <section
      aria-label={props.title}
      className="flex min-w-0 flex-col items-start gap-3 rounded-xl border border-line bg-card p-4 *:max-w-full"
    >
      <div>
        <h3 className="font-medium">{props.title}</h3>
        <p className="text-sm text-ink-soft">{props.about}</p>
      </div>
      {props.children}
    </section>
  );
}

function SourceSelect(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly none?: string;
  /** Id of a source that is not offered. */
  readonly except?: string;
}) {
  const { sources } = useResources();
  const options = sources
    .filter(({ id }) => id !== props.except)
    .toReversed()
    .map((source) => ({ value: source.id, label: sourceLabel(source) }));
  return (
    <div className="w-full">
      <SelectField
        label={props.label}
        value={props.value}
        options={[{ value: '', label: props.none ?? 'Choose a source' }, ...options]}
        onChange={props.onChange}
      />
    </div>
  );
}

function sourceLabel(source: Source): string {
  return `${source.name} (${formatCount(onlyTable(source).rowCount)} rows)`;
}

/** The files of synthetic rows, and a way to add one that is here. */
function SyntheticRows(props: {
  readonly chosen: readonly Chosen[];
  readonly onChange: (chosen: readonly Chosen[]) => void;
}) {
  const { sources, datasets } = useResources();
  const { chosen, onChange } = props;
  const known = [
    ...sources.map((source) => ({ kind: 'source' as const, id: source.id, label: sourceLabel(source) })),
    ...datasets
      .filter(({ generationStatus }) => generationStatus === 'DONE')
      .map(({ id, config, summary }) => ({
        kind: 'synthetic-dataset' as const,
        id,
        label: `${config.name} (${formatCount(summary?.rows ?? 0)} rows made here)`,
      })),
  ];
  const left = known.filter(({ id }) => chosen.every((other) => other.id !== id)).toReversed();
  return (
    <>
      {chosen.length > 0 && (
        <ul aria-label="Chosen synthetic rows" className="w-full divide-y divide-line text-sm">
          {chosen.map(({ id }) => {
            const label = known.find((each) => each.id === id)?.label ?? 'Deleted rows';
            return (
              <li key={id} className="flex items-center justify-between gap-2 py-1">
                <UserText text={label} className="min-w-0 truncate" />
                <button
                  type="button"
                  aria-label={`Remove ${label}`}
                  onClick={() => onChange(chosen.filter((other) => other.id !== id))}
                  className="rounded-lg p-2 text-ink-soft hover:bg-sunken hover:text-ink"
                >
                  <X aria-hidden="true" size={16} />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <div className="w-full">
        <SelectField
          label="Add synthetic rows"
          value=""
          options={[
            { value: '', label: 'Choose rows' },
            ...left.map(({ id, label }) => ({ value: id, label })),
          ]}
          onChange={(id) => {
            const found = left.find((each) => each.id === id);
            if (found) onChange([...chosen, { kind: found.kind, id }]);
          }}
        />
      </div>
    </>
  );
}

/** How names and types differ, before anything is computed. */
function Differences({ asked }: { asked: AskedEvaluation }) {
  const client = useClient();
  const found = useLoaded(
    useCallback(async () => ({ files: await client.evaluations.differences(asked) }), [client, asked]),
  );
  if (found === null) return null;
  if (typeof found === 'string') return <Notice tone="warning">{found}</Notice>;
  const sentences = found.files.flatMap((file) => file.sentences);
  return sentences.length === 0 ? (
    <p className="mt-4 text-sm text-ink-soft">All files have the same columns in the same types.</p>
  ) : (
    <SentenceList title="How the files differ" sentences={[...new Set(sentences)]} />
  );
}
