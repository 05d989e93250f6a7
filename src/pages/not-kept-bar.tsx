import { EyeOff } from 'lucide-react';
import { useWorkspace } from './client-context';

/** Says on every page that nothing is kept, where that is so. */
export function NotKeptBar() {
  const workspace = useWorkspace();
  if (!workspace || workspace.isKept) return null;
  return (
    <div role="note" className="no-print border-b border-line bg-sunken text-sm">
      <p className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2 sm:px-8">
        <EyeOff aria-hidden="true" size={16} className="shrink-0 text-ink-soft" />
        {workspace.refusal ?? (
          <>
            <span>Private session: nothing is written to disk, and all is gone when you close this tab.</span>
            <a href={location.pathname} className="font-medium text-accent underline underline-offset-2">
              End it
            </a>
          </>
        )}
      </p>
    </div>
  );
}
