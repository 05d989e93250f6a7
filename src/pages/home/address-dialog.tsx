import { useState } from 'react';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { readAddress } from '../../domain/addresses';
import { errorText } from '../../domain/errors';
import { importAddress } from '../actions';
import { useClient } from '../client-context';

/** Asks for the address of a file, signed ones too, and fetches it. */
export function AddressDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [address, setAddress] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const fetchFile = () => {
    try {
      readAddress(address);
    } catch (error) {
      setProblem(errorText(error));
      return;
    }
    onClose();
    void importAddress(client, address.trim());
  };
  return (
    <Dialog
      title="Read a file from an address"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button variant="primary" disabled={address.trim() === ''} onClick={fetchFile}>
            Fetch the file
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (address.trim() !== '') fetchFile();
        }}
      >
        <TextField
          label="Address"
          value={address}
          onChange={(value) => {
            setAddress(value);
            setProblem(null);
          }}
          maxLength={4000}
          help="https://… of a file up to 2 GB in any format that is read here. Signed addresses may be used: what follows the “?” is not kept."
        />
      </form>
      {problem !== null && (
        <Notice tone="error" className="mt-4">
          {problem}
        </Notice>
      )}
      <p className="mt-4 text-sm text-ink-soft">
        This is a request to that server, which sees the address and where you are on the net. Nothing of
        yours is sent along, no cookie either: a small worker that holds no data asks for the file and ends.
        The server has to allow other sites to read it (CORS).
      </p>
    </Dialog>
  );
}
