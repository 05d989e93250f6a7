import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const TONES = {
  info: { box: 'border-line bg-sunken', icon: Info, color: 'text-ink-soft' },
  warning: { box: 'border-difference/40 bg-difference-soft', icon: TriangleAlert, color: 'text-difference' },
  error: { box: 'border-danger/40 bg-danger-soft', icon: CircleAlert, color: 'text-danger' },
} as const;

/** A sentence a person should not overlook. Errors are announced at once. */
export function Notice(props: {
  readonly tone?: keyof typeof TONES;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
}) {
  const tone = TONES[props.tone ?? 'info'];
  const Icon = tone.icon;
  return (
    <div
      role={props.tone === 'error' ? 'alert' : 'note'}
      className={`flex flex-wrap items-start gap-3 rounded-xl border p-4 text-sm ${tone.box} ${props.className ?? ''}`}
    >
      <Icon aria-hidden="true" size={18} className={`mt-0.5 shrink-0 ${tone.color}`} />
      <div className="min-w-0 flex-1 basis-60 break-words">{props.children}</div>
      {props.actions && <div className="flex flex-wrap gap-2">{props.actions}</div>}
    </div>
  );
}

/** What stands where nothing is yet. */
export function EmptyState({ children }: { children: ReactNode }) {
  return (
    <p className="rounded-xl border border-dashed border-line-strong/60 p-8 text-center text-sm text-ink-soft">
      {children}
    </p>
  );
}

/** Shown while a page or a part of it is fetched. */
export function Loading({ what }: { what: string }) {
  return (
    <p role="status" className="p-8 text-center text-sm text-ink-soft">
      {what}
    </p>
  );
}
