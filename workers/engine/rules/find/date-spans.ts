import type { RuleOf } from '../../../../src/domain/rules';
import { NEARLY } from './evidence';
import { fitLine } from './fit-line';
import { linear } from './lines';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';

/** Milliseconds of the units that spans of time are told in. */
const UNITS = [1, 1000, 60_000, 3_600_000, 86_400_000, 7 * 86_400_000];
const MAX_DATES = 30;

/** Numbers that are the time between two date columns in some unit, the last day included or not. */
export async function findDateSpans(
  columns: readonly SampledColumn[],
  pacer: Pacer,
): Promise<RuleOf<'linear'>[]> {
  const dates = columns.filter(({ type, cells }) => type === 'date' && cells.length >= 3).slice(0, MAX_DATES);
  const numbers = columns.filter(({ type, cells }) => type === 'number' && cells.length >= 3);
  const found: RuleOf<'linear'>[] = [];
  const factors = UNITS.flatMap((unit) => [1 / unit, -1 / unit]);
  for (const [i, start] of dates.entries()) {
    for (const end of dates.slice(i + 1)) {
      const span = end.numbers!.map((value, row) => value - start.numbers![row]!);
      for (const target of numbers) {
        const line = fitLine(span, target.numbers!, target.decimals, factors, NEARLY);
        if (!line || Math.abs(line.constant) > 10) continue;
        const forwards = line.factor > 0;
        const terms = [
          [forwards ? end : start, Math.abs(line.factor)] as const,
          [forwards ? start : end, -Math.abs(line.factor)] as const,
        ];
        found.push(linear(target, terms, line));
      }
      await pacer.tick();
    }
  }
  return found;
}
