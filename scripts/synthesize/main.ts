import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkResults } from '../../src/domain/check-results';
import { ledgerSentences } from '../../src/domain/differential-privacy';
import { DOWNLOAD_FORMATS } from '../../src/domain/download-formats';
import { formatSentences } from '../../src/domain/format-words';
import { type JobConfig, parseConfiguration } from '../../src/domain/job-configuration';
import { likenessSentences } from '../../src/domain/likeness-facts';
import { metricsToJson } from '../../src/domain/metrics';
import { ModelConfiguration } from '../../src/domain/model-configuration';
import { onlyTable } from '../../src/domain/only-table';
import { privacyVerdict, verdictLines } from '../../src/domain/privacy-verdict';
import { matchRecipe } from '../../src/domain/recipe-match';
import { type RecipeFile, readRecipe } from '../../src/domain/recipes';
import { fewRowsWarning, MIN_ROWS } from '../../src/domain/row-plan';
import { readRules } from '../../src/domain/rule-import';
import type { Rule } from '../../src/domain/rules';
import type { CsvDialect } from '../../src/domain/sources';
import { isUnprotected, rowsFileName, UNPROTECTED_TRAINING } from '../../src/domain/unprotected';
import { weakerPairsSentence } from '../../src/domain/weaker-pairs';
import type { HeadlessApp } from '../lib/headless-app';
import { changedLines, columnLines, hiddenLines, keyLines } from './column-facts';
import {
  checkFile,
  MISSED_CHECK,
  REPORT_FILES,
  readJson,
  runCommand,
  seconds,
  tellChecks,
  withApp,
} from './command';
import {
  createGenerator,
  exportFile,
  exportReport,
  generate,
  getReport,
  importByRecipe,
  importFile,
  proposeDataset,
  proposeGenerator,
  type StepClock,
  train,
} from './job';
import { datasetConfig, describeJob, generatorConfig, modelSettings } from './job-config';
import { idleOptions } from './model-options';
import { fileName, type JobOptions, readOptions, USAGE } from './options';
import type { OutputFolder } from './output-folder';
import { privacyLines } from './privacy-lines';
import { findProtectionKey } from './protection-key';
import { tellConversions, tellReading } from './reading-facts';
import { redText } from './red-text';
import { rulesLine } from './rule-facts';
import { describeRun, type FinishedRun } from './run-facts';
import { InputError } from './setting-options';
import { subjectLines } from './subject-facts';
import { readTargets } from './target-option';

/**
 * The main job, unattended. Exit code 2 = bad arguments or input, 3 = all files are written and a check of the recipe was
 * missed, 1 = anything else that went wrong.
 */
export async function main(args: string[]): Promise<number> {
  return runCommand(async () => {
    const options = readOptions(args);
    if (options) return run(options, readInputs(options));
    process.stdout.write(USAGE);
    return 0;
  });
}

/** What the files of the options say. */
interface Inputs {
  readonly config: JobConfig;
  readonly recipe: RecipeFile | null;
  readonly rules: readonly Rule[];
  readonly protectionKey: string | undefined;
}

/** Everything that can be checked before a browser starts. */
function readInputs(options: JobOptions): Inputs {
  for (const path of tableFiles(options)) checkFile('The table', path);
  if (options.holdout !== undefined) checkFile('--holdout', options.holdout);
  const recipe = readRecipeFile(options);
  const config = recipe ? { ...recipe.config } : readConfigFile(options);
  modelSettings(ModelConfiguration.parse({}), config, options);
  const { protectionKeyFile } = options;
  if (protectionKeyFile !== undefined) checkFile('--protection-key-file', protectionKeyFile);
  return {
    config,
    recipe,
    rules: options.rules === undefined ? [] : readRulesFile(options.rules),
    protectionKey: findProtectionKey(protectionKeyFile, process.env),
  };
}

function readRulesFile(path: string): Rule[] {
  checkFile('--rules', path);
  return readRules(readJson('--rules', path));
}

function readRecipeFile({ recipe }: JobOptions): RecipeFile | null {
  if (recipe === undefined) return null;
  checkFile('--recipe', recipe);
  return readRecipe(fileName(recipe), readFileSync(recipe, 'utf8'));
}

function readConfigFile(options: JobOptions): JobConfig {
  if (options.config === undefined) return {};
  checkFile('--config', options.config);
  const { config, notes } = parseConfiguration(readJson('--config', options.config));
  for (const note of notes) process.stderr.write(`${note}\n`);
  if (config.holdout && options.holdout === undefined) {
    throw new InputError(
      `--config: “${options.config}” was made with the holdout ${config.holdout.file}. Give it with --holdout FILE, or set "holdout" to null.`,
    );
  }
  return config;
}

/** The files that are the table. @throws InputError for a folder without files, or without `--union` */
function tableFiles({ table, others = [], union }: JobOptions): string[] {
  return [table, ...others].flatMap((path) => {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
    if (!union) throw new InputError(`“${path}” is a folder. With --union, its files are read as one table.`);
    const files = readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(({ name }) => join(path, name));
    if (files.length === 0) throw new InputError(`The folder “${path}” holds no file.`);
    return files;
  });
}

/** Of files that were named, all are meant; a folder or an archive may hold others. */
function unionOf({ table, others = [], union }: JobOptions, files: readonly string[]): Partial<CsvDialect> {
  if (!union) return {};
  const isNamed = files.length > 1 && files.length === [table, ...others].length;
  return { union: isNamed ? 'all' : 'tables' };
}

