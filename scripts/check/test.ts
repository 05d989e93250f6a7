import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureBrowser } from '../lib/browser';
import { ROOT } from '../lib/paths';
import { main as prepare } from '../lib/prepare';
import {
  type Counts,
  countPlaywright,
  countVitest,
  FAILED,
  PASSED,
  type PlaywrightReport,
  sum,
  type VitestReport,
  withExitCode,
} from './counts';
import { runTool } from './run-tool';

const RESULTS = `${ROOT}test-results/`;

/** `npm test`: lint, types, unit tests, journeys in a browser. The last line sums them up. */
export async function main(): Promise<number> {
  try {
    ensureBrowser();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  await prepare();
  const parts: Counts[] = [];
  for (const [title, check] of CHECKS) {
    process.stdout.write(`\n── ${title}\n`);
    parts.push(await check());
  }
  const { passed, failed } = sum(parts);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

const CHECKS: readonly (readonly [string, () => Promise<Counts>])[] = [
  ['Lint', () => pass('biome', ['check', '--error-on-warnings', '.'])],
  ['Types', () => pass('tsc', ['--noEmit', '-p', 'tsconfig.json'])],
  ['Unit tests', unitTests],
  ['Journeys', journeys],
];

async function pass(tool: 'biome' | 'tsc', args: readonly string[]): Promise<Counts> {
  return (await runTool(tool, args)) === 0 ? PASSED : FAILED;
}

async function unitTests(): Promise<Counts> {
  const file = `${RESULTS}unit.json`;
  const code = await runTool('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  return withExitCode(
    read(file, (report: VitestReport) => countVitest(report)),
    code,
  );
}

async function journeys(): Promise<Counts> {
  const file = `${RESULTS}journeys.json`;
  const code = await runTool('playwright', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  return withExitCode(
    read(file, (report: PlaywrightReport) => countPlaywright(report)),
    code,
  );
}

/** No report means that the tool fell over. */
function read<T>(file: string, count: (report: T) => Counts): Counts {
  return existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : FAILED;
}
