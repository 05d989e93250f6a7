import { runCounts } from './attacks/counts';
import { runLikelihoods } from './attacks/likelihoods';
import { runOutliers } from './attacks/outliers';
import { runPanel } from './attacks/panel';
import { runMarginals, runMembership } from './attacks/run-membership';
import { runSubjects } from './attacks/subjects';
import { describeProcess, print } from './terminal';

const ATTACKS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  membership: runMembership,
  marginals: runMarginals,
  outliers: runOutliers,
  counts: runCounts,
  subjects: runSubjects,
  panel: runPanel,
  likelihoods: runLikelihoods,
};

/**
 * Attacks on the privacy of what the product makes (docs/privacy.md, Attacks).
 * `npm run bench -- attacks [membership | marginals | outliers | counts | subjects | panel | likelihoods] [options]`; without a name all of them.
 */
export async function run(args: readonly string[]): Promise<void> {
  const named = Object.keys(ATTACKS).filter((name) => args[0] === name);
  print(`Attacks, ${describeProcess()}, one thread`);
  for (const name of named.length > 0 ? named : Object.keys(ATTACKS)) {
    print(`\n${name.toUpperCase()}`);
    await ATTACKS[name]!(args);
  }
}
