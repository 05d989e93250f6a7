import { ChartScatter, ChevronDown, HardDrive, Library, ListChecks, SquareTerminal } from 'lucide-react';
import { useLocation } from 'wouter';
import { Menu } from '../components/menu';
import type { MenuEntry } from '../components/menu-entry';
import { LISTED_KINDS } from '../domain/resource-list';
import { useIsOpen } from '../pages/client-context';
import { RESOURCE_KINDS } from '../pages/kinds';

/** The way to all lists from every page, however many kinds there are and however narrow the window is. */
export function LibraryMenu() {
  const [location, navigate] = useLocation();
  // Until what is kept is there, the lists have nothing to show.
  if (!useIsOpen()) return null;
  const entries: MenuEntry[] = [
    ...LISTED_KINDS.map((kind) => {
      const { title, icon, path } = RESOURCE_KINDS[kind];
      return { label: title, icon, isCurrent: location === path, run: () => navigate(path) };
    }),
    'line',
    {
      label: 'Evaluate files',
      icon: ChartScatter,
      isCurrent: location === '/evaluate',
      run: () => navigate('/evaluate'),
    },
    { label: 'SQL', icon: SquareTerminal, isCurrent: location === '/sql', run: () => navigate('/sql') },
    { label: 'Jobs', icon: ListChecks, isCurrent: location === '/jobs', run: () => navigate('/jobs') },
    {
      label: 'Storage',
      icon: HardDrive,
      isCurrent: location === '/storage',
      run: () => navigate('/storage'),
    },
  ];
  return (
    <Menu
      align="start"
      label="Library"
      entries={entries}
      className="flex min-h-10 shrink-0 items-center gap-2 rounded-lg px-2.5 py-2 text-sm text-ink-soft hover:bg-sunken hover:text-ink"
    >
      <Library aria-hidden="true" size={16} className="shrink-0" />
      <span className="max-sm:hidden">Library</span>
      <ChevronDown aria-hidden="true" size={14} className="shrink-0 max-sm:hidden" />
    </Menu>
  );
}
