import { CircleCheck, CircleHelp, Minus, TriangleAlert } from 'lucide-react';
import type { EvidencePart } from '../domain/evidence-part';

const LEVELS = {
  pass: [CircleCheck, 'text-accent', 'Pass'],
  inconclusive: [CircleHelp, 'text-ink', 'Inconclusive'],
  attention: [TriangleAlert, 'text-difference', 'Attention'],
} as const;

/** The edge of a card, by its level. */
export const LEVEL_STRIPES = {
  pass: 'bg-synthetic',
  inconclusive: 'bg-line-strong',
  attention: 'bg-difference',
} as const;

/** A level with its sign, so that it is told without colour. */
export function LevelMark({ level }: { level: EvidencePart['level'] }) {
  const [Icon, color, name] =
    level === null ? ([Minus, 'text-ink-soft', 'For the record'] as const) : LEVELS[level];
  return (
    <span className={`flex items-center gap-1.5 whitespace-nowrap ${color}`}>
      <Icon aria-hidden="true" size={16} className="shrink-0" />
      {name}
    </span>
  );
}
