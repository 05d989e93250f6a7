import { formatNumber, formatPercent } from '../../components/format';
import { evidenceOf } from '../../domain/privacy-evidence';
import type { Report } from '../../domain/reports';

export type DistanceRow = readonly [name: string, training: string, holdout: string, reference: string];

/** Distances as numbers, on the page and in files. */
export function distanceRows(report: Report): readonly DistanceRow[] {
  const { distances: d } = report.metrics;
  return [
    [
      'Identical matches',
      formatPercent(d.imsTraining),
      formatPercent(d.imsHoldout),
      formatPercent(d.imsTrnHol),
    ],
    [
      'Mean distance to the closest record',
      formatNumber(d.dcrTraining),
      formatNumber(d.dcrHoldout),
      formatNumber(d.dcrTrnHol),
    ],
    [
      'DCR share: nearer to a training row',
      evidenceOf(report).find(({ id }) => id === 'dcr-share')!.figure,
      '',
      'chance: 50 %',
    ],
  ];
}
