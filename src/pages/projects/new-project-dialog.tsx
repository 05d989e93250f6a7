import { NameDialog } from '../../components/name-dialog';
import { showToast } from '../../components/toasts';
import { showError } from '../actions';
import { useClient } from '../client-context';

/** Asks for a project's name, makes it, and works in it from then on. */
export function NewProjectDialog({ onClose }: { onClose: () => void }) {
  const { projects } = useClient();
  return (
    <NameDialog
      title="New project"
      name=""
      description=""
      action="Create"
      onClose={onClose}
      onSave={(naming) => {
        try {
          projects.switchTo(projects.create(naming).id);
          showToast(`You work in “${naming.name}” now: what you bring in goes there.`);
        } catch (error) {
          showError(error);
        }
      }}
    />
  );
}
