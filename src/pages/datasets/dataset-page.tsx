import { X } from 'lucide-react';
import { Link } from 'wouter';
import type { DatasetsApi } from '../../client/api';
import { Section } from '../../components/card';
import { EditableText } from '../../components/editable-text';
import { SelectField } from '../../components/field';
import { formatBytes, formatPlural } from '../../components/format';
import { EmptyState } from '../../components/notice';
import { UserText } from '../../components/table';
import type { Dataset } from '../../domain/datasets';
import { onlyTable } from '../../domain/only-table';
import type { Source } from '../../domain/sources';
import { showError } from '../actions';
import { useClient, useResources } from '../client-context';
import { ResourceFooter } from '../resource-footer';
import { GonePage, ResourceHeading } from '../resource-page';

/** Sources that belong together, what they are, and how they are to be used. */
export function SourceDatasetPage({ id }: { id: string }) {
  const dataset = useResources().sourceDatasets.find((known) => known.id === id);
  return dataset ? <DatasetView dataset={dataset} /> : <GonePage what="dataset" />;
}

function DatasetView({ dataset }: { dataset: Dataset }) {
  const client = useClient();
  const { id, name, description, instructions = '' } = dataset;
  const update = (fields: Parameters<DatasetsApi['update']>[1]) => {
    try {
      client.datasets.update(id, fields);
    } catch (error) {
      showError(error);
    }
  };
  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
      <ResourceHeading resource={{ kind: 'dataset', id }} title={name} description={description} />
      <Section title="Instructions" about="How the sources are to be used, and what goes with what.">
        <div className="rounded-xl border border-line bg-card p-4">
          <EditableText
            what="text of instructions"
            value={instructions}
            maxLength={20_000}
            multiline
            onSave={(text) => update({ instructions: text })}
          >
            {instructions !== '' && (
              <p className="min-w-0 max-w-prose text-sm whitespace-pre-line break-words">
                <bdi>{instructions}</bdi>
              </p>
            )}
          </EditableText>
        </div>
      </Section>
      <BundledSources dataset={dataset} onChange={(sourceIds) => update({ sourceIds })} />
      <ResourceFooter resource={{ kind: 'dataset', id }} name={name} />
    </div>
  );
}

function BundledSources(props: {
  readonly dataset: Dataset;
  readonly onChange: (sourceIds: string[]) => void;
}) {
  const { dataset, onChange } = props;
  const { sources } = useResources();
  const bundled = dataset.sourceIds.flatMap((id) => sources.filter((source) => source.id === id));
  const others = sources.filter(({ id }) => !dataset.sourceIds.includes(id));
  const gone = dataset.sourceIds.length - bundled.length;
  return (
    <Section title="Sources">
      {bundled.length === 0 ? (
        <EmptyState>No source is part of it yet.</EmptyState>
      ) : (
        <ul className="divide-y divide-line rounded-xl border border-line bg-card text-sm">
          {bundled.map((source) => (
            <SourceEntry
              key={source.id}
              source={source}
              onRemove={() => onChange(dataset.sourceIds.filter((id) => id !== source.id))}
            />
          ))}
        </ul>
      )}
      {gone > 0 && (
        <p className="mt-2 text-sm text-ink-soft">
          {formatPlural(gone, 'source')} of it {gone === 1 ? 'is' : 'are'} not here: deleted, or left out of
          the project file that it came with.
        </p>
      )}
      {others.length > 0 && (
        <div className="mt-4 max-w-sm">
          <SelectField
            label="Add a source"
            value=""
            options={[
              { value: '', label: 'Choose one' },
              ...others.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(id) => id !== '' && onChange([...dataset.sourceIds, id])}
          />
        </div>
      )}
    </Section>
  );
}

function SourceEntry({ source, onRemove }: { source: Source; onRemove: () => void }) {
  const { id, name, purpose, description } = source;
  return (
    <li className="flex items-center justify-between gap-4 px-4 py-2">
      <span className="min-w-0">
        <Link href={`/sources/${id}`} className="font-medium hover:text-accent">
          <UserText text={name} />
        </Link>
        <span className="block text-ink-soft">
          {formatPlural(onlyTable(source).rowCount, 'row')} · {formatBytes(source.byteSize)}
        </span>
        {(purpose || description) && (
          <span className="line-clamp-2 text-ink-soft">
            <bdi>{purpose || description}</bdi>
          </span>
        )}
      </span>
      <button
        type="button"
        aria-label={`Take ${name} out of the dataset`}
        title="Take it out of the dataset"
        onClick={onRemove}
        className="rounded-lg p-2.5 text-ink-soft hover:bg-sunken hover:text-ink"
      >
        <X aria-hidden="true" size={16} />
      </button>
    </li>
  );
}
