import type { NumberRule } from './number-text';
import { newSeed } from './random';
import { z } from './zod';

/**
 * A setting is a field of a zod object with a `title` in its `.meta()`: its schema holds type, bounds and default, its
 * meta the words. Forms and command lines are made from that alone; a field without a title is shown by neither.
 */
declare module 'zod' {
  // `title` names the setting, `description` says in a sentence or two what it does.
  interface GlobalMeta {
    /** Where it stands in a form. */
    group?: SettingGroup;
    /** Name on the command line; by default that of the field in kebab case. */
    option?: string;
    /** What null is called where it may be chosen, e.g. “Automatic”. */
    nullText?: string;
    /** The word for null on the command line; by default `auto`. */
    nullOption?: string;
    /** What the values of an enumeration are called. */
    labels?: Readonly<Record<string, string>>;
    /** The default is drawn at random: what the button that draws another is called. */
    redraw?: string;
    /** Name of a switch without which the setting does nothing. */
    needs?: string;
    /** One that few people need: forms fold it away. */
    expert?: boolean;
  }
}

/** Seed of everything random but protection; unsigned 32-bit. Drawn at random where none is named. */
export const RandomState = z.number().int().min(0).max(0xffff_ffff).default(newSeed);

/**
 * `main` (default): how much and how long; `compute`: on what; `outcome`: what the rows are like; `privacy`: what a
 * private training may give away.
 */
export type SettingGroup = 'main' | 'compute' | 'outcome' | 'privacy';

/** A setting in the words of its schema. */
export interface Setting
  extends Pick<z.GlobalMeta, 'description' | 'needs' | 'nullText' | 'nullOption' | 'redraw'> {
  /** Of the field. */
  readonly name: string;
  readonly title: string;
  readonly group: SettingGroup;
  readonly expert: boolean;
  /** Name on the command line, without dashes. */
  readonly option: string;
  readonly nullable: boolean;
  /** Where nothing is said; undefined if something must be. One that is drawn differs each time. */
  fallback(): unknown;
  readonly value:
    | { readonly type: 'switch' }
    | { readonly type: 'choice'; readonly choices: readonly { value: string; label: string }[] }
    | ({ readonly type: 'number' } & NumberRule);
  /** What is wrong with a value of the right type; null = nothing. */
  check(value: unknown): string | null;
}

/**
 * The settings of an object's schema, in the order of its fields.
 * @throws Error for one of a type that has no control: a mistake in the schema
 */
export function settingsOf(schema: z.ZodObject): Setting[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]): Setting[] => {
    const meta = field.meta();
    if (meta?.title === undefined) return [];
    const { core, nullable } = unwrap(field);
    return [
      {
        ...meta,
        name,
        title: meta.title,
        group: meta.group ?? 'main',
        expert: meta.expert ?? false,
        option: meta.option ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        nullable,
        fallback: () => field.safeParse(undefined).data,
        value: controlOf(name, core, nullable, meta.labels ?? {}),
        check: (value) => field.safeParse(value).error?.issues[0]?.message ?? null,
      },
    ];
  });
}

function controlOf(
  name: string,
  core: z.ZodType,
  optional: boolean,
  labels: Readonly<Record<string, string>>,
): Setting['value'] {
  if (core instanceof z.ZodBoolean) return { type: 'switch' };
  if (core instanceof z.ZodEnum) {
    const choices = core.options.map(String).map((value) => ({ value, label: labels[value] ?? value }));
    return { type: 'choice', choices };
  }
  if (core instanceof z.ZodNumber) {
    const { minValue, maxValue, isInt } = core;
    // An integer without a bound is one that a double holds exactly.
    const bound = (value: number | null, none: number) =>
      value === null || (isInt && Math.abs(value) === Number.MAX_SAFE_INTEGER) ? none : value;
    return {
      type: 'number',
      min: bound(minValue, -Infinity),
      max: bound(maxValue, Infinity),
      ...(excludes(core, 'greater_than', minValue) && { isAbove: true }),
      ...(excludes(core, 'less_than', maxValue) && { isBelow: true }),
      integer: isInt,
      optional,
    };
  }
  throw new Error(`The setting “${name}” is neither a number nor an enumeration nor a switch.`);
}

/** Whether a number's bound itself is out of range: `gt` and `lt`. */
function excludes(schema: z.ZodNumber, check: string, bound: number | null): boolean {
  return (schema._zod.def.checks ?? []).some((part) => {
    const def = part._zod.def as { check: string; value?: unknown; inclusive?: boolean };
    return def.check === check && def.value === bound && def.inclusive === false;
  });
}

/** The schema below default and null. */
function unwrap(schema: z.ZodType): { core: z.ZodType; nullable: boolean } {
  let core = schema;
  let nullable = false;
  while (core instanceof z.ZodDefault || core instanceof z.ZodNullable) {
    nullable ||= core instanceof z.ZodNullable;
    core = core.unwrap() as z.ZodType;
  }
  return { core, nullable };
}
