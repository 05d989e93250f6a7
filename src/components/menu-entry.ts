import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export type MenuEntry =
  | {
      readonly label: string;
      /** A line below it. */
      readonly note?: string;
      readonly icon?: LucideIcon;
      readonly run: () => void;
      readonly isDangerous?: boolean;
      /** One of several that are chosen from; absent = an action. */
      readonly isChosen?: boolean;
      /** It leads to the page that is shown. */
      readonly isCurrent?: boolean;
    }
  | { readonly heading: string }
  | 'line';

export interface MenuProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly className: string;
  readonly align?: 'start' | 'end';
  readonly title?: string;
  /** The face of the button. */
  readonly children: ReactNode;
}
