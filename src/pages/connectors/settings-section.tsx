import { Download } from 'lucide-react';
import { useState } from 'react';
import type { ConnectorTarget } from '../../client/connectors/connectors-api';
import { Button } from '../../components/button';
import { Card, Section } from '../../components/card';
import { SelectField } from '../../components/field';
import { Notice } from '../../components/notice';
import { ACCESS_TYPES, type Connector, type ConnectorChange, canBeWritten } from '../../domain/connectors';
import { errorText } from '../../domain/errors';
import { useClient } from '../client-context';
import { downloadFile } from '../resource-actions';
import { AddressFields, filesOf } from './address-fields';
import { ACCESS_HELP, ACCESS_TITLES } from './connector-words';
import { TargetField } from './target-field';

/** What a connector leads to, and what may be done through it. */
export function SettingsSection({ connector, onChanged }: { connector: Connector; onChanged: () => void }) {
  const client = useClient();
  const { id, type, accessType, at = '', file } = connector;
  const [address, setAddress] = useState(connector.address ?? '');
  const [files, setFiles] = useState((connector.files ?? []).join('\n'));
  const [problem, setProblem] = useState<string | null>(null);
  const change = async (fields: ConnectorChange, target?: ConnectorTarget) => {
    setProblem(null);
    try {
      await client.connectors.update(id, fields, target);
      onChanged();
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  const isChanged = address !== connector.address || files !== (connector.files ?? []).join('\n');
  return (
    <Section
      title="Settings"
      about="Its description and these are kept with the project; a folder or file is not."
    >
      <Card>
        <div className="space-y-5">
          {type === 'ADDRESS' ? (
            <>
              <AddressFields {...{ address, files, setAddress, setFiles }} />
              <Button disabled={!isChanged} onClick={() => void change({ address, files: filesOf(files) })}>
                Save the address
              </Button>
            </>
          ) : (
            <TargetField
              type={type}
              isWritten={accessType !== 'READ_DATA'}
              name={at}
              onChoose={(target) => void change({}, target)}
              onError={(error) => setProblem(errorText(error))}
            />
          )}
          {file !== undefined && (
            <Button icon={Download} onClick={() => void downloadFile(client, file)}>
              Download the copy
            </Button>
          )}
          {canBeWritten(type) ? (
            <div className="max-w-md">
              <SelectField
                label="Access"
                value={accessType}
                options={ACCESS_TYPES.map((value) => ({ value, label: ACCESS_TITLES[value] }))}
                onChange={(value) => void change({ accessType: value })}
                help={ACCESS_HELP[accessType]}
              />
            </div>
          ) : (
            <p className="max-w-prose text-sm text-ink-soft">
              {type === 'ADDRESS'
                ? 'It is only read: a page may not write to an address.'
                : 'It is only read: the DuckDB of this app does not write files. Write Parquet to a folder, which DuckDB reads, or to a SQLite database.'}
            </p>
          )}
        </div>
        {problem !== null && (
          <Notice tone="error" className="mt-4">
            {problem}
          </Notice>
        )}
      </Card>
    </Section>
  );
}
