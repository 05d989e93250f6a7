import { lazy, Suspense, useEffect } from 'react';
import { navigate } from 'wouter/use-hash-location';
import { preferences } from '../client/preferences';
import { Dialog } from '../components/dialog';
import { importFiles } from '../pages/actions';
import { useClient } from '../pages/client-context';
import { Keys } from './keys';
import { openOverlay, useOverlay } from './overlay';
import { pickFiles } from './pick-files';
import { createShortcutReader, SHORTCUTS, type ShortcutAction } from './shortcut-keys';

const CommandPalette = lazy(async () => ({
  default: (await import('./command-palette')).CommandPalette,
}));

const NetworkDialog = lazy(async () => ({
  default: (await import('../components/network-dialog')).NetworkDialog,
}));

const close = () => openOverlay(null);

/** Listens to the shortcuts, on every page, and shows what they open. */
export function Shortcuts() {
  const client = useClient();
  const { open } = useOverlay();
  useEffect(() => {
    const read = createShortcutReader(() => preferences.get().shortcuts);
    const act: Record<ShortcutAction, () => void> = {
      commands: () => openOverlay('commands'),
      shortcuts: () => openOverlay('shortcuts'),
      choose: () => pickFiles((files) => void importFiles(client, files)),
      start: () => navigate('/'),
      jobs: () => navigate('/jobs'),
      projects: () => navigate('/projects'),
      settings: () => navigate('/settings'),
    };
    const onKey = (event: KeyboardEvent) => {
      const isTyping = takesText(event.target) || document.querySelector('dialog[open]') !== null;
      const { key, ctrlKey, metaKey, altKey } = event;
      const action = read({ key, ctrlKey, metaKey, altKey, isTyping }, event.timeStamp);
      if (action === null) return;
      event.preventDefault();
      // A question that is open is answered first.
      if (document.querySelector('dialog[open]') === null) act[action]();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [client]);
  return (
    <>
      {open === 'commands' && (
        <Suspense fallback={null}>
          <CommandPalette onClose={close} />
        </Suspense>
      )}
      {open === 'shortcuts' && <ShortcutList />}
      {open === 'network' && (
        <Suspense fallback={null}>
          <NetworkDialog onClose={close} />
        </Suspense>
      )}
    </>
  );
}

function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

function ShortcutList() {
  return (
    <Dialog title="Keyboard shortcuts" onClose={close}>
      <dl className="divide-y divide-line text-sm">
        {[{ keys: 'Ctrl/⌘ K', about: 'Open the commands' }, ...SHORTCUTS].map(({ keys, about }) => (
          <div key={keys} className="flex items-center justify-between gap-4 py-2">
            <dt>{about}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-sm text-ink-soft">Single keys can be switched off in the settings.</p>
    </Dialog>
  );
}
