import { X } from 'lucide-react';
import { create } from 'zustand';

interface Toast {
  readonly text: string;
  readonly tone: 'info' | 'error';
  readonly way?: ToastWay | undefined;
}

/** Where there is more to see, a path of the app; or a way back. */
type ToastWay =
  | { readonly label: string; readonly to: string }
  | { readonly label: string; readonly run: () => void };

/** Long enough to read two sentences. Errors stay until dismissed. */
const VISIBLE_MS = 7_000;
const MAX_TOASTS = 4;

/** No two with the same text. */
const useToasts = create<{ readonly toasts: readonly Toast[] }>()(() => ({ toasts: [] }));

/** Tells a person something that belongs to no part of the page. */
export function showToast(text: string, tone: Toast['tone'] = 'info', way?: ToastWay): void {
  const toast = { text, tone, way };
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((shown) => shown.text !== text), toast].slice(-MAX_TOASTS),
  }));
  if (tone === 'info') setTimeout(() => dismiss(toast), VISIBLE_MS);
}

function dismiss(toast: Toast): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((shown) => shown !== toast) }));
}

/** Where the notifications appear; read out by screen readers. */
export function ToastRegion() {
  const { toasts } = useToasts();
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="no-print pointer-events-none fixed right-4 bottom-4 left-4 z-50 flex flex-col items-end gap-2"
    >
      {toasts.map((toast) => (
        <div
          key={toast.text}
          className={`pointer-events-auto flex max-w-md items-start gap-3 rounded-xl border bg-card p-4 text-sm shadow-lg ${toast.tone === 'error' ? 'border-danger' : 'border-line-strong'}`}
        >
          <p className="min-w-0 break-words">
            {toast.text}
            {toast.way && 'to' in toast.way && (
              <>
                {' '}
                <a
                  href={`#${toast.way.to}`}
                  onClick={() => dismiss(toast)}
                  className="font-medium text-accent underline underline-offset-2"
                >
                  {toast.way.label}
                </a>
              </>
            )}
          </p>
          {toast.way && 'run' in toast.way && <WayBack toast={toast} way={toast.way} />}
          <button
            type="button"
            aria-label="Dismiss"
            onClick={() => dismiss(toast)}
            className="-m-1 rounded-lg p-1.5 text-ink-soft hover:bg-sunken"
          >
            <X aria-hidden="true" size={16} />
          </button>
        </div>
      ))}
    </section>
  );
}

function WayBack({ toast, way }: { toast: Toast; way: Extract<ToastWay, { run: () => void }> }) {
  return (
    <button
      type="button"
      onClick={() => {
        dismiss(toast);
        way.run();
      }}
      className="-my-0.5 min-h-6 shrink-0 rounded-lg px-1 font-medium text-accent underline underline-offset-2"
    >
      {way.label}
    </button>
  );
}
