/** A report as one HTML file. */

import type { ReactElement } from 'react';
import { drawnChart } from '../../components/charts/drawn-chart';
import type { UnivariateChart, WholeReport } from '../../domain/reports';
import { DistanceCurves, distanceSeries } from './distance-curves';
import { distancePoints } from './distance-points';
import { htmlFile } from './html-file';
import { DistributionChart } from './report-charts';
import { ReportDocument } from './report-document';

/** @param name of the rows that it is about */
export async function reportHtml(report: WholeReport, name: string): Promise<string> {
  return htmlFile(
    `Report on ${name}`,
    <ReportDocument
      report={report}
      name={name}
      distributions={await drawnDistributions(report)}
      distances={drawnDistances(report)}
    />,
  );
}

/** A pause, then a chart: the page answers between two of them. */
async function drawnDistributions(report: WholeReport): Promise<ReadonlyMap<UnivariateChart, ReactElement>> {
  const drawn = new Map<UnivariateChart, ReactElement>();
  for (const chart of report.univariate) {
    await pause();
    drawn.set(chart, drawnChart(<DistributionChart chart={chart} />));
  }
  await pause();
  return drawn;
}

function drawnDistances({ distances }: WholeReport): ReactElement | null {
  if (distances === null) return null;
  const points = distancePoints(distances);
  return drawnChart(<DistanceCurves points={points} series={distanceSeries(points)} />);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
