/** A report as one HTML file that opens from the disk: no script, no request, its own style alone. */

import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { drawnChart } from '../../components/charts/drawn-chart';
import type { UnivariateChart, WholeReport } from '../../domain/reports';
import { DistributionChart } from './report-charts';
import { ReportDocument } from './report-document';

/** The tokens of the app's theme, and as few rules as the document needs. */
const STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#f7f7f4,#131518);--card:light-dark(#fff,#1b1e22);--line:light-dark(#deded6,#32373e);--line-strong:light-dark(#8a8b83,#777e88);--ink:light-dark(#1c1e21,#eceeef);--ink-soft:light-dark(#55585e,#a9afb7);--original:light-dark(#8f939a,#6f7681);--synthetic:light-dark(#05483f,#6ff0e0);--difference:light-dark(#a35a00,#f2b040);--focus:light-dark(#1d5fd1,#8ab4ff)}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.5 ui-sans-serif,system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:72rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:0 0 .25rem}section{margin-top:2rem}
p{margin:.25rem 0}.soft{color:var(--ink-soft)}.large{font-size:1.6rem;font-weight:600;line-height:1.25}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:1rem}.cards section{margin-top:1rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1rem;margin:0}
.pass{border-left:4px solid var(--synthetic)}.open{border-left:4px solid var(--line-strong)}.attention{border-left:4px solid var(--difference);padding-left:1rem}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(19rem,1fr));gap:1rem}
.maps{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(30rem,100%),1fr));gap:1rem;margin-bottom:1rem}
.matrix{max-width:46rem;margin-top:1rem}.chart{display:block;width:100%;height:auto}
figcaption{margin-bottom:.5rem;font-weight:600;overflow-wrap:anywhere}figcaption .soft{font-weight:400}
table{border-collapse:collapse;width:100%;background:var(--card);margin-top:.5rem}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-top:1px solid var(--line);overflow-wrap:anywhere}th{color:var(--ink-soft);font-weight:500}
td:nth-child(2){min-width:5rem}.evidence td:nth-child(2){white-space:nowrap}
.wide{overflow-x:auto;margin:0}.wide table{min-width:38rem}.wide th,.wide td{overflow-wrap:normal}
summary{color:var(--ink-soft);cursor:pointer}
@media print{:root{color-scheme:light}body{background:#fff}main{max-width:none;padding:0}.card,tr{break-inside:avoid}details>*:not(summary){display:revert}*{print-color-adjust:exact}}
@page{margin:12mm 8mm}
`;

/**
 * The file. Its content security policy allows its own style by hash and nothing else.
 * @param name of the rows that it is about
 */
export async function reportHtml(report: WholeReport, name: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(STYLE));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const title = renderToStaticMarkup(<title>{`Report on ${name}`}</title>);
  const body = renderToStaticMarkup(
    <ReportDocument report={report} name={name} distributions={await drawnDistributions(report)} />,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${title}
<style>${STYLE}</style>
</head>
<body>${body}</body>
</html>
`;
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

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
