import { FolderInput } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button';
import { projectIdOf } from '../domain/projects';
import { useResources } from './client-context';
import { refOf } from './delete-button';
import type { ResourceRef } from './lineage';
import { MoveDialog } from './move-dialog';

/** The project that a resource is in, and the way to another; nothing while there is only one project. */
export function MoveButton({ resource, name }: { resource: ResourceRef; name: string }) {
  const [open, setOpen] = useState(false);
  const { projects, sources, generators, datasets } = useResources();
  const { id } = resource;
  const item = [...sources, ...generators, ...datasets].find((each) => each.id === id);
  if (!item || projects.length < 2) return null;
  const projectId = projectIdOf(projects)(item);
  const project = projects.find((each) => each.id === projectId);
  return (
    <>
      <Button variant="ghost" icon={FolderInput} onClick={() => setOpen(true)}>
        In “<bdi className="max-w-40 truncate">{project?.name}</bdi>”: move
      </Button>
      {open && (
        <MoveDialog items={[{ ...refOf(resource), name, projectId }]} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
