import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { GeneratorConfig } from '../../src/domain/generators';
import {
  familyOf,
  MODEL_FAMILIES,
  type ModelConfiguration,
  type ModelId,
} from '../../src/domain/model-configuration';
import {
  isAlwaysPrivate,
  PRIVATE_FAMILIES,
  plainSchemaOf,
  privacySchemaOf,
  privacyTraitsOf,
} from '../../src/domain/private-training';
import { type Setting, settingsOf } from '../../src/domain/setting';
import type { CsvDialect } from '../../src/domain/sources';
import { type DownloadFormat, SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { InputError, readOption, usageLine } from './setting-options';

/** What a person asked for. What was not said is absent or undefined, so that a configuration file may say it. */
export interface JobOptions {
  readonly table: string;
  readonly holdout: string | undefined;
  readonly config: string | undefined;
  /** A file with the protection key. */
  readonly protectionKeyFile: string | undefined;
  readonly out: string;
  readonly formats: readonly DownloadFormat[] | undefined;
  readonly model: ModelId | undefined;
  readonly seed: Partial<Pick<GeneratorConfig, 'randomState'>>;
  readonly generation: Partial<SyntheticTableConfiguration>;
  /** Text by option: which model reads it, the configuration file may say. See `trainingSettings`. */
  readonly training: Readonly<Record<string, string>>;
  /** Whether to train with differential privacy. */
  readonly isPrivate: boolean | undefined;
  /** As `training`, of settings of private trainings. See `privacySettings`. */
  readonly privacy: Readonly<Record<string, string>>;
  /** Neither look for rules nor keep those of the configuration file. */
  readonly noRules: boolean | undefined;
  /** A file of rules to add. */
  readonly rules: string | undefined;
  /** By which columns rows are one person's; which names they are, the table says. See `readSubject`. */
  readonly subject: string | undefined;
  /** Whether the first rows of the files hold names; empty = it is detected. */
  readonly header: Partial<Pick<CsvDialect, 'header'>>;
}

const MODELS = MODEL_FAMILIES.map(({ id }) => id);
const FORMATS = ['parquet', 'csv'] as const;
const SEED = settingsOf(GeneratorConfig);
const GENERATION = settingsOf(SyntheticTableConfiguration);
/** By option, of every family that has it. */
const TRAINING = settingsByOption(({ plain }) => plain);
/** The same of private trainings. */
const PRIVACY = settingsByOption(({ privacy }) => privacy);
const PRIVATE_MODELS = PRIVATE_FAMILIES.map(({ id }) => id);
/** Models that are private whatever is said. */
const ALWAYS = PRIVATE_FAMILIES.filter(isAlwaysPrivate).map(({ id }) => id);
/** Whether a training is private. */
const SWITCH = 'differential-privacy';

function settingsByOption(
  settingsIn: (of: { plain: readonly Setting[]; privacy: readonly Setting[] }) => readonly Setting[],
): ReadonlyMap<string, ReadonlyMap<ModelId, Setting>> {
  const byOption = new Map<string, Map<ModelId, Setting>>();
  for (const family of MODEL_FAMILIES) {
    const schema = privacySchemaOf(family);
    const own = { plain: settingsOf(plainSchemaOf(family)), privacy: schema ? settingsOf(schema) : [] };
    for (const setting of settingsIn(own)) {
      byOption.set(setting.option, (byOption.get(setting.option) ?? new Map()).set(family.id, setting));
    }
  }
  return byOption;
}

/** A line for each option, or one for each model where they take different words for it. */
function usageOf(options: typeof TRAINING, models: readonly ModelId[]): string {
  return [...options.values()]
    .flatMap((settings) => {
      const lines = new Map<string, ModelId[]>();
      for (const [id, setting] of settings) {
        const line = usageLine(setting).trimEnd();
        lines.set(line, [...(lines.get(line) ?? []), id]);
      }
      return [...lines].map(
        ([line, ids]) => `${line}${ids.length < models.length ? `; only ${ids.join(', ')}` : ''}\n`,
      );
    })
    .join('');
}

export const USAGE = `Usage: npm run synthesize -- TABLE.csv [options]

  --out DIR                    where the results go (out)
  --format parquet,csv         (parquet)
  --holdout FILE               rows for the report only; the whole table then serves the training
  --header yes|no              whether the first row holds names (detected)
  --config FILE                a config.json of an earlier run; options win over it
  --rules FILE                 rules to keep beside those found: a JSON list (docs/rules.md)
  --subject COLUMN[,COLUMN]    what rows of the same person share; none = one row per person; auto = as found (auto)
  --protection-key-file FILE   secret that protection is drawn from, to get the same rows again (random)
  --no-rules                   look for no rules; those of --rules alone are kept
${SEED.map((setting) => usageLine(setting)).join('')}
Training
  --model ${MODELS.join('|').padEnd(20)} Model (${MODELS[0]})
${usageOf(TRAINING, MODELS)}
Differential privacy (docs/differential-privacy.md); each of these options switches it on
  --${SWITCH} on|off  A guarantee for every subject (off; ${ALWAYS.join(', ')}: on)
${usageOf(PRIVACY, PRIVATE_MODELS)}
Rows
${GENERATION.map((setting) => usageLine(setting)).join('')}`;

const TEXT = { type: 'string' } as const;
const OPTIONS = {
  model: TEXT,
  holdout: TEXT,
  config: TEXT,
  out: TEXT,
  format: TEXT,
  rules: TEXT,
  subject: TEXT,
  'protection-key-file': TEXT,
  header: TEXT,
  [SWITCH]: TEXT,
  'no-rules': { type: 'boolean' },
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
  if (more.length > 0) throw new InputError(`One table at a time: “${more[0]}” is one too many.`);
  const model = values.model === undefined ? undefined : readChoice('--model', values.model, MODELS);
  return {
    table,
    holdout: values.holdout,
    config: values.config,
    protectionKeyFile: values['protection-key-file'],
    out: values.out ?? 'out',
    formats: readFormats(values.format),
    model,
    seed: readSettings(SEED, texts),
    generation: readSettings(GENERATION, texts),
    noRules: values['no-rules'],
    rules: values.rules,
    subject: values.subject,
    header:
      values.header === undefined
        ? {}
        : { header: readChoice('--header', values.header, ['yes', 'no']) === 'yes' },
    isPrivate:
      values[SWITCH] === undefined
        ? undefined
        : readChoice(`--${SWITCH}`, values[SWITCH], ['on', 'off']) === 'on',
    training: given(TRAINING, texts),
    privacy: given(PRIVACY, texts),
  };
}

/**
 * The settings of a model that were given as options, by name.
 * @throws InputError if the model does not have one, or not such a value
 */
export function trainingSettings(
  { training }: Pick<JobOptions, 'training'>,
  model: ModelId,
): Record<string, unknown> {
  for (const option of Object.keys(training)) {
    if (TRAINING.get(option)!.has(model)) continue;
    throw new InputError(`--${option} is not an option of the model ${model}.`);
  }
  return readSettings(settingsOf(plainSchemaOf(familyOf(model))), training);
}

/**
 * The settings of a private training that were given as options, by name; one of them is enough to make it private.
 * @returns undefined: nothing was said; null: it is not to be private
 * @throws InputError if they contradict each other, or the model cannot be private or has no such setting or value
 */
export function privacySettings(
  { privacy, isPrivate }: Pick<JobOptions, 'privacy' | 'isPrivate'>,
  model: ModelId,
): Record<string, unknown> | null | undefined {
  const options = Object.keys(privacy);
  const [option] = options;
  if (isPrivate === false) {
    if (ALWAYS.includes(model)) {
      const others = MODELS.filter((id) => !ALWAYS.includes(id)).join(' or ');
      throw new InputError(
        `--${SWITCH} off: the model ${model} is always private. Choose --model ${others}.`,
      );
    }
    if (option === undefined) return null;
    throw new InputError(
      `--${option} is of private trainings alone, and --${SWITCH} is off. Leave out one of the two.`,
    );
  }
  if (isPrivate === undefined && option === undefined) return undefined;
  const schema = privacySchemaOf(familyOf(model));
  if (!schema) {
    throw new InputError(
      `The model ${model} cannot be trained with differential privacy. Choose --model ${PRIVATE_MODELS.join(' or ')}.`,
    );
  }
  const stray = options.find((known) => !PRIVACY.get(known)!.has(model));
  if (stray !== undefined) throw new InputError(`--${stray} is not an option of the model ${model}.`);
  return readSettings(settingsOf(schema), privacy);
}

/** What to tell a person of options that do nothing in a private training. */
export function idleOptions(
  { training }: Pick<JobOptions, 'training'>,
  configuration: ModelConfiguration,
): string[] {
  const words = privacyTraitsOf(configuration)?.settings ?? {};
  return Object.keys(training).flatMap((option) => {
    const setting = TRAINING.get(option)?.get(configuration.model);
    const word = setting && words[setting.name];
    return word?.isIdle ? [`--${option} does nothing in this private training. ${word.help}`] : [];
  });
}

function given(options: typeof TRAINING, texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([option]) => options.has(option)));
}

