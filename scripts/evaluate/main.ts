import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { AskedEvaluation, Evaluation } from '../../src/client/evaluations-api';
import { checkResults } from '../../src/domain/check-results';
import { type Comparison, comparisonFacts, winnerLines } from '../../src/domain/comparison';
import { count } from '../../src/domain/evidence-words';
import { formatSentences } from '../../src/domain/format-words';
import { fixedText } from '../../src/domain/number-marks';
import { onlyTable } from '../../src/domain/only-table';
import { privacyVerdict, verdictFacts, verdictLines } from '../../src/domain/privacy-verdict';
import { scoredMetrics } from '../../src/domain/report-exports';
import type { Report } from '../../src/domain/reports';
import type { Source } from '../../src/domain/sources';
import { unwrap } from '../lib/headless-app';
import {
  type CommandTools,
  checkFile,
  MISSED_CHECK,
  REPORT_FILES,
  runCommand,
  seconds,
  tellChecks,
  withApp,
} from '../synthesize/command';
import { exportReport, importFile } from '../synthesize/job';
import { fileName } from '../synthesize/options';
import { tellConversions, tellReading } from '../synthesize/reading-facts';
import { describeChecks } from '../synthesize/recipe-facts';
import { readSubject } from '../synthesize/subject-option';
import { readTargets } from '../synthesize/target-option';
import { type EvaluateOptions, readOptions, USAGE } from './options';

/**
 * Reports on any files, unattended. Exit code 2 = bad arguments or input, 3 = all files are written and a check was missed, 1 = anything else that went wrong, one file of
 * several that could not be compared included.
 */
export async function main(args: string[]): Promise<number> {
  return runCommand(async () => {
    const options = readOptions(args);
    if (options) return run(options);
    process.stdout.write(USAGE);
    return 0;
  });
}

async function run(options: EvaluateOptions): Promise<number> {
  checkFile('--train', options.train);
  for (const path of options.synthetic) checkFile('--synthetic', path);
  if (options.holdout !== undefined) checkFile('--holdout', options.holdout);
  return withApp(options.out, async (tools) => {
    const { evaluation, comparison } = await work(tools, options);
    tools.out.deliver();
    for (const report of evaluation.reports) for (const text of reportLines(report)) tools.say(text);
    if (comparison) for (const text of winnerLines(comparison)) tools.say(text);
    const checks = evaluation.reports.map((report) => ({
      report,
      results: checkResults(options.checks, report),
    }));
    for (const { report, results } of checks)
      tellChecks(
        results.map((result) => ({
          ...result,
          sentence: `${report.evaluated!.files.synthetic.name}: ${result.sentence}`,
        })),
      );
    for (const { name, problem } of evaluation.failed)
      process.stderr.write(`${name} was not compared: ${problem}\n`);
    const files = evaluation.reports.map(({ evaluated }) => evaluated!.files.synthetic.name).join(', ');
    tools.say(`${files} → ${options.out} in ${seconds().toFixed(1)} s`);
    if (evaluation.failed.length > 0) return 1;
    return checks.some(({ results }) => results.some(({ passed }) => !passed)) ? MISSED_CHECK : 0;
  });
}

