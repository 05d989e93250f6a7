import { Archive, ArchiveRestore, CopyPlus, Download, List, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { ProjectOverview } from '../../client/api';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ItemMenu } from '../../components/menu';
import type { MenuEntry } from '../../components/menu-entry';
import { NameDialog } from '../../components/name-dialog';
import { Notice } from '../../components/notice';
import { showToast } from '../../components/toasts';
import { showError } from '../actions';
import { useClient } from '../client-context';
import { DeleteDialog } from '../delete-dialog';
import { exportProject } from '../resource-actions';

/** What can be done with a project. */
export function ProjectMenu({ project }: { project: ProjectOverview }) {
  const { projects } = useClient();
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState<'rename' | 'export' | 'delete' | null>(null);
  const { id, name, description, archived } = project;
  const close = () => setAsked(null);
  const attempt = async (action: () => unknown) => {
    try {
      await action();
    } catch (error) {
      showError(error);
    }
  };
  const undo = (run: () => unknown) => ({ label: 'Undo', run: () => void attempt(run) });
  const entries: MenuEntry[] = [
    {
      label: 'Show what is in it',
      icon: List,
      run: () => navigate(`/sources?project=${encodeURIComponent(id)}`),
    },
    { label: 'Rename or describe…', icon: Pencil, run: () => setAsked('rename') },
    {
      label: 'Duplicate',
      icon: CopyPlus,
      run: () =>
        void attempt(async () => {
          const copy = await projects.duplicate(id);
          showToast(`“${copy.name}” has everything once more.`);
        }),
    },
    { label: 'Export…', icon: Download, run: () => setAsked('export') },
    archived
      ? { label: 'Unarchive', icon: ArchiveRestore, run: () => void attempt(() => projects.unarchive(id)) }
      : {
          label: 'Archive',
          icon: Archive,
          run: () =>
            void attempt(() => {
              projects.archive(id);
              showToast(
                `“${name}” was archived.`,
                'info',
                undo(() => projects.unarchive(id)),
              );
            }),
        },
    'line',
    { label: 'Delete…', icon: Trash2, run: () => setAsked('delete'), isDangerous: true },
  ];
  return (
    <>
      <ItemMenu name={name} entries={entries} />
      {asked === 'rename' && (
        <NameDialog
          title="Rename or describe this project"
          {...{ name, description }}
          action="Save"
          onClose={close}
          onSave={(naming) =>
            void attempt(() => {
              projects.rename(id, naming);
              showToast(
                'The project was changed.',
                'info',
                undo(() => projects.rename(id, { name, description })),
              );
            })
          }
        />
      )}
      {asked === 'export' && <ExportDialog {...{ project, onClose: close }} />}
      {asked === 'delete' && <DeleteDialog refs={[{ kind: 'project', id }]} onClose={close} />}
    </>
  );
}

/** Says what the file will hold before it is written. */
function ExportDialog({ project, onClose }: { project: ProjectOverview; onClose: () => void }) {
  const client = useClient();
  const { id, name, sources } = project;
  return (
    <Dialog
      title={`Export “${name}”`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            onClick={() => {
              onClose();
              void exportProject(client, id);
            }}
          >
            Export
          </Button>
        </>
      }
    >
      {sources > 0 && (
        <Notice tone="warning">
          The file holds <strong>the original rows of its sources</strong>, unprotected. Give it only to
          people who may see those rows. To pass on a model without them, export its generator instead.
        </Notice>
      )}
      <p className="mt-4 text-sm text-ink-soft">
        One ZIP file with all sources, datasets, models, synthetic datasets, reports and recipes, each with
        its SHA-256. Protection keys stay in this browser. Drop the file into Doppelgrid anywhere to get the
        project back.
      </p>
    </Dialog>
  );
}
