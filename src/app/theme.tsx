import { Moon, Sun } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { preferences } from '../client/preferences';
import { usePreferences } from '../pages/use-preferences';

const SYSTEM_DARK = '(prefers-color-scheme: dark)';

/** Switches between light and dark. */
export function ThemeToggle() {
  const next = useNextTheme();
  const Icon = next === 'light' ? Sun : Moon;
  return (
    <button
      type="button"
      aria-label={`Use the ${next} theme`}
      title={`Use the ${next} theme`}
      onClick={() => preferences.set({ theme: next })}
      className="rounded-lg p-2.5 text-ink-soft hover:bg-sunken hover:text-ink"
    >
      <Icon aria-hidden="true" size={18} />
    </button>
  );
}

/** The theme that is not shown now. */
export function useNextTheme(): 'light' | 'dark' {
  const { theme } = usePreferences();
  const isSystemDark = useSyncExternalStore(watchSystem, () => matchMedia(SYSTEM_DARK).matches);
  const isDark = theme === 'system' ? isSystemDark : theme === 'dark';
  return isDark ? 'light' : 'dark';
}

function watchSystem(onChange: () => void): () => void {
  const query = matchMedia(SYSTEM_DARK);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}
