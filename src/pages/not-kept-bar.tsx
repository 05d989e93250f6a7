import { EyeOff } from 'lucide-react';
import { useWorkspace } from './client-context';

/** Says on every page that nothing is kept, where that is so. */
export function NotKeptBar() {
  const workspace = useWorkspace();
  if (!workspace || workspace.isKept) return null;
  return (
    <section aria-label="Nothing is kept" className="no-print border-b border-line bg-sunken text-sm">
      <p className="mx-auto flex max-w-6xl gap-x-2 px-4 py-2 sm:px-8">
        <EyeOff aria-hidden="true" size={16} className="mt-0.5 shrink-0 text-ink-soft" />
        <span>
          {workspace.refusal ?? (
            <>
              Private session: nothing is written to disk, and all is gone when you close this tab.{' '}
              <a href={location.pathname} className="font-medium text-accent underline underline-offset-2">
                End it
              </a>
            </>
          )}
        </span>
      </p>
    </section>
  );
}