/** @returns the exit code */
async function run(options: JobOptions, inputs: Inputs): Promise<number> {
  return withApp(options.out, async (tools) => {
    const { clock, line, out, say } = tools;
    const { generator, report, checks } = await work(tools.app, options, inputs, out, clock, say);
    out.deliver();
    line.clear();
    const isPrivate = generator.summary?.differentialPrivacy !== undefined;
    process.stdout.write(`${rulesLine(onlyTable(generator).rules, isPrivate)}\n`);
    const weaker = report && weakerPairsSentence(report.dependences);
    if (weaker) process.stdout.write(`${weaker}\n`);
    for (const line of report ? likenessSentences(report) : []) process.stdout.write(`${line}\n`);
    if (report) process.stdout.write(`${verdictLines(privacyVerdict(report)).join('\n')}\n`);
    const ledger = generator.summary?.differentialPrivacy;
    if (ledger) process.stdout.write(`${ledgerSentences(ledger).join('\n')}\n`);
    tellChecks(checks);
    const more = options.others ? ` and ${options.others.length} more` : '';
    process.stdout.write(`${fileName(options.table)}${more} → ${options.out} in ${seconds().toFixed(1)} s\n`);
    return checks.some(({ passed }) => !passed) ? MISSED_CHECK : 0;
  });
}

async function work(
  app: HeadlessApp,
  options: JobOptions,
  { config: given, recipe, rules, protectionKey }: Inputs,
  out: OutputFolder,
  clock: StepClock,
  say: (line: string) => void,
): Promise<Pick<FinishedRun, 'generator' | 'report' | 'checks'>> {
  const { page } = app;
  const files = tableFiles(options);
  await app.give('table', ...files);
  const said = { ...options.header, ...options.choice, ...unionOf(options, files) };
  const source = recipe
    ? await importByRecipe(page, 'table', JSON.stringify(recipe), said)
    : await importFile(page, 'table', { ...given.source?.dialect, ...said });
  tellReading(source, say);
  tellConversions(source, say);
  for (const line of formatSentences(source)) say(line);
  let holdout = null;
  if (options.holdout !== undefined) {
    await app.give('holdout', options.holdout);
    holdout = await importFile(page, 'holdout', {
      ...given.holdout?.dialect,
      ...(recipe && source.dialect),
      ...options.header,
    });
  }
  const match = recipe && matchRecipe(recipe, source, holdout);
  for (const { sentence } of match?.differences ?? []) process.stderr.write(`${sentence}\n`);
  if (match && match.problem !== null) throw new InputError(match.problem);
  const config = match ? match.config : given;
  const { rowCount } = onlyTable(source);
  const fewRows = fewRowsWarning(rowCount);
  if (fewRows !== null && rowCount >= MIN_ROWS) process.stderr.write(`${fewRows}\n`);
  const names = onlyTable(source).columns.map(({ name }) => name);
  if (options.target !== undefined) readTargets(options.target, names);
  const proposal = await proposeGenerator(page, source.id);
  const asked = generatorConfig(proposal, holdout?.id ?? null, config, options, rules);
  const unprotected = isUnprotected(asked);
  if (unprotected) process.stderr.write(`${redText(UNPROTECTED_TRAINING, process.stderr)}\n`);
  const untrained = await createGenerator(page, asked, protectionKey);
  for (const text of subjectLines(untrained)) say(text);
  for (const text of columnLines(untrained)) say(text);
  const { lines, warnings } = privacyLines(untrained, rowCount);
  for (const text of lines) say(text);
  const { tabularModelConfiguration } = onlyTable(asked);
  for (const text of [...warnings, ...idleOptions(options, tabularModelConfiguration)]) {
    process.stderr.write(`${text}\n`);
  }
  const generator = await train(page, untrained.id);
  for (const text of changedLines(untrained, generator)) say(text);
  for (const text of hiddenLines(generator, generator.summary?.hidden)) say(text);
  const rows = datasetConfig(await proposeDataset(page, generator.id), config, options, names);
  const dataset = await generate(page, rows);
  for (const text of keyLines(dataset)) say(text);
  for (const format of options.formats ?? recipe?.formats ?? ['parquet']) {
    const name = `${rowsFileName(null, unprotected)}.${DOWNLOAD_FORMATS[format].extension}`;
    for (const text of await exportFile(page, dataset.id, format, name, options)) say(text);
    await app.save(name, out.path(name));
  }
  const report = dataset.reportId === null ? null : await getReport(page, dataset.reportId);
  for (const [format, name] of report ? REPORT_FILES : []) {
    await exportReport(page, report!.id, format, name);
    await app.save(name, out.path(name));
  }
  const write = (name: string, content: object) =>
    writeFileSync(out.path(name), `${JSON.stringify(content, null, 2)}\n`);
  if (report) write('metrics.json', metricsToJson(report.metrics));
  const { columns } = onlyTable(generator);
  write('config.json', describeJob(source, holdout, generator.config, dataset.config, columns));
  const made = recipe && {
    name: recipe.name,
    version: recipe.version,
    differences: match?.differences ?? [],
  };
  const checks = checkResults({ ...recipe?.checks, ...options.checks }, report);
  const facts = { source, holdout, generator, dataset, report, recipe: made, checks };
  const measured = {
    stepSeconds: clock.seconds(),
    totalSeconds: seconds(),
    pagePeakMemory: app.memory()?.peak ?? null,
  };
  write('run.json', describeRun({ ...facts, ...measured }));
  return { generator, report, checks };
}
