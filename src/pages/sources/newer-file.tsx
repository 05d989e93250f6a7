import { useState } from 'react';
import type { NewVersion } from '../../client/api';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { FileButton, TABLE_FILES } from '../../components/file-button';
import { formatBytes } from '../../components/format';
import { Notice } from '../../components/notice';
import { showToast } from '../../components/toasts';
import { errorText, isCanceled } from '../../domain/errors';
import type { Source } from '../../domain/sources';
import { hasSameSchema } from '../../domain/version-differences';
import { differenceSentences } from '../../domain/version-words';
import { showError } from '../actions';
import { useClient } from '../client-context';

/** A button that reads a newer file of a source, and shows how it differs before it is taken. */
export function NewerFile({ source }: { source: Source }) {
  const client = useClient();
  const [reading, setReading] = useState<AbortController | null>(null);
  const [newer, setNewer] = useState<NewVersion | null>(null);
  const read = async (file: File) => {
    const controller = new AbortController();
    setReading(controller);
    try {
      setNewer(await client.sources.readVersion(source.id, file, { signal: controller.signal }));
    } catch (error) {
      if (!isCanceled(error)) showError(error);
    } finally {
      setReading(null);
    }
  };
  return (
    <>
      {reading ? (
        <Button onClick={() => reading.abort()}>Reading… Cancel</Button>
      ) : (
        <FileButton
          label="Import a newer file"
          variant="secondary"
          accept={TABLE_FILES}
          isSingle
          onFiles={([file]) => file && void read(file)}
        />
      )}
      {newer && <Differences newer={newer} onDone={() => setNewer(null)} />}
    </>
  );
}

function Differences({ newer, onDone }: { newer: NewVersion; onDone: () => void }) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { sourceId, version, differences, otherDialect } = newer;
  const discard = () => {
    void client.sources.discardVersion(newer).catch(showError);
    onDone();
  };
  const take = async () => {
    setBusy(true);
    try {
      const { version: number } = await client.sources.addVersion(sourceId, newer);
      showToast(`This is version ${number} now. Generators stay with theirs.`);
      onDone();
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={`Version ${version.number}: what is different`}
      onClose={discard}
      actions={
        <>
          <Button onClick={discard}>Discard the file</Button>
          <Button variant="primary" disabled={busy} onClick={() => void take()}>
            {busy ? 'Keeping it…' : `Make it version ${version.number}`}
          </Button>
        </>
      }
    >
      <p className="text-sm break-words">
        <bdi className="font-medium">{version.fileName}</bdi>, {formatBytes(version.byteSize)}
      </p>
      <ul className="mt-3 list-disc space-y-1 pl-5 text-sm">
        {differenceSentences(differences).map((sentence) => (
          <li key={sentence} className="break-words">
            {sentence}
          </li>
        ))}
      </ul>
      {otherDialect && (
        <Notice tone="warning" className="mt-4">
          The settings that the version before was read with gave none of its columns here. It was read with
          those found in the file.
        </Notice>
      )}
      {!hasSameSchema(differences) && (
        <Notice className="mt-4">
          Generators of earlier versions stay as they are, and can be trained further only where the columns
          that they learned are the same.
        </Notice>
      )}
      {problem && (
        <Notice tone="error" className="mt-4">
          {problem}
        </Notice>
      )}
    </Dialog>
  );
}
