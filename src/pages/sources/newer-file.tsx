import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { FileButton } from '../../components/file-button';
import { formatBytes } from '../../components/format';
import { Notice } from '../../components/notice';
import { showToast } from '../../components/toasts';
import { errorText, isCanceled } from '../../domain/errors';
import type { Source } from '../../domain/sources';
import { TABLE_FILES } from '../../domain/table-files';
import { hasSameSchema } from '../../domain/version-differences';
import { differenceSentences } from '../../domain/version-words';
import { showError } from '../actions';
import { useClient, useResources } from '../client-context';

/** Buttons that read a newer file of a source, by hand or from its connector, and show how it differs before it is taken. */
export function NewerFileButton({ source }: { source: Source }) {
  const client = useClient();
  const [reading, setReading] = useState<AbortController | null>(null);
  const [isShown, setIsShown] = useState(false);
  const { from } = source;
  const connector = useResources().connectors.find(({ id }) => id === from?.connectorId);
  const read = async (work: (call: { signal: AbortSignal }) => Promise<unknown>) => {
    const controller = new AbortController();
    setReading(controller);
    try {
      await work({ signal: controller.signal });
      setIsShown(true);
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
        <>
          {connector && (
            <Button
              icon={RefreshCw}
              onClick={() =>
                void read((call) => client.connectors.toVersion(connector.id, source.id, undefined, call))
              }
            >
              <span className="max-w-56 truncate">
                Read again from <bdi>{connector.name}</bdi>
              </span>
            </Button>
          )}
          <FileButton
            label="Import a newer file"
            variant="secondary"
            accept={TABLE_FILES}
            isSingle
            onFiles={([file]) =>
              file && void read((call) => client.sources.readVersion(source.id, file, call))
            }
          />
        </>
      )}
      {isShown && <Differences source={source} onClose={() => setIsShown(false)} />}
    </>
  );
}

/** The newer file that waits to be taken or discarded, if there is one. */
export function NewerFileNotice({ source }: { source: Source }) {
  const [isShown, setIsShown] = useState(false);
  const { newer } = source;
  if (!newer) return null;
  return (
    <>
      <Notice
        className="mb-4"
        actions={<Button onClick={() => setIsShown(true)}>See what is different</Button>}
      >
        <bdi className="font-medium break-words">{newer.fileName}</bdi> has been read, and waits to become the
        next version or to be discarded.
      </Notice>
      {isShown && <Differences source={source} onClose={() => setIsShown(false)} />}
    </>
  );
}

/** How the file that waits differs. Closed, it waits on. */
function Differences({ source, onClose }: { source: Source; onClose: () => void }) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const newer = client.sources.newer(source.id);
  // Taken or discarded, perhaps in another tab.
  if (!newer) return null;
  const { version, differences, otherDialect } = newer;
  const discard = () => {
    void client.sources.discardVersion(newer).catch(showError);
    onClose();
  };
  const take = async () => {
    setBusy(true);
    try {
      const { version: number } = await client.sources.addVersion(source.id, newer);
      showToast(`This is version ${number} now. Generators stay with theirs.`);
      onClose();
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={`Version ${version.number}: what is different`}
      onClose={onClose}
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
