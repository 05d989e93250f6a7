import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { optionOf, print } from '../terminal';
import { measureCores } from './cores';
import { measureLimits } from './limits';
import type { Line, Report, TableOptions } from './line';
import { describeMachine } from './machine';
import { cellsOf, markdownSection, replaceSection } from './markdown';
import { measureReference } from './reference';
import { measureReport } from './report';
import { measureTfjsWasm } from './tfjs';
import { measureTorch } from './torch';
import { measureWebGpu } from './webgpu';
import { measureWholeTraining } from './whole-training';

const RESULTS = fileURLToPath(new URL('../RESULTS.md', import.meta.url));
/** Of the cells on the screen; the written table is aligned. */
const WIDTHS = [50, 40, 8, 6, 18, 18, 0] as const;

const PARTS: Readonly<Record<string, (report: Report, options: TableOptions) => Promise<void>>> = {
  reference: measureReference,
  tfjs: measureTfjsWasm,
  limits: measureLimits,
  cores: measureCores,
  webgpu: measureWebGpu,
  torch: measureTorch,
  engine: measureWholeTraining,
  report: measureReport,
};

/**
 * The one table: every line a ratio against a named peer or limit, sandwiched between calibrations in the same run.
 * `--only reference,tfjs,…` some parts of it; `--rounds 7` sandwiches per line; `--engine-runs 3` trainings of the
 * packaged engine; `--write` puts the table into RESULTS.md.
 */
export async function runTable(args: readonly string[]): Promise<void> {
  const options = {
    rounds: Number(optionOf(args, 'rounds') ?? 7),
    engineRuns: Number(optionOf(args, 'engine-runs') ?? 3),
  };
  const only = optionOf(args, 'only')?.split(',') ?? Object.keys(PARTS);
  const unknown = only.find((name) => !(name in PARTS));
  if (unknown !== undefined)
    throw new Error(`--only: “${unknown}” is none of ${Object.keys(PARTS).join(', ')}.`);
  const machine = describeMachine();
  print(
    `${machine}\nratio: our speed over theirs, median of the kept sandwiches; one thread unless a line says otherwise\n`,
  );
  print(screenLine(['what', 'against', 'ratio', 'kept', 'ours', 'theirs', 'asked for']));
  const lines: Line[] = [];
  const notes: string[] = [];
  const report: Report = {
    line: (line) => {
      lines.push(line);
      print(screenLine(cellsOf(line)));
    },
    note: (sentence) => void notes.push(sentence),
  };
  for (const name of only) {
    try {
      await PARTS[name]!(report, options);
    } catch (error) {
      // A peer that breaks must not cost the lines of the others.
      report.note(`“${name}” ended early: ${error instanceof Error ? error.message.trim() : error}`);
      process.exitCode = 1;
    }
  }
  print(`\n${notes.join('\n')}`);
  if (args.includes('--write')) {
    const section = markdownSection(machine, lines, notes);
    writeFileSync(RESULTS, replaceSection(readFileSync(RESULTS, 'utf8'), section));
    print(`\nWritten to ${RESULTS}.`);
  }
}

function screenLine(cells: readonly string[]): string {
  return cells
    .map((cell, k) => (k < 2 ? cell.padEnd(WIDTHS[k]!) : cell.padStart(WIDTHS[k]!)))
    .join('  ')
    .trimEnd();
}
