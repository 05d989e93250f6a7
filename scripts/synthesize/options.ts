import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { BackendChoice, ModelSize } from '../../src/domain/generators';
import { type DownloadFormat, GenerationOrder, SamplingMethod } from '../../src/domain/synthetic-datasets';

export const USAGE = `Usage: npm run synthesize -- TABLE.csv [options]

  --rows N                     rows to generate (as many as the table has)
  --seed N                     seed of everything random (1)
  --model-size S|M|L           (M)
  --max-epochs N               fractions allowed (100)
  --max-minutes N              fractions allowed (14400)
  --backend auto|webgpu|wasm|reference
  --threads N|auto             threads of the backend wasm (auto); the rows do not depend on it
  --holdout FILE               rows for the report only; the whole table then serves the training
  --config FILE                a config.json of an earlier run; options win over it
  --generation-order rotated|natural|random (rotated)
  --sampling balanced|independent
  --out DIR                    where the results go (out)
  --format parquet,csv         (parquet)
`;

/** Bad arguments or input: one line, exit code 2. */
export class InputError extends Error {}

/** What a person asked for; undefined = not said, so that a configuration file may say it. */
export interface JobOptions {
  readonly table: string;
  readonly holdout: string | undefined;
  readonly config: string | undefined;
  readonly out: string;
  readonly formats: readonly DownloadFormat[] | undefined;
  readonly rows: number | undefined;
  readonly seed: number | undefined;
  readonly modelSize: ModelSize | undefined;
  readonly maxEpochs: number | undefined;
  readonly maxMinutes: number | undefined;
  readonly backend: BackendChoice | undefined;
  /** null = automatic */
  readonly threads: number | null | undefined;
  readonly generationOrder: GenerationOrder | undefined;
  readonly sampling: SamplingMethod | undefined;
}

const text = { type: 'string' } as const;
const OPTIONS = {
  rows: text,
  seed: text,
  'model-size': text,
  'max-epochs': text,
  'max-minutes': text,
  backend: text,
  threads: text,
  holdout: text,
  config: text,
  'generation-order': text,
  sampling: text,
  out: text,
  format: text,
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * Reads the command line. Null = help was asked for.
 * @throws InputError naming the option, its value and what it takes
 */
export function readOptions(args: string[]): JobOptions | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [table, ...more] = positionals;
  if (table === undefined) throw new InputError('Name a table: npm run synthesize -- TABLE.csv');
  if (more.length > 0) throw new InputError(`One table at a time: “${more[0]}” is one too many.`);
  return {
    table,
    holdout: values.holdout,
    config: values.config,
    out: values.out ?? 'out',
    formats: readFormats(values.format),
    rows: readInteger('--rows', values.rows, 1, 100_000_000),
    seed: readInteger('--seed', values.seed, 0, 0xffff_ffff),
    modelSize: readChoice('--model-size', values['model-size']?.toUpperCase(), ModelSize.options),
    maxEpochs: readNumber('--max-epochs', values['max-epochs']),
    maxMinutes: readNumber('--max-minutes', values['max-minutes']),
    backend: readChoice('--backend', values.backend, BackendChoice.options),
    threads: values.threads === 'auto' ? null : readInteger('--threads', values.threads, 1, 64),
    generationOrder: readChoice('--generation-order', values['generation-order'], GenerationOrder.options),
    sampling: readChoice('--sampling', values.sampling, SamplingMethod.options),
  };
}

/** Name of a file without the folders of this machine. */
export function fileName(path: string): string {
  return basename(path);
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new InputError(firstSentence((error as Error).message));
  }
}

function firstSentence(message: string): string {
  return `${message.split(/\.\s|\n/)[0]}. See npm run synthesize -- --help`;
}

function readChoice<T extends string>(
  option: string,
  value: string | undefined,
  choices: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  const choice = choices.find((known) => known === value);
  if (choice === undefined) throw new InputError(`${option} takes ${choices.join(' or ')}, not “${value}”.`);
  return choice;
}

function readInteger(option: string, value: string | undefined, min: number, max: number) {
  if (value === undefined) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max)) {
    throw new InputError(`${option} takes a whole number from ${min} to ${max}, not “${value}”.`);
  }
  return number;
}

function readNumber(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (!(number >= 0 && Number.isFinite(number))) {
    throw new InputError(`${option} takes a number of 0 or more, not “${value}”.`);
  }
  return number;
}

const FORMATS = ['parquet', 'csv'] as const;

function readFormats(value: string | undefined): DownloadFormat[] | undefined {
  if (value === undefined) return undefined;
  const formats = value.split(',').map((part) => readChoice('--format', part.trim(), FORMATS));
  return [...new Set(formats.filter((format) => format !== undefined))];
}
