import { Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../components/button';
import type { ListedKind } from '../domain/resource-list';
import { RESOURCE_KINDS } from './kinds';
import type { ResourceRef } from './lineage';

const DeleteDialog = lazy(async () => ({ default: (await import('./delete-dialog')).DeleteDialog }));

export interface ListedRef {
  readonly kind: ListedKind;
  readonly id: string;
}

/** Deletes a resource once that is confirmed; in a list by an icon, with its name for screen readers. */
export function DeleteButton({ resource, name }: { resource: ListedRef; name?: string }) {
  const [open, setOpen] = useState(false);
  const [, navigate] = useLocation();
  const { kind, id } = resource;
  const { noun, path } = RESOURCE_KINDS[kind];
  return (
    <>
      {name === undefined ? (
        <Button variant="ghost" icon={Trash2} onClick={() => setOpen(true)}>
          Delete this {noun}
        </Button>
      ) : (
        <button
          type="button"
          aria-label={`Delete the ${noun} ${name}`}
          onClick={() => setOpen(true)}
          className="rounded-lg p-2.5 text-ink-soft hover:bg-sunken hover:text-danger"
        >
          <Trash2 aria-hidden="true" size={16} />
        </button>
      )}
      {open && (
        <Suspense>
          <DeleteDialog
            refs={[{ kind, id }]}
            onClose={() => setOpen(false)}
            {...(name === undefined && { onDeleted: () => navigate(path) })}
          />
        </Suspense>
      )}
    </>
  );
}

/** A resource by the name that its kind has in lists. */
export function refOf({ kind, id }: ResourceRef): ListedRef {
  return { kind: kind === 'dataset' ? 'synthetic-dataset' : kind, id };
}
