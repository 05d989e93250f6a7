import { AVERAGED, meanOfNeighbours } from '../../privacy/protection';
import { lowerBound } from '../sorted-values';
import type { Distribution } from './smooth-distribution';

/** Rows of one value, on average: with more, values repeat, and what differs between neighbours is no chance. */
const MAX_ROWS_PER_VALUE = 2;

/** Whether values are so few that many rows share each: no smooth density describes them. */
export function areRepeated(sorted: Float64Array): boolean {
  let values = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) values++;
  return sorted.length > MAX_ROWS_PER_VALUE * values;
}

/** The distribution of the rows themselves. @param sorted ascending, not empty */
export function distributionOfRows(sorted: Float64Array): Distribution {
  return {
    below: (value) => lowerBound(sorted, value) / sorted.length,
    quantile: (share) => meanOfNeighbours(sorted, Math.round(share * sorted.length) - (AVERAGED >> 1)),
  };
}
