import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Page } from '@playwright/test';
import { longestTask } from '../e2e/longest-task';
import { HeadlessApp, unwrap } from '../scripts/lib/headless-app';
import { importFile } from '../scripts/synthesize/job';
import { onlyTable, privacyVerdict } from './engine';
import { reportedCsv } from './large-csv';
import { StepMeter } from './step-meter';
import { mebibytes, print } from './terminal';

/** Of the holdout, as a part of the training. */
const HOLDOUT = 0.2;

/**
 * A report on a large table through the app in a headless browser: training, holdout and synthetic rows from files. Seconds,
 * highest memory of the page with its workers and processor seconds of each step, the longest task of the page's thread
 * meanwhile, size of the HTML file. `npm run bench -- report-scale [rows] [columns]`, 500,000 × 30 by default
 */
export async function run(args: readonly string[]): Promise<void> {
  const [rows = 500_000, columns = 30] = args.map(Number);
  const folder = mkdtempSync(join(tmpdir(), 'bench-report-'));
  const meter = new StepMeter();
  const app = await HeadlessApp.open((progress) => meter.update(progress));
  try {
    print(
      `${rows} × ${columns}, ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]!.toFixed(1)}`,
    );
    const sizes = { training: rows, holdout: Math.round(HOLDOUT * rows), synthetic: rows };
    const ids: string[] = [];
    meter.watch(app);
    for (const [sample, [name, count]] of Object.entries(sizes).entries()) {
      const file = join(folder, `${name}.csv`);
      await pipeline(reportedCsv(count, columns, sample), createWriteStream(file));
      await app.give(name, file);
      const source = await importFile(app.page, name);
      ids.push(source.id);
      print(`${name}: ${onlyTable(source).rowCount} rows, ${mebibytes(statSync(file).size)}`);
    }
    await report(app, ids);
    for (const line of meter.lines()) print(line);
  } finally {
    meter.stop();
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function report({ page }: HeadlessApp, ids: readonly string[]): Promise<void> {
  const asked = {
    trainingSourceId: ids[0]!,
    holdoutSourceId: ids[1]!,
    synthetic: [{ id: ids[2]! }],
    randomState: 1,
  };
  let made: Awaited<ReturnType<typeof evaluate>> | undefined;
  const evaluate = async () =>
    unwrap(
      await page.evaluate(
        (config) =>
          window.attempt(() =>
            window.doppelgrid.evaluations.create(config, { onProgress: window.tellProgress }),
          ),
        asked,
      ),
    );
  const longest = await longestTask(page, async () => {
    made = await evaluate();
  });
  const [written] = made!.reports;
  const { metrics, seconds, distanceRows } = written!;
  print(
    `report ${seconds.toFixed(1)} s; accuracy ${metrics.accuracy.overall} of ${metrics.accuracy.overallMax}`,
  );
  print(`distances of ${distanceRows} rows of each set, DCR share ${metrics.distances.dcrShare}`);
  const verdict = privacyVerdict(written!);
  print(`verdict: ${verdict.title}; longest task of the page meanwhile ${longest.toFixed(0)} CPU ms`);
  for (const { title, level, figure } of verdict.parts)
    if (level !== 'pass') print(`  ${title}: ${level}, ${figure}`);
  const bytes = await page.evaluate(
    async (id) => (await window.doppelgrid.reports.download(id, 'html')).size,
    written!.id,
  );
  print(`HTML file ${(bytes / 1e6).toFixed(2)} MB`);
  await measurePage(page, written!.id);
}

/** Opens the report's page, finds columns and sorts, and tells the longest task of each. */
async function measurePage(page: Page, id: string): Promise<void> {
  const table = page.getByRole('region', { name: 'Accuracy by column' });
  const works: Readonly<Record<string, () => Promise<void>>> = {
    open: async () => {
      await page.evaluate((report) => {
        location.hash = `#/reports/${report}`;
      }, id);
      await page.locator('#report-compared').waitFor();
    },
    find: async () => {
      await table.getByRole('searchbox').pressSequentially('column 1', { delay: 60 });
      await table.getByRole('searchbox').fill('');
    },
    sort: async () => {
      for (const name of ['Univariate', 'Bivariate', 'Gap'])
        await table.getByRole('button', { name }).click();
    },
    scroll: async () => {
      for (let turn = 0; turn < 20; turn++) await page.mouse.wheel(0, 600);
    },
  };
  for (const [name, work] of Object.entries(works)) {
    const longest = await longestTask(page, async () => {
      await work();
      await page.waitForTimeout(500);
    });
    print(`page of the report, ${name}: longest task ${longest.toFixed(0)} CPU ms`);
  }
}