/** Name of a file without the folders of this machine. */
export function fileName(path: string): string {
  return basename(path);
}

function parse(args: string[]) {
  const settings = [...SEED, ...GENERATION].map(({ option }) => option);
  const texts = Object.fromEntries(
    [...settings, ...TRAINING.keys(), ...PRIVACY.keys()].map((option) => [option, TEXT]),
  );
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...texts, ...OPTIONS },
      allowPositionals: true,
    });
    return { values, texts: values as Readonly<Record<string, string>>, positionals };
  } catch (error) {
    throw new InputError(firstSentence((error as Error).message));
  }
}

function firstSentence(message: string): string {
  return `${message.split(/\.\s|\n/)[0]}. See npm run synthesize -- --help`;
}

/** Those that were said, by name. */
function readSettings(settings: readonly Setting[], texts: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    settings.flatMap((setting) => {
      const text = texts[setting.option];
      return text === undefined ? [] : [[setting.name, readOption(setting, text)]];
    }),
  );
}

function readChoice<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((known) => known === value);
  if (choice === undefined) throw new InputError(`${option} takes ${choices.join(' or ')}, not “${value}”.`);
  return choice;
}

function readFormats(value: string | undefined): DownloadFormat[] | undefined {
  if (value === undefined) return undefined;
  return [...new Set(value.split(',').map((part) => readChoice('--format', part.trim(), FORMATS)))];
}
