import { RefreshCw, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../components/button';
import { updateNow } from '../offline/offline-copy';
import { useOffline } from '../offline/state';
import { countTabs, markBusy } from '../offline/tabs';
import { useResources, useWorkspace } from '../pages/client-context';
import { useBusy } from './use-busy';

const LOOK_INTERVAL_MS = 2_000;

/** Tells of a newer version of the app, which never takes over by itself and waits for whatever is being computed. */
export function UpdateNotice() {
  const update = useOffline((state) => state.update);
  const [later, setLater] = useState(false);
  const isBusyHere = useBusy();
  useEffect(() => (isBusyHere ? markBusy() : undefined), [isBusyHere]);
  const isShown = update !== 'none' && !later;
  const isBusyElsewhere = useBusyElsewhere(isShown, isBusyHere);
  const { sources } = useResources();
  const isKept = useWorkspace()?.isKept ?? false;
  const waitsFor = isBusyHere ? 'here' : isBusyElsewhere ? 'elsewhere' : null;
  return (
    <div role="status" className="no-print">
      {isShown && (
        <div className="border-b border-line bg-accent-soft text-sm">
          <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 sm:px-8">
            <p className="min-w-0 flex-1 basis-72">
              {updateSentence(update, waitsFor, !isKept && sources.length > 0)}
            </p>
            {waitsFor === null && (
              <Button icon={RefreshCw} onClick={updateNow}>
                Reload now
              </Button>
            )}
            <button
              type="button"
              aria-label="Not now"
              title="Not now"
              onClick={() => setLater(true)}
              className="rounded-lg p-2.5 text-ink-soft hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden="true" size={16} />
            </button>
          </div>
        </div>
      )}
    </div>
  );
}

/**
 * @param waitsFor where something is being computed
 * @param loses whether a reload clears work that is in this tab alone
 */
export function updateSentence(
  update: 'waiting' | 'active',
  waitsFor: 'here' | 'elsewhere' | null,
  loses: boolean,
): string {
  const what =
    update === 'waiting'
      ? 'A newer version of Doppelgrid is ready.'
      : 'Another tab has changed to a newer version of Doppelgrid.';
  if (waitsFor === 'here') return `${what} It waits until the work in this tab has ended.`;
  if (waitsFor === 'elsewhere') return `${what} It waits until the work in another tab has ended.`;
  return loses ? `${what} Reloading clears this session: download first what you want to keep.` : what;
}

/** Whether another tab computes something; looked up again and again while `isWatching`. */
function useBusyElsewhere(isWatching: boolean, isBusyHere: boolean): boolean {
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => {
    if (!isWatching) return;
    const look = () =>
      void countTabs().then(
        ({ busy }) => setIsBusy(busy > (isBusyHere ? 1 : 0)),
        () => undefined,
      );
    look();
    const timer = setInterval(look, LOOK_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [isWatching, isBusyHere]);
  return isBusy;
}
