import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openApp, withKeptApp } from './browser-profile';
import { RandomStream } from './engine';
import { mainJob, type Result, STAGES, type Stage } from './main-job';
import { optionOf, print } from './terminal';

/**
 * The browser is killed (SIGKILL, a profile on disk) at a random moment of the main job and opened again: no record is
 * broken, nothing that had been reported as finished is lost, what was interrupted is on hold, and going on ends with the
 * same bytes as an undisturbed run. Only an import may have failed, if its file had not been copied yet. Every other kill
 * has its report written by the generation. A training has its first checkpoint after 10 s: rows enough for longer ones let
 * jobs go on from there. `npm run bench -- kills [--kills 50] [--rows 20000] [--seed 1] [--stage training]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const kills = Number(optionOf(args, 'kills') ?? 50);
  const rows = Number(optionOf(args, 'rows') ?? 20_000);
  const stream = new RandomStream(Number(optionOf(args, 'seed') ?? 1), 'kills');
  const asked = optionOf(args, 'stage');
  const only = STAGES.indexOf(asked as Stage);
  if (asked !== undefined && only < 0) throw new Error(`There is no stage “${asked}”: ${STAGES.join(', ')}.`);
  const csv = tableOf(rows);
  const newerCsv = tableOf(Math.ceil(rows * 1.2));
  const spans: number[] = [];
  const undisturbed = await withProfile((open) =>
    open(async (page) => {
      let last = performance.now();
      return doJob(page, { csv, newerCsv, writesReport: false }, () => {
        spans.push(performance.now() - last);
        last = performance.now();
      });
    }),
  );
  print(`Undisturbed: ${STAGES.map((stage, k) => `${stage} ${(spans[k]! / 1000).toFixed(1)} s`).join(', ')}`);
  const faults: string[] = [];
  const killedAfter = new Map<Stage | 'nothing', number>();
  const resumed = new Map<string, number>();
  for (let kill = 0; kill < kills; kill++) {
    const stage = only >= 0 ? only : stream.below(STAGES.length);
    const delay = stream.uniform() * spans[stage]!;
    const input = { csv, newerCsv, writesReport: kill % 2 === 1 };
    const { finished, fault, held } = await disturb(input, { stage, delay }, undisturbed);
    for (const job of held) resumed.set(job, (resumed.get(job) ?? 0) + 1);
    const last = finished.at(-1) ?? 'nothing';
    killedAfter.set(last, (killedAfter.get(last) ?? 0) + 1);
    const when = `${(delay / 1000).toFixed(2)} s into ${STAGES[stage]} (${last} finished)`;
    print(
      `${String(kill + 1).padStart(3)} ${when}: ${held.join(', ') || 'nothing on hold'}; ${fault ?? 'as undisturbed'}`,
    );
    if (fault) faults.push(`kill ${kill}, ${when}: ${fault}`);
  }
  for (const stage of ['nothing', ...STAGES] as const)
    print(`killed after ${stage.padEnd(12)} ${String(killedAfter.get(stage) ?? 0).padStart(4)}`);
  for (const [job, times] of [...resumed].sort()) print(`${job.padEnd(34)} ${String(times).padStart(4)}`);
  print(`${kills} kills, ${faults.length} faults`);
  for (const fault of faults) print(`  ${fault}`);

  /** One kill. @returns stages that the page had reported, and what is wrong, if anything */
  async function disturb(input: Input, at: { stage: number; delay: number }, expected: Result) {
    const finished: Stage[] = [];
    let held: readonly string[] = [];
    const fault = await withProfile(async (open) => {
      await open(async (page, kill) => {
        let isReached: () => void = () => undefined;
        const reached = new Promise<void>((resolve) => {
          isReached = resolve;
        });
        if (at.stage === 0) isReached();
        const job = doJob(page, input, (stage) => {
          finished.push(stage);
          if (stage === STAGES[at.stage - 1]) isReached();
        }).catch(() => null);
        await Promise.race([job, reached]);
        await Promise.race([job, new Promise((resolve) => setTimeout(resolve, at.delay))]);
        kill();
        await job;
      });
      return open(async (page) => {
        const wrong = await page.evaluate(missing, finished);
        if (wrong) return wrong;
        held = await page.evaluate(interruptedJobs);
        const { parquet, accuracy, versions } = await doJob(page, input, () => undefined);
        if (parquet !== expected.parquet) return 'other bytes than an undisturbed run';
        if (versions !== expected.versions) return `versions ${versions} and not ${expected.versions}`;
        return accuracy === expected.accuracy ? null : 'another report than an undisturbed run';
      });
    });
    return { finished, fault, held };
  }
}

