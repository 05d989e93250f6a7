import { CopyPlus } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../components/button';
import { showToast } from '../components/toasts';
import { showError } from './actions';
import { useClient } from './client-context';
import { DeleteButton, type ListedRef } from './delete-button';
import { pathOfResource, RESOURCE_KINDS } from './kinds';
import { MoveButton } from './move-button';
import { shelfOf } from './resource-actions';

/** What can be done with any resource, at the end of its page: copy, move, delete. A report goes with its dataset. */
export function ResourceFooter({ resource, name }: { resource: ListedRef; name: string }) {
  if (resource.kind === 'report') return null;
  return (
    <div className="no-print mt-12 border-t border-line pt-4">
      {/* The words of buttons without a frame begin where the page does. */}
      <div className="-mx-4 flex flex-wrap gap-2">
        <DuplicateButton resource={resource} />
        <MoveButton resource={resource} name={name} />
        <DeleteButton resource={resource} />
      </div>
    </div>
  );
}

/** Makes another one of a resource and goes there. */
function DuplicateButton({ resource: { kind, id } }: { resource: ListedRef }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  if (kind === 'report') return null;
  const { noun } = RESOURCE_KINDS[kind];
  const duplicate = async () => {
    setBusy(true);
    try {
      const copy = await shelfOf(client, kind).duplicate(id);
      navigate(pathOfResource({ kind, id: copy.id }));
      showToast(`This is the copy: ${noun} “${nameOf(copy)}”.`);
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button variant="ghost" icon={CopyPlus} disabled={busy} onClick={() => void duplicate()}>
      Duplicate this {noun}
    </Button>
  );
}

function nameOf(copy: Awaited<ReturnType<ReturnType<typeof shelfOf>['duplicate']>>): string {
  return 'config' in copy ? copy.config.name : copy.name;
}
