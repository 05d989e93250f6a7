import { EvaluationConfig } from '../../src/domain/evaluations';
import type { RecipeChecks } from '../../src/domain/recipe-checks';
import { settingsOf } from '../../src/domain/setting';
import type { CsvDialect } from '../../src/domain/sources';
import { CHECKS, onlyOne, parseCommand, readChoice } from '../synthesize/options';
import { InputError, readSettings, usageLine } from '../synthesize/setting-options';

/** What a person asked for. */
export interface EvaluateOptions {
  readonly train: string;
  /** One at least. */
  readonly synthetic: readonly string[];
  readonly holdout: string | undefined;
  readonly out: string;
  /** As `npm run synthesize` takes it. */
  readonly subject: string | undefined;
  /** Columns to predict, as the command line has them; see `readTargets`. */
  readonly target: string | undefined;
  readonly settings: Partial<
    Omit<
      EvaluationConfig,
      'trainingSourceId' | 'holdoutSourceId' | 'synthetic' | 'subjectColumns' | 'targets'
    >
  >;
  /** What every report must reach. */
  readonly checks: Partial<RecipeChecks>;
  /** How the files are read; what is not said is detected. */
  readonly dialect: Partial<Pick<CsvDialect, 'header' | 'table' | 'entry'>>;
}

const SETTINGS = settingsOf(EvaluationConfig);

export const USAGE = `Usage: npm run evaluate -- --train FILE --synthetic FILE [FILE …] [options]
       FILE is CSV, Excel, Parquet, JSON, JSON Lines, SQLite, DuckDB or Arrow, plain or in .gz, .zst, .zip

  --train FILE                 rows that the generator learned from
  --synthetic FILE [FILE …]    rows that it made, here or elsewhere; several files are compared with each other
  --holdout FILE               rows of the same kind that it never saw: without them nothing tells copies
  --out DIR                    where the results go (out)
  --header yes|no              whether the first row of the files holds names (detected)
  --table NAME                 sheet of a workbook, table of a database (the first with rows)
  --entry PATH                 file of a .zip archive (the largest table)
  --subject COLUMN[,COLUMN]    what rows of the same person share; none = one row per person; auto = as found (auto);
                               names with commas, and a column called so, as a JSON list: '["none"]'
  --target COLUMN[,COLUMN]     what the usefulness of the rows is told by: predicted from all others (proposed)
${SETTINGS.map((setting) => usageLine(setting)).join('')}
Checks of every report; one that is missed: a warning and exit code 3, with all files written
${CHECKS.map((setting) => usageLine(setting)).join('')}`;

const TEXT = { type: 'string' } as const;
const MANY = { type: 'string', multiple: true } as const;
const OPTIONS = {
  ...{ train: MANY, synthetic: MANY, holdout: MANY, subject: MANY, target: MANY },
  ...{ out: TEXT, header: TEXT, table: TEXT, entry: TEXT },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the command line; null = help was asked for. @throws InputError naming the option, its value and what it takes */
export function readOptions(args: string[]): EvaluateOptions | null {
  const settings = [...SETTINGS, ...CHECKS].map(({ option }) => option);
  const { values, texts, positionals } = parseCommand(args, settings, OPTIONS, 'evaluate');
  if (values.help) return null;
  const train = onlyOne('--train', values.train);
  if (train === undefined)
    throw new InputError('Name the rows that the generator learned from: --train FILE');
  const synthetic = [...(values.synthetic ?? []), ...positionals];
  if (synthetic.length === 0)
    throw new InputError('Name one file of synthetic rows at least: --synthetic FILE');
  if (values.synthetic === undefined)
    throw new InputError(`What is “${positionals[0]}”? Files of synthetic rows come after --synthetic.`);
  return {
    train,
    synthetic,
    holdout: onlyOne('--holdout', values.holdout),
    out: values.out ?? 'out',
    subject: onlyOne('--subject', values.subject),
    target: onlyOne('--target', values.target),
    settings: readSettings(SETTINGS, texts),
    checks: readSettings(CHECKS, texts),
    dialect: {
      ...(values.header !== undefined && {
        header: readChoice('--header', values.header, ['yes', 'no']) === 'yes',
      }),
      ...(values.table !== undefined && { table: values.table }),
      ...(values.entry !== undefined && { entry: values.entry }),
    },
  };
}
