/** What a shortcut does. */
export type ShortcutAction = 'commands' | 'shortcuts' | 'choose' | 'start' | 'jobs' | 'projects' | 'settings';

/** Single keys, alone or after G. */
export const SHORTCUTS: readonly {
  readonly keys: string;
  readonly action: ShortcutAction;
  readonly about: string;
}[] = [
  { keys: 'G H', action: 'start', about: 'Go to the start' },
  { keys: 'G J', action: 'jobs', about: 'Go to the jobs' },
  { keys: 'G P', action: 'projects', about: 'Go to the projects' },
  { keys: 'G S', action: 'settings', about: 'Go to the settings' },
  { keys: 'O', action: 'choose', about: 'Choose files to read' },
  { keys: '?', action: 'shortcuts', about: 'Show this list' },
];

/** Milliseconds within which the second key follows the first. */
const SEQUENCE_MS = 1_500;

export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Whether text is being typed. */
  readonly isTyping: boolean;
}

/**
 * Reads shortcuts out of key presses.
 * @param allowsSingle whether single keys count, and not Ctrl or ⌘ with K alone
 */
export function createShortcutReader(allowsSingle: () => boolean) {
  let first: { readonly key: string; readonly at: number } | null = null;
  /** @param now milliseconds. @returns what a press asks for, null = nothing (yet) */
  return (pressed: PressedKey, now: number): ShortcutAction | null => {
    const key = pressed.key.toUpperCase();
    const hasModifier = pressed.ctrlKey || pressed.metaKey;
    if (hasModifier && !pressed.altKey && key === 'K') return 'commands';
    const before = first && now - first.at < SEQUENCE_MS ? first.key : null;
    first = null;
    if (hasModifier || pressed.altKey || pressed.isTyping || !allowsSingle()) return null;
    const keys = before === null ? key : `${before} ${key}`;
    const found = SHORTCUTS.find((shortcut) => shortcut.keys === keys);
    if (found) return found.action;
    if (SHORTCUTS.some((shortcut) => shortcut.keys.startsWith(`${key} `))) first = { key, at: now };
    return null;
  };
}
