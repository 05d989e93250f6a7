import { FakeKind, FakeLocale } from '../../../src/domain/writing';
import { z } from '../../../src/domain/zod';
import { isHeld } from '../encoding/rare-texts';
import { Sieve } from './sieve';

/** One position of a key, or words that stand there. */
export const KeyPart = z.union([
  /** Each of these characters alike. */
  z.object({ chars: z.string().min(1) }),
  z
    .object({ words: z.array(z.string()).min(1), counts: z.array(z.number().positive()) })
    .refine(({ words, counts }) => words.length === counts.length, { error: 'not one count a word' }),
]);
export type KeyPart = z.infer<typeof KeyPart>;

/** Texts of one form: any of the first `limit` in a secret order is no value of the data. */
export const KeyForm = z.object({
  /** Part of the rows. */
  share: z.number().min(0).max(1),
  parts: z.array(KeyPart).min(1).max(200),
  /** Of the order. */
  key: z.number().int().nonnegative(),
  limit: z.number().int().nonnegative(),
  /** Rows beyond get `from` or more characters more at index `at` of the parts: longer than any value of the data. */
  grow: z.object({
    at: z.number().int().nonnegative(),
    chars: z.string().min(2),
    from: z.number().int().min(1).max(1000),
  }),
});
export type KeyForm = z.infer<typeof KeyForm>;

const Empty = { /** Part of the rows without a value. */ empty: z.number().min(0).max(1).optional() };

/** What writes a column that is not learned. Plain JSON; holds no value of the data (docs/encodings.md). */
export const Writer = z.discriminatedUnion('as', [
  z.object({ as: z.literal('forms'), ...Empty, forms: z.array(KeyForm).min(1) }),
  /** start + k · gap for row k; a text with digits up to `width` between prefix and suffix. */
  z.object({
    as: z.literal('numbers'),
    ...Empty,
    start: z.number(),
    gap: z.number().positive(),
    /** Anywhere up to the next one, not at the start of its stretch. */
    isScattered: z.boolean(),
    /** Rows within which the order is random; 0 = ascending. */
    shuffled: z.number().int().nonnegative(),
    text: z
      .object({ prefix: z.string(), suffix: z.string(), width: z.number().int().nonnegative().max(400) })
      .optional(),
  }),
  z.object({ as: z.literal('uuid'), ...Empty }),
  /** As in `RareTexts` (workers/engine/encoding). */
  z
    .object({
      as: z.literal('pool'),
      ...Empty,
      values: z.array(z.string()).min(1),
      holders: z
        .array(z.number().int().nonnegative())
        .min(1)
        .refine(isHeld, { error: 'no value is held, or too many are' }),
      rows: z.number().int().positive(),
      stretches: z.number().int().positive().optional(),
    })
    .refine(({ values, stretches = 1 }) => values.length % stretches === 0, {
      error: 'not as many values a stretch',
    }),
  z.object({
    as: z.literal('fake'),
    ...Empty,
    kind: FakeKind,
    locale: FakeLocale,
    /** Absent = nothing need be avoided. */
    sieve: Sieve.optional(),
    letters: z.enum(['upper', 'lower']).optional(),
    /** Between groups of digits; absent = as is usual. */
    separator: z.enum(['', ' ', '-']).optional(),
    /** Of IBANs: the country that the data's are of, and how long they are. */
    country: z
      .object({ code: z.string().regex(/^[A-Z]{2}$/), length: z.number().int().min(15).max(34) })
      .optional(),
    /** Names of drawn columns that hold the first and last name of a row: addresses are made of these. */
    named: z.object({ first: z.string().optional(), last: z.string().optional() }).optional(),
    /** "Last, First". */
    isLastFirst: z.boolean().optional(),
    /** Words of a text. */
    words: z.number().int().positive().max(200).optional(),
    /** No value twice. */
    isUnique: z.boolean().optional(),
    /** Name of the learned column whose value says whose row it is; absent = every row is another's. */
    person: z.string().optional(),
  }),
  /** null = no row has a value. */
  z.object({ as: z.literal('constant'), value: z.union([z.string(), z.number(), z.null()]) }),
]);
export type Writer = z.infer<typeof Writer>;
export type WriterOf<As extends Writer['as']> = Extract<Writer, { as: As }>;
