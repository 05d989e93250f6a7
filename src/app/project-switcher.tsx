import { ChevronDown, FolderClosed, FolderCog, FolderPlus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useLocation } from 'wouter';
import { Menu } from '../components/menu';
import type { MenuEntry } from '../components/menu-entry';
import { showError } from '../pages/actions';
import { useClient, useIsOpen, useResources } from '../pages/client-context';
import { useProject } from '../pages/use-project';

const NewProjectDialog = lazy(async () => ({
  default: (await import('../pages/projects/new-project-dialog')).NewProjectDialog,
}));

/** Which project is worked in, on every page, and the way to the others. */
export function ProjectSwitcher() {
  const client = useClient();
  const isOpen = useIsOpen();
  const { projects } = useResources();
  const { id: current, name } = useProject();
  const [, navigate] = useLocation();
  const [isNaming, setNaming] = useState(false);
  // Until what is kept is there, nothing tells which projects there are.
  if (!isOpen) return null;
  const entries: MenuEntry[] = [
    { heading: 'Work in' },
    ...projects
      .filter(({ archived }) => !archived)
      .map(({ id, name: label }) => ({
        label,
        isChosen: id === current,
        run: () => {
          try {
            client.projects.switchTo(id);
          } catch (error) {
            showError(error);
          }
        },
      })),
    'line',
    { label: 'New project…', icon: FolderPlus, run: () => setNaming(true) },
    { label: 'All projects', icon: FolderCog, run: () => navigate('/projects') },
  ];
  return (
    <>
      <Menu
        align="start"
        label={`Project: ${name}`}
        title="Project"
        entries={entries}
        className="flex min-h-10 min-w-0 items-center gap-2 rounded-lg px-2.5 py-2 text-sm text-ink-soft hover:bg-sunken hover:text-ink"
      >
        <FolderClosed aria-hidden="true" size={16} className="shrink-0 max-sm:hidden" />
        <bdi className="min-w-0 max-w-36 truncate max-sm:max-w-24">{name}</bdi>
        <ChevronDown aria-hidden="true" size={14} className="shrink-0" />
      </Menu>
      {isNaming && (
        <Suspense>
          <NewProjectDialog onClose={() => setNaming(false)} />
        </Suspense>
      )}
    </>
  );
}
