/** Parts of a report that depend on nothing but what they are given, so that any thread may compute them. */
import { attackHalf } from '../attacks/attack-half';
import { guessAttributes, linkHalves, repeatRareValues, singleOut } from '../attacks/criteria-attacks';
import { Pacer } from '../pacing';
import { learnTrees } from '../trees/learn-trees';

export const PARTS = {
  learnTrees,
  attackHalf,
  guessAttributes,
  linkHalves,
  singleOut,
  repeatRareValues,
} as const;

export type PartName = keyof typeof PARTS;
export type Given<Name extends PartName> = Parameters<(typeof PARTS)[Name]>[0];
export type Found<Name extends PartName> = Awaited<ReturnType<(typeof PARTS)[Name]>>;

export interface PartApi {
  /** @returns what the part found, the same as on any other thread */
  compute<Name extends PartName>(name: Name, given: Given<Name>): Promise<Found<Name>>;
}

/** Computes a part on this thread. */
export function computePart<Name extends PartName>(
  name: Name,
  given: Given<Name>,
  pacer: Pacer,
): Promise<Found<Name>> {
  const part = PARTS[name] as unknown as (given: Given<Name>, pacer: Pacer) => Promise<Found<Name>>;
  return part(given, pacer);
}

/** The thread's side. A cancelled report ends its threads, so nothing asks them to stop. */
export function createPartThread(): PartApi {
  const pacer = new Pacer(
    { yield: async () => undefined, checkpoint: () => undefined },
    { update: () => undefined },
  );
  return { compute: (name, given) => computePart(name, given, pacer) };
}
