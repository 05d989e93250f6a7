/** How many rows, people and triples a report compares at most: what bounds its time and memory (docs/metrics.md, Limits). */
import { z } from './zod';

export const ReportLimits = z.object({
  distanceRows: z.number().int().min(100).max(10_000_000).default(50_000).meta({
    title: 'Rows for distances',
    description:
      'Of each set at most, drawn at random; attackers have as many synthetic rows. Twice as many take up to four times as long.',
    expert: true,
  }),
  attackedPeople: z.number().int().min(200).max(1_000_000).default(1_500).meta({
    title: 'People attacked',
    description: 'Of each kind at most, trained on and unseen. More of them make intervals narrower.',
    expert: true,
  }),
  treeRows: z.number().int().min(200).max(10_000_000).default(10_000).meta({
    title: 'Rows for trees',
    description:
      'Of each set at most that trees learn of, for usefulness and the discriminator; half as many for the detection.',
    expert: true,
  }),
  triples: z.number().int().min(1).max(10_000_000).default(10_000).meta({
    title: 'Triples of columns',
    description: 'Compared at most, drawn at random.',
    expert: true,
  }),
});
export type ReportLimits = z.infer<typeof ReportLimits>;

export const DEFAULT_LIMITS: ReportLimits = ReportLimits.parse({});

/** The limits among other settings. */
export function limitsIn(settings: ReportLimits): ReportLimits {
  const { distanceRows, attackedPeople, treeRows, triples } = settings;
  return { distanceRows, attackedPeople, treeRows, triples };
}

/** By how much bounds of memory and work grow with a limit: whoever asks for more rows gets them. */
export function allowance(limits: ReportLimits, name: keyof ReportLimits): number {
  return Math.max(1, limits[name] / DEFAULT_LIMITS[name]);
}
