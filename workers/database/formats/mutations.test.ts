import { expect, it } from 'vitest';
import { fuzzImport } from '../testing/fuzz';
import { sharedEngine } from '../testing/shared-engine';
import { INPUTS } from './testing/inputs';

/** Of each input; `npm run bench -- fuzz` makes thousands. */
const MUTANTS = 8;

it.each(INPUTS.map((seeds, i) => [seeds.fileName, i, seeds] as const))(
  'mutants of %s (%i) are read or refused in a sentence, and leave nothing behind',
  async (_, i, seeds) => {
    let done = 0;
    for await (const { fault } of fuzzImport(await sharedEngine(), seeds, MUTANTS, i)) {
      expect(fault).toBeUndefined();
      done++;
    }
    expect(done).toBe(MUTANTS);
  },
  60_000,
);
