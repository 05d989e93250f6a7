import { Ellipsis } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { BUTTON_LOOK } from './button';
import type { MenuEntry, MenuProps } from './menu-entry';

/** Loaded when a menu is first opened: the first screen needs none. */
const OpenedMenu = lazy(async () => ({ default: (await import('./opened-menu')).OpenedMenu }));

const OPENING_KEYS: readonly string[] = ['Enter', ' ', 'ArrowDown'];

/** What can be done or chosen here, behind a button: arrows, letters and Escape work as in any menu. */
export function Menu(props: MenuProps) {
  const [wasOpened, setWasOpened] = useState(false);
  const button = (
    <button
      type="button"
      aria-label={props.label}
      aria-haspopup="menu"
      aria-expanded={false}
      title={props.title}
      className={props.className}
      onClick={() => setWasOpened(true)}
      onKeyDown={(event) => {
        if (!OPENING_KEYS.includes(event.key)) return;
        event.preventDefault();
        setWasOpened(true);
      }}
    >
      {props.children}
    </button>
  );
  if (!wasOpened) return button;
  return (
    <Suspense fallback={button}>
      <OpenedMenu {...props} />
    </Suspense>
  );
}

/** What a page offers beside its buttons, as another of them. */
export function MoreMenu({ entries }: { entries: readonly MenuEntry[] }) {
  return (
    <Menu label="More actions" entries={entries} className={BUTTON_LOOK}>
      <Ellipsis aria-hidden="true" size={16} />
      More
    </Menu>
  );
}

/** What can be done with one of several. */
export function ItemMenu({ name, entries }: { name: string; entries: readonly MenuEntry[] }) {
  return (
    <Menu
      label={`Actions for ${name}`}
      entries={entries}
      className="rounded-lg p-2.5 text-ink-soft hover:bg-sunken hover:text-ink"
    >
      <Ellipsis aria-hidden="true" size={16} />
    </Menu>
  );
}
