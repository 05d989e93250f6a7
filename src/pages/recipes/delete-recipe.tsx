import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { showError } from '../actions';
import { useClient } from '../client-context';

/** Deletes a recipe, and asks first. */
export function DeleteRecipe({ id }: { id: string }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [open, setOpen] = useState(false);
  const remove = () => {
    setOpen(false);
    client.recipes.delete(id).then(() => navigate('/recipes'), showError);
  };
  return (
    <>
      <Button variant="ghost" icon={Trash2} onClick={() => setOpen(true)}>
        Delete this recipe
      </Button>
      {open && (
        <Dialog
          title="Delete this recipe?"
          onClose={() => setOpen(false)}
          actions={
            <>
              <Button onClick={() => setOpen(false)}>Keep it</Button>
              <Button variant="danger" onClick={remove}>
                Delete
              </Button>
            </>
          }
        >
          <p className="text-sm text-ink-soft">
            All its versions are lost. What was made by it stays, and so do exported files.
          </p>
        </Dialog>
      )}
    </>
  );
}
