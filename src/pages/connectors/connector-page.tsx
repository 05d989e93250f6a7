import { PlugZap } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button';
import { Facts } from '../../components/card';
import { Notice } from '../../components/notice';
import { UserText } from '../../components/table';
import type { Connector, ConnectorState, ConnectorTest } from '../../domain/connectors';
import { errorText, isCanceled } from '../../domain/errors';
import { showError } from '../actions';
import { useClient, useResources } from '../client-context';
import { ResourceFooter } from '../resource-footer';
import { GonePage, ResourceHeading } from '../resource-page';
import { ACCESS_TITLES, TYPE_TITLES } from './connector-words';
import { LocationsSection } from './locations-section';
import { QuerySection } from './query-section';
import { SettingsSection } from './settings-section';
import { WriteSection } from './write-section';

/** A saved connection: whether it works, what it leads to, and what can be read and written there. */
export function ConnectorPage({ id }: { id: string }) {
  const connector = useResources().connectors.find((known) => known.id === id);
  return connector ? <ConnectorView connector={connector} /> : <GonePage what="connector" />;
}

function ConnectorView({ connector }: { connector: Connector }) {
  const client = useClient();
  const { id, name, description, type, accessType, address, at } = connector;
  const [state, setState] = useState<ConnectorState | null>(null);
  const [test, setTest] = useState<ConnectorTest | null>(null);
  const [testing, setTesting] = useState<AbortController | null>(null);
  // Counts what may have changed of what is there.
  const [changes, setChanges] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another access or file is another permission
  useEffect(() => {
    let isCurrent = true;
    void client.connectors
      .state(id)
      .then((now) => isCurrent && setState(now))
      .catch(showError);
    return () => {
      isCurrent = false;
    };
  }, [client, id, connector]);
  useEffect(() => () => testing?.abort(), [testing]);
  const run = async () => {
    const controller = new AbortController();
    setTesting(controller);
    setTest(null);
    try {
      setTest(await client.connectors.test(id, { signal: controller.signal }));
    } catch (error) {
      if (!isCanceled(error)) setTest({ ok: false, sentence: errorText(error) });
    } finally {
      setTesting(null);
    }
  };
  const changed = () => setChanges((count) => count + 1);
  const isReadable = accessType !== 'READ_PROTECTED';
  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
      <ResourceHeading
        resource={{ kind: 'connector', id }}
        title={name}
        description={description}
        actions={
          testing ? (
            <Button onClick={() => testing.abort()}>Testing… Cancel</Button>
          ) : (
            <Button icon={PlugZap} onClick={() => void run()}>
              Test the connection
            </Button>
          )
        }
      />
      <div className="mt-6">
        <Facts
          items={[
            [TYPE_TITLES[type], <UserText key="at" text={address ?? at ?? 'None chosen in this browser'} />],
            ['Access', ACCESS_TITLES[accessType]],
          ]}
        />
      </div>
      <div role="status">{test?.ok && <Notice className="mt-5">{test.sentence}</Notice>}</div>
      {test && !test.ok && (
        <Notice tone="error" className="mt-5">
          {test.sentence}
        </Notice>
      )}
      {state === 'ask' && <AllowNotice connector={connector} onAllowed={setState} />}
      {state === 'missing' && (
        <Notice tone="warning" className="mt-5">
          Nothing is chosen for it in this browser: a project’s file holds no folder and no file of yours.
          Choose it below, under Settings.
        </Notice>
      )}
      {state === 'ready' && (
        <>
          <LocationsSection key={`locations ${changes} ${accessType} ${at}`} connector={connector} />
          {isReadable && <QuerySection connector={connector} />}
          <WriteSection connector={connector} onWritten={changed} />
        </>
      )}
      <SettingsSection key={JSON.stringify(connector)} connector={connector} onChanged={changed} />
      <ResourceFooter resource={{ kind: 'connector', id }} name={name} />
    </div>
  );
}

/** Browsers ask once per session, and after a click alone. */
function AllowNotice(props: {
  readonly connector: Connector;
  readonly onAllowed: (state: ConnectorState) => void;
}) {
  const client = useClient();
  const { id, type, at } = props.connector;
  const allow = async () => {
    try {
      if (await client.connectors.allow(id)) props.onAllowed('ready');
    } catch (error) {
      showError(error);
    }
  };
  return (
    <Notice
      className="mt-5"
      actions={
        <Button variant="primary" onClick={() => void allow()}>
          Allow access
        </Button>
      }
    >
      The browser asks again after a restart: allow it to use the {type === 'FOLDER' ? 'folder' : 'file'}{' '}
      <bdi className="font-medium">{at}</bdi>.
    </Notice>
  );
}
