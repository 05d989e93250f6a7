import { curveAt, thin } from '../../components/charts/shape';
import type { Report } from '../../domain/reports';

export interface DistancePoint {
  readonly distance: number;
  readonly synTrn: number;
  readonly synHol: number | null;
  readonly trnHol: number | null;
  readonly [key: string]: number | null;
}

const MAX_POINTS = 150;

/** The curves on one axis, for a chart that wants rows: at every distance any of them has a point. */
export function distancePoints(distances: NonNullable<Report['distances']>): DistancePoint[] {
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
