import { Moon, Sun } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';

type Theme = 'light' | 'dark';

const KEY = 'doppelgrid-theme';
const SYSTEM_DARK = '(prefers-color-scheme: dark)';

/** What was chosen at the last visit; null = as the system, and where storage is refused. */
function storedTheme(): Theme | null {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : null;
  } catch {
    return null;
  }
}

/** Shows the theme that was chosen at the last visit. */
export function restoreTheme(): void {
  const theme = storedTheme();
  if (theme) document.documentElement.dataset['theme'] = theme;
}

function chooseTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be refused; the theme then lasts as long as the page.
  }
}

/** Switches between light and dark. */
export function ThemeToggle() {
  const [chosen, setChosen] = useState(storedTheme);
  const isSystemDark = useSyncExternalStore(watchSystem, () => matchMedia(SYSTEM_DARK).matches);
  const isDark = chosen === null ? isSystemDark : chosen === 'dark';
  const next = isDark ? 'light' : 'dark';
  const Icon = isDark ? Sun : Moon;
  return (
    <button
      type="button"
      aria-label={`Use the ${next} theme`}
      title={`Use the ${next} theme`}
      onClick={() => {
        chooseTheme(next);
        setChosen(next);
      }}
      className="rounded-lg p-2.5 text-ink-soft hover:bg-sunken hover:text-ink"
    >
      <Icon aria-hidden="true" size={18} />
    </button>
  );
}

function watchSystem(onChange: () => void): () => void {
  const query = matchMedia(SYSTEM_DARK);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}
