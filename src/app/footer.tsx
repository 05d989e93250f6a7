import { Link } from 'wouter';
import { useOffline } from '../offline/state';
import { useClient } from '../pages/client-context';

/** The line under every page. */
export function Footer() {
  const { version } = useClient();
  const isKept = useOffline(({ copy }) => copy.status === 'kept');
  return (
    <footer className="no-print border-t border-line text-sm text-ink-soft">
      <nav
        aria-label="About this app"
        className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-4 gap-y-1 sm:gap-x-6 px-4 py-3 sm:px-8"
      >
        <span className="mr-auto">Doppelgrid {version}</span>
        {isKept && <FooterLink to="/about">Works offline</FooterLink>}
        <FooterLink to="/privacy">Privacy</FooterLink>
        <FooterLink to="/about">About</FooterLink>
      </nav>
    </footer>
  );
}

function FooterLink({ to, children }: { to: string; children: string }) {
  return (
    <Link href={to} className="rounded py-1 hover:text-ink hover:underline">
      {children}
    </Link>
  );
}