/** A profile on disk, in which the app can be opened again and again. */
function withProfile<T>(
  work: (open: <R>(use: (page: Page, kill: () => void) => Promise<R>) => Promise<R>) => Promise<T>,
): Promise<T> {
  return withKeptApp('kills', ({ url, folder, open }) => {
    // The browser leads a group with all its processes.
    const kill = () => process.kill(-browserOf(folder), 'SIGKILL');
    return work((use) =>
      open(async (page) => {
        await openApp(page, url);
        return use(page, kill);
      }),
    );
  });
}

/** Id of the browser's process that has a profile: Chromium's lock is a link to "host-id". */
function browserOf(profile: string): number {
  return Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
}

/** What an opened page lacks of what had been finished, in a sentence; null if nothing. Runs in the page. */
async function missing(finished: readonly Stage[]): Promise<string | null> {
  const { generators, jobs, reports, sources, syntheticDatasets, workspace } = window.doppelgrid;
  // Jobs of the killed page are told when its lock is free.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const [broken] = workspace.setAside();
  if (broken) return `a record is broken: ${broken.reason}`;
  const lists = { import: sources.list(), generation: syntheticDatasets.list(), report: reports.list() };
  for (const stage of ['import', 'generation', 'report'] as const)
    if (finished.includes(stage) && lists[stage].length === 0) return `the ${stage} is lost`;
  const [generator] = generators.list();
  if (finished.includes('training') && generator?.trainingStatus !== 'DONE') return 'the training is lost';
  if (finished.includes('version') && sources.list().some(({ version }) => version !== 2))
    return 'the newer version is lost';
  const isUncopied = ({ kind, error }: { kind: string; error: string | null }) =>
    kind === 'import' && (error ?? '').includes('before the file had been copied');
  const statuses = [
    ...generators.list().map(({ trainingStatus }) => trainingStatus),
    ...syntheticDatasets.list().map(({ generationStatus }) => generationStatus),
    ...jobs.list().flatMap((job) => (isUncopied(job) ? [] : job.status)),
  ];
  if (statuses.some((status) => status === 'IN_PROGRESS' || status === 'QUEUED'))
    return 'a job of the killed page is still said to be under way';
  return statuses.includes('FAILED') || statuses.includes('CANCELED')
    ? 'an interrupted job is not offered for resume'
    : null;
}

/** What was interrupted, and from where it goes on. Runs in the page. */
async function interruptedJobs(): Promise<string[]> {
  const { generators, jobs, syntheticDatasets } = window.doppelgrid;
  return jobs.list().flatMap(({ asked, kind, resource: { id }, status }) => {
    if (status === 'FAILED') return `${kind} not copied yet`;
    if (status !== 'ON_HOLD') return [];
    if (asked?.kind === 'version') return 'reading of a newer file begins anew';
    if (kind !== 'training' && kind !== 'generation') return `${kind} begins anew`;
    const { checkpoint, summary } = kind === 'training' ? generators.get(id) : syntheticDatasets.get(id);
    if (kind === 'generation' && summary) return 'generation only writes its report';
    return `${kind} ${checkpoint ? 'goes on from a checkpoint' : 'begins anew'}`;
  });
}

/** What the main job works on. */
interface Input {
  readonly csv: string;
  readonly newerCsv: string;
  /** The generation writes the report, too, which is a job of its own otherwise. */
  readonly writesReport: boolean;
}

/** The main job from where it is to its end. */
async function doJob(
  page: Page,
  { csv, newerCsv, writesReport }: Input,
  onStage: (stage: Stage) => void,
): Promise<Result> {
  await page.exposeFunction('tellStage', onStage);
  return page.evaluate(mainJob, {
    csv,
    newerCsv,
    goesOn: true,
    // Long enough for checkpoints: the first one comes after 10 s.
    settings: { modelSize: 'L' },
    // Several row groups.
    generation: { sampleSize: 250_000, enableDataReport: writesReport },
  });
}

/** Numbers, categories and dates that depend on each other. */
function tableOf(rows: number): string {
  const stream = new RandomStream(3, 'table');
  const lines = ['age,city,income,since'];
  for (let row = 0; row < rows; row++) {
    const age = 18 + stream.below(60);
    const city = ['Bergen', 'Lisboa', 'Graz', 'Oulu'][Math.min(3, Math.floor(stream.uniform() ** 2 * 4))];
    const income = (20_000 + 700 * age + 9000 * stream.normal()).toFixed(2);
    const since = new Date(Date.UTC(2010, 0, 1 + stream.below(4000))).toISOString().slice(0, 10);
    lines.push(`${age},${city},${income},${since}`);
  }
  return `${lines.join('\n')}\n`;
}
