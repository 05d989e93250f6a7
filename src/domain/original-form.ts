import type { CellFormat } from './cell-format';
import { z } from './zod';

/** How a delimited text file is written, cells aside (docs/export.md, As the original). */
export const FileLayout = z.object({
  /** A label of the Encoding standard, such as "utf-8" or "shift_jis". */
  encoding: z.string().min(1).max(40),
  byteOrderMark: z.literal(true).optional(),
  delimiter: z.string().min(1).max(8),
  /** A run of delimiters counts as one: an empty cell would vanish. */
  mergeDelimiters: z.literal(true).optional(),
  /** '' = none. */
  quote: z.string().max(1),
  /** What stands before a quote inside of quotes, and before itself; absent = the quote itself. */
  escape: z.literal('\\').optional(),
  lineEnd: z.enum(['\n', '\r\n', '\r']),
  header: z.boolean(),
  /** Names that stand in quotes: all, or all but empty ones. */
  quotedHeader: z.enum(['all', 'named']).optional(),
  /** The last line does not end. */
  noFinalLineEnd: z.literal(true).optional(),
  /** Cells without a value stand in quotes, too. */
  quotedNulls: z.literal(true).optional(),
  decimal: z.enum(['.', ',']),
  /** Indices of the columns of which every value stands in quotes. */
  quotedColumns: z.array(z.number().int().min(0)).max(20_000).optional(),
});
export type FileLayout = z.infer<typeof FileLayout>;

const Affix = z.string().max(64);

const CellFormatSchema: z.ZodType<CellFormat> = z.object({
  nullSpelling: Affix.exactOptional(),
  number: z
    .object({
      decimal: z.enum(['.', ',']).exactOptional(),
      thousands: z.string().max(4).exactOptional(),
      grouping: z.literal('indian').exactOptional(),
      minDecimals: z.number().int().min(0).max(100).exactOptional(),
      maxDecimals: z.number().int().min(0).max(100).exactOptional(),
      prefix: Affix.exactOptional(),
      suffix: Affix.exactOptional(),
      bracketed: z.literal(true).exactOptional(),
    })
    .exactOptional(),
  date: z
    .object({
      pattern: Affix.min(1),
      locale: z.string().max(16).exactOptional(),
      monthCase: z.enum(['upper', 'lower']).exactOptional(),
      dayPeriod: z.string().max(8).exactOptional(),
      offsetMinutes: z.number().int().min(-1080).max(1080).exactOptional(),
    })
    .exactOptional(),
  boolean: z.object({ yes: Affix, no: Affix }).exactOptional(),
});

/** How the file was written that rows stand for; it holds no value of a row. */
export const OriginalForm = z.object({
  layout: FileLayout,
  /** Of the columns of which more than a name is known. */
  columns: z
    .array(
      z.object({
        name: z.string().min(1),
        quoted: z.literal(true).exactOptional(),
        format: CellFormatSchema.exactOptional(),
      }),
    )
    .max(20_000),
  /** The rows stood in the order of a column. */
  sortedBy: z
    .object({ column: z.string().min(1), descending: z.literal(true).exactOptional() })
    .exactOptional(),
});
export type OriginalForm = z.infer<typeof OriginalForm>;
