import type { SkipReason } from '../../../src/domain/sources';
import type { DetectedDialect } from '../dialect/detect';

/** Why a line above or below a table is none of its rows. */
export function reasonsOutside({ dialect, regions, outside }: DetectedDialect): (line: number) => SkipReason {
  const others = regions.filter(({ isRead }) => !isRead);
  const { comment = '' } = dialect;
  return (line) => {
    if (comment !== '' && outside.comments.has(line)) return 'comment';
    if (others.some(({ firstLine, lastLine }) => line >= firstLine && line <= lastLine))
      return 'another table';
    if (outside.empty.has(line)) return 'no cell is filled';
    return outside.isChosen ? 'outside the chosen lines' : 'title or note';
  };
}
