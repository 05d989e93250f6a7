import { useRef } from 'react';
import { Redirect } from 'wouter';
import { Button, ButtonLink } from '../../components/button';
import { FileInput } from '../../components/file-input';
import { Notice } from '../../components/notice';
import { useActivity } from '../activity';
import { useClient } from '../client-context';
import { importFiles } from '../flows';
import { JobProgressPanel } from '../job-progress-panel';
import { PageHeading } from '../resource-page';

/** A file on its way in, or why it could not be read. */
export function ImportPage() {
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
  if (importError) return <Failure name={importError.name} message={importError.message} />;
  return <Redirect to="/" replace />;
}

function Failure({ name, message }: { name: string; message: string }) {
  const client = useClient();
  const input = useRef<HTMLInputElement>(null);
  return (
    <Frame title={`${name} could not be read`}>
      <Notice tone="error">{message}</Notice>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button variant="primary" onClick={() => input.current?.click()}>
          Choose a file
        </Button>
        <ButtonLink to="/">Back to the start</ButtonLink>
      </div>
      <FileInput ref={input} onFiles={(files) => void importFiles(client, files)} />
    </Frame>
  );
}

function Frame({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="mx-auto max-w-2xl px-4 py-16">
      <PageHeading title={title} />
      <div className="mt-6">{children}</div>
    </div>
  );
}
