import { readFileSync, statSync } from 'node:fs';
import { UserError } from '../../src/domain/errors';
import type { CheckResult } from '../../src/domain/recipe-checks';
import { HeadlessApp, PageError } from '../lib/headless-app';
import { StepClock } from './job';
import { OutputFolder } from './output-folder';
import { ProgressLine } from './progress-line';
import { InputError } from './setting-options';

/** Exit code of a run whose files are written and which a check refuses. */
export const MISSED_CHECK = 3;
/** Errors that the input or the configuration causes. */
const INPUT_CODES = /^(source\/|config\/|training\/too-few-rows)/;

/** What is written of a report beside `metrics.json`. */
export const REPORT_FILES = [
  ['html', 'report.html'],
  ['json', 'report.json'],
  ['csv', 'report-columns.csv'],
] as const;

/** What a command works with. */
export interface CommandTools {
  readonly app: HeadlessApp;
  readonly out: OutputFolder;
  readonly clock: StepClock;
  readonly line: ProgressLine;
  /** Writes a line to stdout, over the line of the progress. */
  readonly say: (text: string) => void;
}

/** A command with its exit code: 2 = bad arguments or input, told in one line; 1 = anything else that went wrong. */
export async function runCommand(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    const code = error instanceof PageError || error instanceof UserError ? error.code : '';
    return error instanceof InputError || INPUT_CODES.test(code) ? 2 : 1;
  }
}

/** Opens the app for some work, and leaves nothing behind if that fails or is interrupted. @param target the folder of the results */
export async function withApp<T>(target: string, work: (tools: CommandTools) => Promise<T>): Promise<T> {
  const out = new OutputFolder(target);
  const line = new ProgressLine(process.stdout);
  const clock = new StepClock();
  let app: HeadlessApp | null = null;
  const cleanUp = async () => {
    line.clear();
    out.discard();
    await app?.close();
  };
  for (const [signal, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) {
    process.once(signal, () => cleanUp().finally(() => process.exit(code)));
  }
  try {
    app = await HeadlessApp.open((progress) => {
      clock.update(progress);
      line.update(progress);
    });
    const say = (text: string) => {
      line.clear();
      process.stdout.write(`${text}\n`);
    };
    return await work({ app, out, clock, line, say });
  } finally {
    await cleanUp();
  }
}

/** What became of checks: missed ones are warnings. */
export function tellChecks(checks: readonly CheckResult[]): void {
  for (const { passed, sentence } of checks)
    (passed ? process.stdout : process.stderr).write(`${sentence}\n`);
}

/** @throws InputError unless it is a file */
export function checkFile(what: string, path: string): void {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info) throw new InputError(`${what}: there is no file “${path}”.`);
  if (!info.isFile()) throw new InputError(`${what}: “${path}” is not a file.`);
}

/** @throws InputError if the file is not JSON */
export function readJson(option: string, path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new InputError(`${option}: “${path}” is not JSON (${(error as Error).message}).`);
  }
}

/** Seconds since the command started. */
export function seconds(): number {
  return performance.now() / 1000;
}
