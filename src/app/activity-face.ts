/** Of the button of what is being computed, with jobs and without. */
export const ACTIVITY_FACE =
  'flex min-h-10 items-center gap-2 rounded-lg px-2.5 py-2 text-sm text-ink-soft hover:bg-sunken hover:text-ink';
