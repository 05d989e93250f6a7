/** HTML files that open from the disk: no script, no request, their own style alone. */
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

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
td:first-child{min-width:5.5rem}td:nth-child(2){min-width:5rem}.curves{max-width:30rem;margin-top:1rem}
@media screen and (max-width:44rem){:is(.evidence,.sheet table) :is(tr,td){display:block;border:0}:is(.evidence,.sheet table) tr{border-top:1px solid var(--line);padding:.4rem 0}:is(.evidence,.sheet table) thead{display:none}:is(.evidence,.sheet table) td:first-child{font-weight:600}}
.evidence td:nth-child(2){white-space:nowrap}.evidence td:last-child{min-width:6rem}
.wide{overflow-x:auto;margin:0}.wide table{min-width:38rem}.wide th,.wide td{overflow-wrap:normal}
h3{font-size:1rem;margin:.75rem 0 0}.facts{font-size:12px;color:var(--ink-soft);overflow-wrap:anywhere}
summary{color:var(--ink-soft);cursor:pointer}
@media print{:root{color-scheme:light}body{background:#fff}main{max-width:none;padding:0}.card,tr{break-inside:avoid}details>*:not(summary){display:revert}*{print-color-adjust:exact}}
@media print{.sheet{break-before:page;break-after:page;font-size:8pt;line-height:1.3;margin-top:0}.sheet .facts{font-size:7pt}.sheet td,.sheet th{padding:.15rem .4rem}.sheet ul{margin:.2rem 0}.sheet h3{font-size:9pt;margin-top:.4rem}}
@page{margin:12mm 8mm}
`;

/** A document as a file. Its content security policy allows its own style by hash and nothing else. */
export async function htmlFile(title: string, document: ReactElement): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(STYLE));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${renderToStaticMarkup(<title>{title}</title>)}
<style>${STYLE}</style>
</head>
<body>${renderToStaticMarkup(document)}</body>
</html>
`;
}
