import type { SourceTableConfig } from '../../../src/domain/generators';
import type { JobContext, JobStep } from '../../../src/threads/run-job';
import type { TrainingTable } from '../models/model';
import { withRules } from './training-rules';

/** As `withRules`; the step counts columns while they are read, and then says that rules are sought. */
export async function withRulesInStep(
  table: TrainingTable,
  config: Pick<SourceTableConfig, 'rules' | 'tabularModelConfiguration'>,
  job: Pick<JobContext, 'yield' | 'checkpoint'>,
  step: Pick<JobStep, 'update' | 'enter'>,
): ReturnType<typeof withRules> {
  const total = table.features.length;
  let left = total;
  const read: TrainingTable['read'] = async (index) => {
    const parts = await table.read(index);
    if (left > 0) {
      left--;
      step.update(total - left, total);
      if (left === 0) step.enter('FIND_RULES', 'comparisons');
    }
    return parts;
  };
  const ruled = await withRules({ ...table, read }, config, job);
  // Whoever reads from here on counts for itself.
  left = 0;
  step.enter(null);
  return ruled;
}
