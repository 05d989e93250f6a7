import { Search, Settings, ShieldCheck } from 'lucide-react';
import { Link } from 'wouter';
import { Activity } from './activity';
import { LibraryMenu } from './library-menu';
import { openOverlay } from './overlay';
import { ProjectSwitcher } from './project-switcher';
import { ThemeToggle } from './theme';

const ICON = 'rounded-lg p-2.5 text-ink-soft hover:bg-sunken hover:text-ink';

/** The bar on top of every page. */
export function Header() {
  return (
    <header className="no-print border-b border-line bg-card">
      <div className="mx-auto flex max-w-6xl items-center gap-1 px-4 py-2 sm:px-8">
        <Link
          href="/"
          className="flex items-center gap-2.5 rounded-lg py-1 pr-2 font-semibold tracking-tight"
        >
          <Mark />
          <span className="max-sm:sr-only">Doppelgrid</span>
        </Link>
        <ProjectSwitcher />
        <LibraryMenu />
        <div className="ml-auto flex items-center gap-1">
          <button
            type="button"
            onClick={() => openOverlay('network')}
            className="flex items-center gap-2 rounded-lg px-2.5 py-2 text-sm text-ink-soft hover:bg-sunken hover:text-ink"
          >
            <ShieldCheck aria-hidden="true" size={18} className="text-accent" />
            <span className="whitespace-nowrap max-xl:sr-only">Nothing leaves your browser</span>
          </button>
          <button
            type="button"
            onClick={() => openOverlay('commands')}
            aria-label="Commands"
            title="Commands (Ctrl/⌘ K)"
            className={ICON}
          >
            <Search aria-hidden="true" size={18} />
          </button>
          <Activity />
          <Link href="/settings" aria-label="Settings" title="Settings" className={ICON}>
            <Settings aria-hidden="true" size={18} />
          </Link>
          <span className="max-sm:hidden">
            <ThemeToggle />
          </span>
        </div>
      </div>
    </header>
  );
}

/** Three original cells and their synthetic doubles. */
function Mark() {
  return (
    <svg viewBox="0 0 32 32" className="size-6" aria-hidden="true">
      <g className="fill-original">
        <rect x="3" y="3" width="8" height="8" rx="2" />
        <rect x="13" y="3" width="8" height="8" rx="2" />
        <rect x="3" y="13" width="8" height="8" rx="2" />
      </g>
      <g className="fill-synthetic">
        <rect x="13" y="13" width="8" height="8" rx="2" />
        <rect x="23" y="13" width="6" height="8" rx="2" />
        <rect x="13" y="23" width="8" height="6" rx="2" />
        <rect x="23" y="23" width="6" height="6" rx="2" />
      </g>
    </svg>
  );
}
