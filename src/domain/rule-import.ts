import { UserError } from './errors';
import { Rule } from './rules';
import { parseConfig, z } from './zod';

const Column = z.string().min(1);
const Columns = z.array(Column).min(2);

/** The constraints of the MOSTLY AI SDK: a type and its configuration. */
const SdkConstraint = z.discriminatedUnion('type', [
  z.object({ type: z.literal('FixedCombinations'), config: z.object({ columns: Columns }) }),
  z.object({
    type: z.literal('Inequality'),
    config: z.object({ lowColumn: Column, highColumn: Column, strictBoundaries: z.boolean().default(false) }),
  }),
]);

const strict = (fallback: boolean) => z.boolean().default(fallback);
const parametersOf = <Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.object({ constraint_class: z.literal(name), constraint_parameters: z.object(shape) });

/** Constraints of a single table as SDV writes them and SDMetrics reads them. */
const SdvConstraint = z.discriminatedUnion('constraint_class', [
  parametersOf('FixedCombinations', { column_names: Columns }),
  parametersOf('OneHotEncoding', { column_names: Columns }),
  parametersOf('Inequality', {
    low_column_name: Column,
    high_column_name: Column,
    strict_boundaries: strict(false),
  }),
  parametersOf('Range', {
    low_column_name: Column,
    middle_column_name: Column,
    high_column_name: Column,
    strict_boundaries: strict(true),
  }),
  parametersOf('Positive', { column_name: Column, strict_boundaries: strict(false) }),
  parametersOf('Negative', { column_name: Column, strict_boundaries: strict(false) }),
  parametersOf('ScalarInequality', {
    column_name: Column,
    relation: z.enum(['>', '>=', '<', '<=']),
    value: z.union([z.number(), z.string()]),
  }),
  parametersOf('ScalarRange', {
    column_name: Column,
    low_value: z.union([z.number(), z.string()]),
    high_value: z.union([z.number(), z.string()]),
    strict_boundaries: strict(true),
  }),
  parametersOf('FixedIncrements', { column_name: Column, increment_value: z.number().positive() }),
]);

/**
 * Rules from the JSON of a file: a list of rules, of constraints of the MOSTLY AI SDK (`type`, `config`) and of those of
 * SDV (`constraint_class`, `constraint_parameters`), mixed as may be (docs/rules.md).
 * @throws UserError `config/invalid` that says which entry is wrong and how
 */
export function readRules(json: unknown): Rule[] {
  if (!Array.isArray(json)) throw new UserError('config/invalid', 'The rules must be a list: [ … ].');
  return json.flatMap((entry: unknown, index) => readRule(entry, `rule ${index + 1}`));
}

function readRule(entry: unknown, what: string): Rule[] {
  if (isObject(entry) && 'type' in entry) {
    return [fromSdk(parseConfig(SdkConstraint, entry, what))];
  }
  if (isObject(entry) && 'constraint_class' in entry) {
    if (entry['constraint_class'] === 'Unique') {
      throw new UserError(
        'config/invalid',
        `The ${what} is “Unique”, which is no rule here: name the column as the primary key, and it is numbered anew.`,
      );
    }
    return fromSdv(parseConfig(SdvConstraint, entry, what));
  }
  return [parseConfig(Rule, entry, what)];
}

function fromSdk(constraint: z.infer<typeof SdkConstraint>): Rule {
  if (constraint.type === 'FixedCombinations') {
    return { kind: 'fixed-combinations', columns: constraint.config.columns };
  }
  const { lowColumn, highColumn, strictBoundaries } = constraint.config;
  return { kind: 'inequality', low: lowColumn, high: highColumn, strict: strictBoundaries };
}

function fromSdv(constraint: z.infer<typeof SdvConstraint>): Rule[] {
  const range = (column: string, min: number | null, max: number | null, isStrict: boolean): Rule[] => [
    Rule.parse({ kind: 'range', column, min, max, strict: isStrict }),
  ];
  switch (constraint.constraint_class) {
    case 'FixedCombinations':
      return [{ kind: 'fixed-combinations', columns: constraint.constraint_parameters.column_names }];
    case 'OneHotEncoding':
      return [{ kind: 'one-hot', columns: constraint.constraint_parameters.column_names }];
    case 'Inequality': {
      const { low_column_name: low, high_column_name: high, ...rest } = constraint.constraint_parameters;
      return [{ kind: 'inequality', low, high, strict: rest.strict_boundaries }];
    }
    case 'Range': {
      const parameters = constraint.constraint_parameters;
      const { low_column_name: low, middle_column_name: middle, high_column_name: high } = parameters;
      return [
        { kind: 'inequality', low, high: middle, strict: parameters.strict_boundaries },
        { kind: 'inequality', low: middle, high, strict: parameters.strict_boundaries },
      ];
    }
    case 'Positive': {
      const { column_name: column, strict_boundaries: isStrict } = constraint.constraint_parameters;
      return range(column, 0, null, isStrict);
    }
    case 'Negative': {
      const { column_name: column, strict_boundaries: isStrict } = constraint.constraint_parameters;
      return range(column, null, 0, isStrict);
    }
    case 'ScalarInequality': {
      const { column_name: column, relation, value } = constraint.constraint_parameters;
      const bound = boundOf(value);
      const isStrict = relation === '>' || relation === '<';
      return relation.startsWith('>')
        ? range(column, bound, null, isStrict)
        : range(column, null, bound, isStrict);
    }
    case 'ScalarRange': {
      const { column_name, low_value, high_value, strict_boundaries } = constraint.constraint_parameters;
      return range(column_name, boundOf(low_value), boundOf(high_value), strict_boundaries);
    }
    case 'FixedIncrements': {
      const { column_name: column, increment_value: increment } = constraint.constraint_parameters;
      return [{ kind: 'increments', column, increment }];
    }
  }
}

/** A number, or the text of a date as epoch milliseconds UTC. @throws UserError `config/invalid` */
function boundOf(value: number | string): number {
  const bound = typeof value === 'number' ? value : readInstant(value);
  if (bound !== null) return bound;
  throw new UserError('config/invalid', `“${value}” is neither a number nor a date such as 2020-12-31.`);
}

/** Epoch milliseconds UTC of "2020-12-31" or "2020-12-31 23:59"; null if it is no date. */
export function readInstant(text: string): number | null {
  const trimmed = text.trim();
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?)?$/.test(trimmed)) return null;
  const instant = Date.parse(trimmed.length === 10 ? trimmed : `${trimmed.replace(' ', 'T')}Z`);
  return Number.isNaN(instant) ? null : instant;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
