import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'wouter';

const BASE =
  'inline-flex min-h-10 items-center justify-center gap-2 rounded-lg px-4 py-2 text-sm font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-55 no-print';

const VARIANTS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-line-strong/50 bg-card text-ink hover:border-line-strong hover:bg-sunken',
  ghost: 'text-ink-soft hover:bg-sunken hover:text-ink',
  danger: 'bg-danger text-paper hover:opacity-90',
} as const;

/** Of what opens something, beside buttons. */
export const BUTTON_LOOK = `${BASE} ${VARIANTS.secondary}`;

interface Face {
  readonly variant?: keyof typeof VARIANTS;
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
}

/** Does something. */
export function Button({
  variant = 'secondary',
  icon: Icon,
  children,
  className = '',
  ...button
}: Face & ComponentProps<'button'>) {
  return (
    <button type="button" {...button} className={`${BASE} ${VARIANTS[variant]} ${className}`}>
      {Icon && <Icon aria-hidden="true" size={16} />}
      {children}
    </button>
  );
}

/** Goes somewhere, with the look of a button. */
export function ButtonLink({
  variant = 'secondary',
  icon: Icon,
  children,
  to,
}: Face & { readonly to: string }) {
  return (
    <Link href={to} className={`${BASE} ${VARIANTS[variant]}`}>
      {Icon && <Icon aria-hidden="true" size={16} />}
      {children}
    </Link>
  );
}
