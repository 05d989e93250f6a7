import type { DossierLine } from '../../domain/dossier';

/** What the states of the questions are called. */
export const STATES: Readonly<Record<DossierLine['state'], string>> = {
  tested: 'Tested',
  bounded: 'Bounded by proof',
  'signs alone': 'Signs alone',
  'not tested': 'Not tested',
};
