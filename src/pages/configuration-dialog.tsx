import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { SelectField } from '../components/field';
import { Notice } from '../components/notice';
import { errorText } from '../domain/errors';
import type { JobConfig } from '../domain/job-configuration';
import { onlyTable } from '../domain/only-table';
import type { Source } from '../domain/sources';
import { useActivity } from './actions';
import { useClient, useResources } from './client-context';

/** Asks for the source or generator of a configuration that was dropped or pasted. */
export function ConfigurationDialog() {
  const { configuration } = useActivity();
  if (!configuration) return null;
  const { name, config } = configuration;
  return config.generator ? (
    <ForGenerator key={name} {...configuration} />
  ) : (
    <ForDataset key={name} {...configuration} />
  );
}

interface Given {
  readonly name: string;
  readonly config: JobConfig;
  readonly notes: readonly string[];
}

/** Settings of a generator: on which source? */
function ForGenerator({ name, config, notes }: Given) {
  const client = useClient();
  const { sources } = useResources();
  const [chosen, choose] = useState(() => likelySource(sources, config)?.id ?? '');
  const source = sources.find(({ id }) => id === chosen);
  const missing = source ? missingColumns(source, config) : [];
  return (
    <Choice
      about={
        <>
          <bdi>{name}</bdi> holds the settings of a generator, and no rows. Choose the source to train on.
        </>
      }
      none={
        <>
          There is no source yet. Bring in <bdi>{config.source?.file ?? 'the table'}</bdi> first, then drop or
          paste the configuration again.
        </>
      }
      label="Source"
      chosen={chosen}
      options={sources.map((known) => ({ value: known.id, label: known.name }))}
      onChoose={choose}
      notes={notes}
      problem={
        missing.length === 0
          ? null
          : `This source lacks ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ` and ${missing.length - 5} more` : ''}, which the configuration names.`
      }
      action="Create the generator"
      onCreate={() => `/generators/${client.generators.createFrom(config, chosen).id}`}
    />
  );
}

/** Settings of rows: with which generator? */
function ForDataset({ name, config, notes }: Given) {
  const client = useClient();
  const trained = useResources().generators.filter(({ trainingStatus }) => trainingStatus === 'DONE');
  const [chosen, choose] = useState(() => trained.at(-1)?.id ?? '');
  return (
    <Choice
      about={
        <>
          <bdi>{name}</bdi> holds the settings of a synthetic dataset, and no rows. Choose the generator to
          generate with.
        </>
      }
      none="There is no trained generator yet. Train one first, then drop or paste the configuration again."
      label="Generator"
      chosen={chosen}
      options={trained.map(({ id, config: { name: label } }) => ({ value: id, label }))}
      onChoose={choose}
      notes={notes}
      problem={null}
      action="Create the synthetic dataset"
      onCreate={() => `/synthetic-datasets/${client.syntheticDatasets.createFrom(config, chosen).id}`}
    />
  );
}

function Choice(props: {
  readonly about: ReactNode;
  /** What to say where there is nothing to choose. */
  readonly none: ReactNode;
  readonly label: string;
  readonly chosen: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (id: string) => void;
  /** What of the configuration is not taken over. */
  readonly notes: readonly string[];
  readonly problem: string | null;
  readonly action: string;
  /** @returns the path to go to */
  readonly onCreate: () => string;
}) {
  const [, navigate] = useLocation();
  const [refusal, setRefusal] = useState<string | null>(null);
  const { options, chosen, notes, problem } = props;
  const close = () => useActivity.setState({ configuration: null });
  const isChosen = options.some(({ value }) => value === chosen);
  const create = () => {
    try {
      const path = props.onCreate();
      close();
      navigate(path);
    } catch (error) {
      setRefusal(errorText(error));
    }
  };
  return (
    <Dialog
      title="Use this configuration"
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Back</Button>
          <Button variant="primary" disabled={!isChosen || problem !== null} onClick={create}>
            {props.action}
          </Button>
        </>
      }
    >
      <p className="mb-4 text-sm text-ink-soft">{props.about}</p>
      {options.length === 0 ? (
        <Notice tone="warning">{props.none}</Notice>
      ) : (
        <SelectField
          label={props.label}
          value={chosen}
          options={options}
          onChange={(id) => {
            props.onChoose(id);
            setRefusal(null);
          }}
        />
      )}
      {notes.length > 0 && (
        <section aria-label="Not taken over" className="mt-3 text-sm">
          <h3 className="font-medium">Not taken over</h3>
          <ul className="mt-1 list-disc space-y-1 pl-5 break-words">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      )}
      {problem !== null && (
        <Notice tone="warning" className="mt-3">
          {problem}
        </Notice>
      )}
      {refusal !== null && (
        <Notice tone="error" className="mt-3">
          {refusal}
        </Notice>
      )}
    </Dialog>
  );
}

/** The newest source that has the file's name, else one with the columns, else the newest. */
function likelySource(sources: readonly Source[], config: JobConfig): Source | undefined {
  return (
    sources.findLast(({ name, fileName = name }) => [name, fileName].includes(config.source?.file ?? '')) ??
    sources.findLast((source) => missingColumns(source, config).length === 0) ??
    sources.at(-1)
  );
}

function missingColumns(source: Source, { generator }: JobConfig): string[] {
  const known = new Set(onlyTable(source).columns.map(({ name }) => name));
  return (generator?.tables[0]?.columns ?? []).map(({ name }) => name).filter((name) => !known.has(name));
}
