export type Theme = 'system' | 'light' | 'dark';

const KEY = 'doppelgrid-theme';

/** The theme of the last visit; `system` where storage is refused. */
export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

/** Shows a theme and remembers it. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be refused; the theme then lasts as long as the page.
  }
}

const SYSTEM_DARK = '(prefers-color-scheme: dark)';

/** What is on the screen now. */
export function shownTheme(theme: Theme): 'light' | 'dark' {
  if (theme !== 'system') return theme;
  return matchMedia(SYSTEM_DARK).matches ? 'dark' : 'light';
}

/** Calls back whenever the system turns light or dark; returns the way to stop. */
export function watchSystemTheme(onChange: () => void): () => void {
  const query = matchMedia(SYSTEM_DARK);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}
