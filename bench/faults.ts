import type { Fault, FaultCase } from '../workers/engine/models/argn/conformance/faults';
import { withGpuPage } from './gpu-page';
import { print } from './terminal';

/**
 * Trainings, validations and generations through WebGPU whose device fails at a random moment: what a person reads
 * and how far the outcome is from the undisturbed one. `npm run bench -- faults [trainings]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const trainings = Number(args[0] ?? 20);
  await withGpuPage(async (page) => {
    const { name, software } = await page.evaluate(() => window.conformance.adapterFacts());
    print(`Adapter: ${name}${software ? ' (SOFTWARE)' : ''}`);
    print('during      faults                      at step   goes on with   gap of loss, or share of rows');
    for (const test of cases(trainings)) {
      const outcome = await page.evaluate((given) => window.conformance.disturb(given), test);
      const as = [test.during.padEnd(12), test.faults.join(', ').padEnd(28), `${outcome.step}`.padStart(7)];
      print(`${as.join('')}   ${outcome.kind.padEnd(14)} ${outcome.gap.toExponential(1)}`);
      const told = outcome.sentences.length;
      // A second fault while the new device catches up is told with the first.
      if (outcome.happened !== test.faults.length || told === 0 || told > outcome.happened)
        print(
          `  NOT AS IT SHOULD BE: ${outcome.happened} faults, told: ${JSON.stringify(outcome.sentences)}`,
        );
      else if (test.seed === 1) for (const sentence of outcome.sentences) print(`  ${sentence}`);
    }
  });
}

function cases(trainings: number): FaultCase[] {
  const faults: Fault[] = ['destroyed', 'out-of-memory', 'validation'];
  const destroyed = Array.from({ length: trainings }, (_, seed): FaultCase => {
    return { seed, faults: ['destroyed'], during: 'training' };
  });
  const others = faults.flatMap((fault) =>
    (['training', 'validating', 'generating'] as const).map(
      (during): FaultCase => ({ seed: 1, faults: [fault], during }),
    ),
  );
  const twice = faults.map(
    (fault, k): FaultCase => ({ seed: 100 + k, faults: ['destroyed', fault], during: 'training' }),
  );
  return [...destroyed, ...others, ...twice];
}
