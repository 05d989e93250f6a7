import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { SelectField } from '../components/field';
import { useClient, useResources } from './client-context';
import { type Listed, moveResources } from './resource-actions';

/** Asks which project resources are to go to. */
export function MoveDialog(props: {
  readonly items: readonly Listed[];
  readonly onClose: () => void;
  readonly onMoved?: () => void;
}) {
  const client = useClient();
  const { projects } = useResources();
  const isThere = (id: string) => props.items.every(({ projectId }) => projectId === id);
  const others = projects.filter(({ id, archived }) => !archived && !isThere(id));
  const [chosen, setChosen] = useState(others[0]?.id ?? '');
  const what = props.items.length === 1 ? `“${props.items[0]!.name}”` : `${props.items.length} items`;
  return (
    <Dialog
      title={`Move ${what}`}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          {others.length > 0 && (
            <Button
              variant="primary"
              onClick={() => {
                props.onClose();
                moveResources(client, props.items, chosen);
                props.onMoved?.();
              }}
            >
              Move
            </Button>
          )}
        </>
      }
    >
      {others.length === 0 ? (
        <p className="text-sm text-ink-soft">
          There is no other project yet.{' '}
          <Link href="/projects" onClick={props.onClose} className="font-medium text-accent underline">
            Create one
          </Link>
        </p>
      ) : (
        <SelectField
          label="Project"
          value={chosen}
          options={others.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setChosen}
          help="What it was made of, and what was made of it, stays where it is."
        />
      )}
    </Dialog>
  );
}