async function work(
  { app, out, say, clock }: CommandTools,
  options: EvaluateOptions,
): Promise<{ readonly evaluation: Evaluation; readonly comparison: Comparison | null }> {
  const { page } = app;
  const labels = namesApart(options.synthetic);
  const bring = async (key: string, path: string, label = fileName(path)) => {
    await app.give(key, path);
    const source = await importFile(page, key, options.dialect, label);
    const { rowCount, columns } = onlyTable(source);
    say(`${label}: ${count(rowCount, 'row')}, ${count(columns.length, 'column')}`);
    tellReading(source, say);
    tellConversions(source, say);
    for (const line of formatSentences(source)) say(line);
    return source;
  };
  const training = await bring('train', options.train);
  const holdout = options.holdout === undefined ? null : await bring('holdout', options.holdout);
  const synthetic: Source[] = [];
  for (const [i, path] of options.synthetic.entries())
    synthetic.push(await bring(`synthetic ${i}`, path, labels[i]));
  const names = onlyTable(training).columns.map(({ name }) => name);
  const asked: AskedEvaluation = {
    trainingSourceId: training.id,
    holdoutSourceId: holdout?.id ?? null,
    synthetic: synthetic.map(({ id }) => ({ id })),
    subjectColumns: options.subject === undefined ? null : readSubject(options.subject, names),
    ...(options.target !== undefined && { targets: readTargets(options.target, names) }),
    ...options.settings,
  };
  const evaluation = await evaluate(page, asked);
  const { reports, failed } = evaluation;
  const isOne = reports.length === 1;
  const write = (name: string, content: object) =>
    writeFileSync(out.path(name), `${JSON.stringify(content, null, 2)}\n`);
  for (const [i, report] of reports.entries()) {
    const start = isOne ? '' : `${i + 1}-${plain(report.evaluated!.files.synthetic.name)}-`;
    for (const [format, ending] of REPORT_FILES) {
      const name = `${start}${ending}`;
      await exportReport(page, report.id, format, name);
      await app.save(name, out.path(name));
    }
    write(`${start}metrics.json`, scoredMetrics(report));
  }
  const comparison = isOne ? null : await compare(page, evaluation.id);
  if (comparison)
    for (const format of ['html', 'json', 'csv'] as const) {
      const name = `comparison.${format}`;
      await exportComparison(page, evaluation.id, format, name);
      await app.save(name, out.path(name));
    }
  write('run.json', {
    settings: { ...asked, trainingSourceId: undefined, holdoutSourceId: undefined, synthetic: undefined },
    files: reports.map((report) => ({
      ...reportFacts(report),
      checks: describeChecks(checkResults(options.checks, report)),
    })),
    not_compared: failed,
    comparison: comparison && comparisonFacts(comparison),
    seconds: { total: seconds(), ...clock.seconds() },
    peak_memory_bytes: { page: app.memory()?.peak ?? null },
  });
  return { evaluation, comparison };
}

async function evaluate(page: Page, config: AskedEvaluation): Promise<Evaluation> {
  return unwrap(
    await page.evaluate(
      (given) =>
        window.attempt(() =>
          window.doppelgrid.evaluations.create(given, { onProgress: window.tellProgress }),
        ),
      config,
    ),
  );
}

async function compare(page: Page, id: string): Promise<Comparison> {
  return unwrap(
    await page.evaluate((given) => window.attempt(() => window.doppelgrid.evaluations.compare(given)), id),
  );
}

async function exportComparison(
  page: Page,
  id: string,
  format: 'html' | 'json' | 'csv',
  name: string,
): Promise<void> {
  const request = { id, format, name };
  return unwrap(
    await page.evaluate(
      (given) =>
        window.attempt(async () => {
          window.files[given.name] = await window.doppelgrid.evaluations.download(given.id, given.format);
        }),
      request,
    ),
  );
}

/** What `run.json` says of one file. */
function reportFacts(report: Report): object {
  const { evaluated, rows, notes } = report;
  return {
    ...evaluated!.files,
    report_on: evaluated!.kind,
    rows,
    differences: evaluated!.differences,
    not_computed: evaluated!.notComputed,
    metrics: scoredMetrics(report),
    privacy_verdict: verdictFacts(privacyVerdict(report)),
    notes,
  };
}

/** What the terminal says of one file. */
function reportLines(report: Report): string[] {
  const { accuracy } = report.metrics;
  const { differences, notComputed, kind, files } = report.evaluated!;
  const percent = (share: number | null) =>
    share === null ? 'not computed' : `${fixedText(100 * share, 1)} %`;
  return [
    `${files.synthetic.name} against ${files.training.name}`,
    ...differences.map((sentence) => `  ${sentence}`),
    kind === 'data'
      ? '  Accuracy is not scored: these rows are meant to differ from the original.'
      : `  Accuracy: ${percent(accuracy.overall)}; fresh real rows reach ${percent(accuracy.overallMax)}`,
    ...verdictLines(privacyVerdict(report)).map((line) => `  ${line}`),
    ...notComputed.map((sentence) => `  Not computed – ${sentence}`),
  ];
}

/** Names of files, with as much of their folders as tells them apart. */
export function namesApart(paths: readonly string[]): string[] {
  const parts = paths.map((path) => path.split(/[\\/]/).filter((part) => part !== ''));
  const longest = Math.max(...parts.map(({ length }) => length));
  for (let depth = 1; depth <= longest; depth++) {
    const names = parts.map((each) => each.slice(-depth).join('/'));
    if (new Set(names).size === names.length) return names;
  }
  return paths.map((path, i) => `${i + 1} ${path}`);
}

/** A name that a file can have anywhere. */
function plain(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80);
}
