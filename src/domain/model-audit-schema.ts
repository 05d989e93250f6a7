/** The form of an audit in an archive: whoever wrote the file. */
import type { AuditState } from './model-audit';
import { z } from './zod';

const Share = z.number().min(0).max(1);
const Count = z.number().int().nonnegative();
const Figure = z.object({
  attacks: z.array(z.string().max(200)).max(20),
  value: Share,
  low: Share,
  high: Share,
});
const Figures = z.object({
  people: Count,
  auc: Figure,
  at1: Figure.nullable(),
  at10: Figure.nullable(),
});

export const AuditSchema: z.ZodType<AuditState> = z.union([
  Figures.extend({
    attacks: z
      .array(
        z.object({
          name: z.string().max(200),
          auc: Share,
          at1: Share.nullable(),
          at10: Share.nullable(),
        }),
      )
      .max(20),
    isolated: Figures.nullable(),
    rows: z.object({ learned: Count, reference: Count }),
  }),
  z.object({ reason: z.string().max(2000) }),
]);
