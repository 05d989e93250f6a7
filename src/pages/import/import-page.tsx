import type { ReactNode } from 'react';
import { Redirect } from 'wouter';
import { ButtonLink } from '../../components/button';
import { FileButton } from '../../components/file-button';
import { Notice } from '../../components/notice';
import { importFiles, useActivity } from '../actions';
import { useClient } from '../client-context';
import { JobProgressPanel } from '../job-progress-panel';
import { PageHeading } from '../resource-page';

/** A file on its way in, or why it could not be read. */
export function ImportPage() {
  const client = useClient();
  const { importing, importError } = useActivity();
  if (importing) {
    return (
      <Frame title={`Reading ${importing.name}`}>
        <JobProgressPanel
          progress={importing.progress}
          waiting="Starting the database"
          onCancel={importing.cancel}
        />
      </Frame>
    );
  }
  if (!importError) return <Redirect to="/" replace />;
  return (
    <Frame title={`${importError.name} could not be read`}>
      <Notice tone="error">{importError.message}</Notice>
      <div className="mt-4 flex flex-wrap gap-2">
        <FileButton onFiles={(files) => void importFiles(client, files)} />
        <ButtonLink to="/">Back to the start</ButtonLink>
      </div>
    </Frame>
  );
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-2xl px-4 py-16">
      <PageHeading title={title} />
      <div className="mt-6">{children}</div>
    </div>
  );
}
