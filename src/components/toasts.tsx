import { X } from 'lucide-react';
import { create } from 'zustand';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'info' | 'error';
}

interface ToastStore {
  readonly toasts: readonly Toast[];
  readonly nextId: number;
  show(text: string, tone?: Toast['tone']): void;
  dismiss(id: number): void;
}

/** Long enough to read two sentences. Errors stay until dismissed. */
const VISIBLE_MS = 7_000;
const MAX_TOASTS = 4;

const useToasts = create<ToastStore>()((set, get) => ({
  toasts: [],
  nextId: 1,
  show(text, tone = 'info') {
    const id = get().nextId;
    set((state) => ({
      nextId: id + 1,
      toasts: [...state.toasts.filter((toast) => toast.text !== text), { id, text, tone }].slice(-MAX_TOASTS),
    }));
    if (tone === 'info') setTimeout(() => get().dismiss(id), VISIBLE_MS);
  },
  dismiss(id) {
    set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
  },
}));

/** Tells a person something that belongs to no place on the page. */
export function showToast(text: string, tone: Toast['tone'] = 'info'): void {
  useToasts.getState().show(text, tone);
}

/** Where the notifications appear; read out by screen readers. */
export function ToastRegion() {
  const { toasts, dismiss } = useToasts();
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="no-print pointer-events-none fixed right-4 bottom-4 left-4 z-50 flex flex-col items-end gap-2"
    >
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className={`pointer-events-auto flex max-w-md items-start gap-3 rounded-xl border bg-card p-4 text-sm shadow-lg ${toast.tone === 'error' ? 'border-danger' : 'border-line-strong'}`}
        >
          <p className="min-w-0 break-words">{toast.text}</p>
          <button
            type="button"
            aria-label="Dismiss"
            onClick={() => dismiss(toast.id)}
            className="-m-1 rounded-lg p-1.5 text-ink-soft hover:bg-sunken"
          >
            <X aria-hidden="true" size={16} />
          </button>
        </div>
      ))}
    </section>
  );
}
