import { thin } from '../../components/charts/shape';
import type { WholeReport } from '../../domain/reports';

export interface DistancePoint {
  readonly distance: number;
  readonly synTrn: number;
  readonly synHol: number | null;
  readonly trnHol: number | null;
  readonly [key: string]: number | null;
}

const MAX_POINTS = 150;

/** The curves on one axis, for a chart that wants rows: at every distance any of them has a point. */
export function distancePoints(distances: NonNullable<WholeReport['distances']>): DistancePoint[] {
  const curves = [distances.synTrn, distances.synHol, distances.trnHol];
  const axis = new Set<number>();
  for (const curve of curves) for (const x of curve?.x ?? []) axis.add(x);
  const at = thin(
    [...axis].sort((a, b) => a - b),
    MAX_POINTS,
  );
  return at.map((distance) => ({
    distance,
    synTrn: curveAt(distances.synTrn.x, distances.synTrn.y, distance),
    synHol: distances.synHol && curveAt(distances.synHol.x, distances.synHol.y, distance),
    trnHol: distances.trnHol && curveAt(distances.trnHol.x, distances.trnHol.y, distance),
  }));
}

/** y of a rising curve at some x, linear between its points; 0 before it and the last y after it. */
export function curveAt(x: readonly number[], y: readonly number[], at: number): number {
  if (x.length === 0 || at < x[0]!) return 0;
  for (let index = 1; index < x.length; index++) {
    const right = x[index]!;
    if (at > right) continue;
    const left = x[index - 1]!;
    const share = right > left ? (at - left) / (right - left) : 1;
    return y[index - 1]! + share * (y[index]! - y[index - 1]!);
  }
  return y.at(-1)!;
}
