import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Section } from '../../components/card';
import { EditableText } from '../../components/editable-text';
import { formatMoment, UNKNOWN } from '../../components/format';
import type { DataSource, SourceNotes as Notes, Source } from '../../domain/sources';
import { showError } from '../actions';
import { useClient, useResources } from '../client-context';

const DATA_SOURCES: Record<DataSource, string> = {
  LocalFile: 'A local file',
  PastedText: 'Pasted text',
  DemoTable: 'A demo table',
  WebAddress: 'Fetched from an address',
  Connector: 'Read through a connector',
};

/** What is recorded of a source beside its rows: what it is for, where it came from, its id. */
export function SourceNotes({ source }: { source: Source }) {
  const client = useClient();
  const { id, purpose = '', origin = '', dataSource } = source;
  const times = client.workspace.times({ kind: 'source', id });
  const note = (notes: Notes) => {
    try {
      client.sources.note(id, notes);
    } catch (error) {
      showError(error);
    }
  };
  const bundles = useResources().sourceDatasets.filter(({ sourceIds }) => sourceIds.includes(id));
  return (
    <Section
      title="About this source"
      about="For you and others who open it. It changes nothing in the rows."
    >
      <dl className="grid gap-x-8 gap-y-4 rounded-xl border border-line bg-card p-4 text-sm sm:grid-cols-2 sm:p-5">
        <Item label="Purpose">
          <EditableText
            what="purpose"
            value={purpose}
            maxLength={500}
            multiline
            onSave={(text) => note({ purpose: text })}
          >
            {purpose !== '' && <Words text={purpose} />}
          </EditableText>
        </Item>
        <Item label="Origin">
          <EditableText
            what="origin"
            value={origin}
            maxLength={2000}
            multiline
            onSave={(text) => note({ origin: text })}
          >
            {origin !== '' && <Words text={origin} />}
          </EditableText>
        </Item>
        <Item label="Data source">{dataSource ? DATA_SOURCES[dataSource] : UNKNOWN}</Item>
        <Item label="Created">{times ? formatMoment(times.createdAt) : UNKNOWN}</Item>
        <Item label="Datasets it is part of">
          {bundles.map((dataset) => (
            <Link
              key={dataset.id}
              href={`/datasets/${dataset.id}`}
              className="mr-3 font-medium break-words text-accent underline underline-offset-2"
            >
              <bdi>{dataset.name}</bdi>
            </Link>
          ))}
          {bundles.length === 0 && <span className="mr-3">None</span>}
          <Link href="/datasets" className="inline-block py-1 text-ink-soft underline underline-offset-2">
            All datasets
          </Link>
        </Item>
        <Item label="Id">
          <code className="text-xs break-all">{id}</code>
        </Item>
      </dl>
    </Section>
  );
}

function Item({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-soft">{label}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}

function Words({ text }: { text: string }) {
  return (
    <p className="min-w-0 whitespace-pre-line break-words">
      <bdi>{text}</bdi>
    </p>
  );
}
