import { FolderInput } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button';
import { projectIdOf } from '../domain/projects';
import { allResources } from '../domain/resource-list';
import { useResources } from './client-context';
import type { ListedRef } from './delete-button';
import { MoveDialog } from './move-dialog';

/** The project that a resource is in, and the way to another; nothing while there is only one project. */
export function MoveButton({ resource, name }: { resource: ListedRef; name: string }) {
  const [open, setOpen] = useState(false);
  const resources = useResources();
  const { projects } = resources;
  const { kind, id } = resource;
  const item = allResources(resources).find((each) => each.id === id);
  if (!item || projects.length < 2) return null;
  const projectId = projectIdOf(projects)(item.within);
  const project = projects.find((each) => each.id === projectId);
  return (
    <>
      <Button variant="ghost" icon={FolderInput} onClick={() => setOpen(true)}>
        <span className="flex">
          In “<bdi className="max-w-40 truncate">{project?.name}</bdi>”: move
        </span>
      </Button>
      {open && <MoveDialog items={[{ kind, id, name, projectId }]} onClose={() => setOpen(false)} />}
    </>
  );
}
