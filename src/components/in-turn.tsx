import type { ReactNode } from 'react';
import { useTurn } from './charts/use-turn';

/** A part of a long page that is put up when its turn comes, in the order of the parts: see `useTurn`. */
export function InTurn({ children }: { children: ReactNode }) {
  return useTurn() ? children : null;
}
