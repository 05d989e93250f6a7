import type { RuleOf } from '../../../../src/domain/rules';
import { missingOf } from '../../../rules/rule-column';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';

/** Columns that are missing in the same rows, of all rows of the table. */
export async function findMissingTogether(
  columns: readonly SampledColumn[],
  pacer: Pacer,
): Promise<RuleOf<'missing-together'>[]> {
  const groups = new Map<string, SampledColumn[]>();
  for (const column of columns) {
    const pattern = missingPattern(column);
    await pacer.tick();
    if (pattern === null) continue;
    if (!groups.has(pattern)) groups.set(pattern, []);
    groups.get(pattern)!.push(column);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({ kind: 'missing-together', columns: group.map(({ name }) => name) }));
}

/** Missing values that chance would spread over other rows, for two patterns to be the same for a reason. */
function missingPattern({ source }: SampledColumn): string | null {
  if (source.data.kind === 'number' && !source.data.nulls) return null;
  const missing = missingOf(source);
  let count = 0;
  let [one, two] = [0x811c9dc5, 0x2545f491];
  for (let row = 0; row < missing.length; row++) {
    if (missing[row] !== 1) continue;
    count++;
    one = Math.imul(one ^ row, 0x01000193) ^ (one >>> 15);
    two = Math.imul(two ^ (row + 0x9e3779b9), 0x85ebca6b) ^ (two >>> 13);
  }
  const share = count / missing.length;
  const expected = Math.min(count, missing.length - count) * Math.max(share, 1 - share);
  return expected >= 5 ? `${count} ${one >>> 0} ${two >>> 0}` : null;
}
