import { Moon, Sun } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { applyTheme, shownTheme, storedTheme, watchSystemTheme } from './theme';

/** Switches between light and dark. */
export function ThemeToggle() {
  const [theme, setTheme] = useState(storedTheme);
  const shown = useSyncExternalStore(watchSystemTheme, () => shownTheme(theme));
  const next = shown === 'dark' ? 'light' : 'dark';
  const Icon = shown === 'dark' ? Sun : Moon;
  return (
    <button
      type="button"
      aria-label={`Use the ${next} theme`}
      title={`Use the ${next} theme`}
      onClick={() => {
        applyTheme(next);
        setTheme(next);
      }}
      className="rounded-lg p-2.5 text-ink-soft hover:bg-sunken hover:text-ink"
    >
      <Icon aria-hidden="true" size={18} />
    </button>
  );
}
