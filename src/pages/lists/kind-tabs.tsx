import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { LISTED_KINDS, type ListedKind } from '../../domain/resource-list';
import { RESOURCE_KINDS } from '../kinds';

/** The way from one list to the others, of the same projects. */
export function KindTabs({ kind, project }: { kind: ListedKind; project: string }) {
  const query = project === 'current' ? '' : `?project=${encodeURIComponent(project)}`;
  const strip = useRef<HTMLElement>(null);
  // On a narrow screen the tab of this list may be outside. Only the strip scrolls, not the page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind is another tab
  useEffect(() => {
    const tab = strip.current?.querySelector<HTMLElement>('[aria-current]');
    if (strip.current && tab)
      strip.current.scrollLeft = tab.offsetLeft - (strip.current.clientWidth - tab.offsetWidth) / 2;
  }, [kind]);
  return (
    <nav
      ref={strip}
      aria-label="Kinds of resources"
      className="no-print relative mt-3 -mb-px flex gap-1 overflow-x-auto border-b border-line"
    >
      {LISTED_KINDS.map((each) => {
        const { title, path } = RESOURCE_KINDS[each];
        const face =
          each === kind ? 'border-accent text-ink' : 'border-transparent text-ink-soft hover:text-ink';
        return (
          <Link
            key={each}
            href={`${path}${query}`}
            aria-current={each === kind ? 'page' : undefined}
            className={`shrink-0 border-b-2 px-3 py-2 text-sm font-medium ${face}`}
          >
            {title}
          </Link>
        );
      })}
    </nav>
  );
}
