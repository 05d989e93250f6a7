import { useState } from 'react';
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

/** Asks for the source of a configuration that was dropped or pasted. */
export function ConfigurationDialog() {
  const { configuration } = useActivity();
  if (!configuration) return null;
  const { name, config } = configuration;
  return <ChooseSource key={name} name={name} config={config} />;
}

function ChooseSource({ name, config }: { name: string; config: JobConfig }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const { sources } = useResources();
  const [chosen, choose] = useState(() => likelySource(sources, config)?.id ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const close = () => useActivity.setState({ configuration: null });
  const source = sources.find(({ id }) => id === chosen);
  const missing = source ? missingColumns(source, config) : [];
  const create = () => {
    try {
      const { id } = client.generators.createFrom(config, chosen);
      close();
      navigate(`/generators/${id}`);
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  return (
    <Dialog
      title="Use this configuration"
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Back</Button>
          <Button variant="primary" disabled={!source || missing.length > 0} onClick={create}>
            Create the generator
          </Button>
        </>
      }
    >
      <p className="mb-4 text-sm text-ink-soft">
        <bdi>{name}</bdi> holds the settings of a generator, and no rows. Choose the source to train on.
      </p>
      {sources.length === 0 ? (
        <Notice tone="warning">
          There is no source yet. Bring in <bdi>{config.source?.file ?? 'the table'}</bdi> first, then drop or
          paste the configuration again.
        </Notice>
      ) : (
        <SelectField
          label="Source"
          value={chosen}
          options={sources.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => {
            choose(id);
            setProblem(null);
          }}
        />
      )}
      {missing.length > 0 && (
        <Notice tone="warning" className="mt-3">
          This source lacks {missing.slice(0, 5).join(', ')}
          {missing.length > 5 && ` and ${missing.length - 5} more`}, which the configuration names.
        </Notice>
      )}
      {problem && (
        <Notice tone="error" className="mt-3">
          {problem}
        </Notice>
      )}
    </Dialog>
  );
}

/** The newest source that has the file's name, else one with the columns, else the newest. */
function likelySource(sources: readonly Source[], config: JobConfig): Source | undefined {
  return (
    sources.findLast(({ name }) => name === config.source?.file) ??
    sources.findLast((source) => missingColumns(source, config).length === 0) ??
    sources.at(-1)
  );
}

function missingColumns(source: Source, { generator }: JobConfig): string[] {
  const known = new Set(onlyTable(source).columns.map(({ name }) => name));
  return (generator?.tables[0]?.columns ?? []).map(({ name }) => name).filter((name) => !known.has(name));
}
