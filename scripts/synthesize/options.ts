import { basename } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { DOWNLOAD_FORMAT_IDS } from '../../src/domain/download-formats';
import { GeneratorConfig } from '../../src/domain/generators';
import type { ModelId } from '../../src/domain/model-configuration';
import { RecipeChecks } from '../../src/domain/recipe-checks';
import { settingsOf } from '../../src/domain/setting';
import type { CsvDialect } from '../../src/domain/sources';
import { type DownloadFormat, SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import {
  ALWAYS_PRIVATE,
  given,
  MODELS,
  type ModelOptions,
  PRIVACY,
  PRIVACY_SWITCH,
  PRIVATE_MODELS,
  TRAINING,
  usageOf,
} from './model-options';
import { InputError, readSettings, usageLine } from './setting-options';

/** What a person asked for. What was not said is absent or undefined, so that a configuration file may say it. */
export interface JobOptions extends ModelOptions {
  readonly table: string;
  /** More files or folders that are one table with it; undefined = it is one alone. */
  readonly others: readonly string[] | undefined;
  /** Several files, the files of a folder or those of an archive are one table. */
  readonly union: true | undefined;
  readonly holdout: string | undefined;
  readonly config: string | undefined;
  /** A file with a recipe. */
  readonly recipe: string | undefined;
  /** A file with the protection key. */
  readonly protectionKeyFile: string | undefined;
  readonly out: string;
  readonly formats: readonly DownloadFormat[] | undefined;
  /** How CSV is written; undefined = as the table's file is. */
  readonly csvForm: 'original' | 'standard' | undefined;
  /** Rows in the order of the column that the table is sorted by. */
  readonly sorted: boolean;
  readonly model: ModelId | undefined;
  readonly seed: Partial<Pick<GeneratorConfig, 'randomState'>>;
  readonly generation: Partial<SyntheticTableConfiguration>;
  /** What the report must reach, over what a recipe asks for. */
  readonly checks: Partial<RecipeChecks>;
  /** Neither look for rules nor keep those of the configuration file. */
  readonly noRules: boolean | undefined;
  /** A file of rules to add. */
  readonly rules: string | undefined;
  /** By which columns rows are one person's; which names they are, the table says. See `readSubject`. */
  readonly subject: string | undefined;
  /** Columns that the report predicts; see `readTargets`. */
  readonly target: string | undefined;
  /** Whether the first rows of the files hold names; empty = it is detected. */
  readonly header: Partial<Pick<CsvDialect, 'header'>>;
  /** Which table of a workbook or database, which file of an archive; empty = the first, the largest. */
  readonly choice: Partial<Pick<CsvDialect, 'table' | 'entry'>>;
}

const SEED = settingsOf(GeneratorConfig);
const GENERATION = settingsOf(SyntheticTableConfiguration);
/** What a report must reach, for every command. */
export const CHECKS = settingsOf(RecipeChecks);
export const USAGE = `Usage: npm run synthesize -- TABLE.csv [options]
       npm run synthesize -- FILE.csv FILE.csv … --union [options]
       TABLE is CSV, Excel, Parquet, JSON, JSON Lines, SQLite, DuckDB or Arrow, plain or in .gz, .zst, .zip

  --out DIR                    where the results go (out)
  --format FORMAT[,FORMAT]     ${DOWNLOAD_FORMAT_IDS.join(', ')} (parquet)
  --csv original|standard      delimiter, encoding, spellings and formats of the table's file, or RFC 4180 in UTF-8 (original)
  --sort on|off                rows in the order of the column that the table is sorted by (off)
  --holdout FILE               rows for the report only; the whole table then serves the training
  --header yes|no              whether the first row holds names (detected)
  --table NAME                 sheet of a workbook, table of a database (the first with rows)
  --entry PATH                 file of a .zip archive (the largest table)
  --union                      several files, those of a folder or those of a .zip archive as one table: columns are
                               matched by name, files come in the order of their names
  --config FILE                a config.json of an earlier run; options win over it
  --recipe FILE                a recipe as it was exported; options win over it. A check that is missed: exit code 3
  --rules FILE                 rules to keep beside those found: a JSON list (docs/rules.md)
  --subject COLUMN[,COLUMN]    what rows of the same person share; none = one row per person; auto = as found (auto);
                               names with commas, and a column called so, as a JSON list: '["none"]'
  --target COLUMN[,COLUMN]     what the usefulness of the rows is told by: predicted from all others (proposed)
  --protection-key-file FILE   secret that protection is drawn from, to get the same rows again (random)
  --no-rules                   look for no rules; those of --rules alone are kept
${SEED.map((setting) => usageLine(setting)).join('')}
Training
  --model ${MODELS.join('|').padEnd(20)} Model (${MODELS[0]})
${usageOf(TRAINING, MODELS)}
Differential privacy (docs/differential-privacy.md); each of these options switches it on
  --${PRIVACY_SWITCH} on|off  A guarantee for every subject (off; ${ALWAYS_PRIVATE.join(', ')}: on)
${usageOf(PRIVACY, PRIVATE_MODELS)}
Rows
${GENERATION.map((setting) => usageLine(setting)).join('')}
Checks of the report; one that is missed: a warning and exit code 3, with all files written
${CHECKS.map((setting) => usageLine(setting)).join('')}`;

const TEXT = { type: 'string' } as const;
const OPTIONS = {
  model: TEXT,
  holdout: TEXT,
  config: TEXT,
  recipe: TEXT,
  out: TEXT,
  format: { type: 'string', multiple: true },
  csv: TEXT,
  sort: TEXT,
  rules: TEXT,
  subject: { type: 'string', multiple: true },
  target: { type: 'string', multiple: true },
  'protection-key-file': TEXT,
  header: TEXT,
  table: TEXT,
  entry: TEXT,
  [PRIVACY_SWITCH]: TEXT,
  'no-rules': { type: 'boolean' },
  union: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * Reads the command line. Null = help was asked for. The options of the training are left to `trainingSettings`.
 * @throws InputError naming the option, its value and what it takes
 */
export function readOptions(args: string[]): JobOptions | null {
  const { values, texts, positionals } = parse(args);
  if (values.help) return null;
  const [table, ...more] = positionals;
  if (table === undefined) throw new InputError('Name a table: npm run synthesize -- TABLE.csv');
  if (more.length > 0 && !values.union)
    throw new InputError(
      `One table at a time: “${more[0]}” is one too many. With --union, several files are read as one table.`,
    );
  if (values.union && values.entry !== undefined)
    throw new InputError(
      '--union reads all files of an archive, and --entry one of them. Name one of the two.',
    );
  if (values.recipe !== undefined && values.config !== undefined)
    throw new InputError('--recipe and --config both say how to synthesize. Name one of them.');
  const model = values.model === undefined ? undefined : readChoice('--model', values.model, MODELS);
  return {
    table,
    others: more.length > 0 ? more : undefined,
    union: values.union ? true : undefined,
    holdout: values.holdout,
    config: values.config,
    recipe: values.recipe,
    protectionKeyFile: values['protection-key-file'],
    out: values.out ?? 'out',
    formats: readFormats(values.format),
    csvForm:
      values.csv === undefined
        ? undefined
        : readChoice('--csv', values.csv, ['original', 'standard'] as const),
    sorted: values.sort !== undefined && readChoice('--sort', values.sort, ['on', 'off']) === 'on',
    model,
    seed: readSettings(SEED, texts),
    generation: readSettings(GENERATION, texts),
    checks: readSettings(CHECKS, texts),
    noRules: values['no-rules'],
    rules: values.rules,
    subject: onlyOne('--subject', values.subject),
    target: onlyOne('--target', values.target),
    header:
      values.header === undefined
        ? {}
        : { header: readChoice('--header', values.header, ['yes', 'no']) === 'yes' },
    choice: {
      ...(values.table !== undefined && { table: values.table }),
      ...(values.entry !== undefined && { entry: values.entry }),
    },
    isPrivate:
      values[PRIVACY_SWITCH] === undefined
        ? undefined
        : readChoice(`--${PRIVACY_SWITCH}`, values[PRIVACY_SWITCH], ['on', 'off']) === 'on',
    training: given(TRAINING, texts),
    privacy: given(PRIVACY, texts),
  };
}

/** Name of a file without the folders of this machine. */
export function fileName(path: string): string {
  return basename(path);
}

function parse(args: string[]) {
  const settings = [...SEED, ...GENERATION, ...CHECKS].map(({ option }) => option);
  return parseCommand(args, [...settings, ...TRAINING.keys(), ...PRIVACY.keys()], OPTIONS, 'synthesize');
}

/**
 * Reads arguments.
 * @param settings options of one text each, besides `options`
 * @param command what says how they are given
 * @throws InputError on one line
 */
export function parseCommand<O extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  settings: readonly string[],
  options: O,
  command: string,
) {
  const texts = Object.fromEntries(settings.map((option) => [option, TEXT]));
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...texts, ...options },
      allowPositionals: true,
    });
    return { values, texts: values as Readonly<Record<string, string>>, positionals };
  } catch (error) {
    throw new InputError(`${(error as Error).message.split(/\.\s|\n/)[0]}. See npm run ${command} -- --help`);
  }
}

/** One of some words. @throws InputError naming them */
export function readChoice<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((known) => known === value);
  if (choice === undefined) throw new InputError(`${option} takes ${choices.join(' or ')}, not “${value}”.`);
  return choice;
}

/** @throws InputError where one would silently replace another */
export function onlyOne(option: string, values: readonly string[] = []): string | undefined {
  if (values.length > 1) {
    throw new InputError(`${option} was given ${values.length} times. Name all columns in one, with commas.`);
  }
  return values[0];
}

function readFormats(value: readonly string[] | undefined): DownloadFormat[] | undefined {
  if (value === undefined) return undefined;
  return [
    ...new Set(
      value
        .flatMap((part) => part.split(','))
        .map((part) => readChoice('--format', part.trim(), DOWNLOAD_FORMAT_IDS)),
    ),
  ];
}
