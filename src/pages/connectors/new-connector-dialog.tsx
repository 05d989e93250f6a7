import { useState } from 'react';
import { useLocation } from 'wouter';
import type { ConnectorTarget } from '../../client/connectors/connectors-api';
import { Button } from '../../components/button';
import { ChoiceCards } from '../../components/choice-cards';
import { Dialog } from '../../components/dialog';
import { SelectField, TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import {
  ACCESS_TYPES,
  type ConnectorAccessType,
  type ConnectorType,
  canBeWritten,
} from '../../domain/connectors';
import { errorText } from '../../domain/errors';
import { useClient } from '../client-context';
import { AddressFields, filesOf } from './address-fields';
import { ACCESS_HELP, ACCESS_TITLES, TYPE_CHOICES } from './connector-words';
import { TargetField } from './target-field';

/** Makes a connector: what it leads to, what it is called, what may be done. */
export function NewConnectorDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [type, setType] = useState<ConnectorType>('FOLDER');
  const [target, setTarget] = useState<ConnectorTarget | null>(null);
  const [address, setAddress] = useState('');
  const [files, setFiles] = useState('');
  const [typed, setName] = useState<string | null>(null);
  const [access, setAccess] = useState<ConnectorAccessType>('WRITE_DATA');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const isWritten = canBeWritten(type);
  const accessType = isWritten ? access : 'READ_DATA';
  const name = typed ?? (type === 'ADDRESS' ? hostOf(address) : (target?.name ?? ''));
  const isReady = name.trim() !== '' && (type === 'ADDRESS' ? address.trim() !== '' : target !== null);
  const create = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const { id } = await client.connectors.create(
        { name, type, accessType, ...(type === 'ADDRESS' && { address, files: filesOf(files) }) },
        target ?? undefined,
      );
      onClose();
      navigate(`/connectors/${id}`);
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title="New connector"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button variant="primary" disabled={!isReady || busy} onClick={() => void create()}>
            Create the connector
          </Button>
        </>
      }
    >
      <form
        className="space-y-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !busy) void create();
        }}
      >
        <ChoiceCards
          label="It leads to"
          value={type}
          choices={TYPE_CHOICES}
          onChange={(chosen: ConnectorType) => {
            setType(chosen);
            setTarget(null);
            setProblem(null);
          }}
        />
        {type === 'ADDRESS' ? (
          <AddressFields {...{ address, files, setAddress, setFiles }} />
        ) : (
          <TargetField
            type={type}
            isWritten={accessType !== 'READ_DATA'}
            name={target?.name ?? ''}
            onChoose={setTarget}
            onError={(error) => setProblem(errorText(error))}
          />
        )}
        <TextField
          label="Name"
          value={name}
          maxLength={256}
          onChange={setName}
          help="How it stands in lists and menus."
        />
        {isWritten && (
          <SelectField
            label="Access"
            value={access}
            options={ACCESS_TYPES.map((value) => ({ value, label: ACCESS_TITLES[value] }))}
            onChange={setAccess}
            help={ACCESS_HELP[access]}
          />
        )}
        {/* Enter in a field creates it, too. */}
        <button type="submit" hidden tabIndex={-1} aria-hidden="true" />
      </form>
      {problem !== null && (
        <Notice tone="error" className="mt-4">
          {problem}
        </Notice>
      )}
    </Dialog>
  );
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : '';
}
