/** An audit in an archive: what is told there, and the form in which it is read, whoever wrote it. */
import { type AuditOutcome, type AuditState, auditStateOf, type NoAudit } from './model-audit';
import { maskData } from './names-of-data';
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

/** Figures without the rows that stand out, or why there are none, without names that hold data. */
export function maskedAudit(audit: AuditOutcome | NoAudit): AuditState {
  const told = auditStateOf(audit);
  return 'reason' in told ? { reason: maskData(told.reason) } : told;
}
