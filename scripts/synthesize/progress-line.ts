import type { Job, ProgressStep, StepCode, StepPhase, TrainingMessage } from '../../src/domain/job';

const NAMES: Readonly<Record<StepCode, string>> = {
  IMPORT_DATA: 'Read the table',
  PULL_TRAINING_DATA: 'Take the training rows',
  ANALYZE_TRAINING_DATA: 'Analyse',
  ENCODE_TRAINING_DATA: 'Encode',
  TRAIN_MODEL: 'Train',
  GENERATE_DATA: 'Generate',
  AUDIT_MODEL: 'Audit the model',
  CREATE_DATA_REPORT: 'Report',
  DELIVER_DATA: 'Write files',
};
const PHASES: Readonly<Record<StepPhase, string>> = {
  START_WORKER: 'Start',
  FETCH_FILE: 'Fetch the file',
  FIND_RULES: 'Look for rules',
  CHOOSE_INPUTS: 'Choose the inputs',
  CHOOSE_BACKEND: 'Choose the backend',
  PREPARE_TRAINING: 'Prepare the training',
  FINISH_TRAINING: 'Finish the training',
  COUNT_COLUMNS: 'Count the columns',
  CHOOSE_PAIRS: 'Choose pairs',
  COUNT_PAIRS: 'Count pairs',
  FIT_PAIRS: 'Fit the counts',
  CHECK_PRIVACY: 'Check the privacy',
  LEARN_DISCRIMINATOR: 'Compare drawn rows',
  LOAD_MODEL: 'Load the model',
  WRITE_FILE: 'Write the rows',
};
const BAR_WIDTH = 24;
const NAME_WIDTH = Math.max(...Object.values(NAMES).map((name) => name.length));

/** Shows jobs as one moving line on a terminal, else as one plain line per finished step. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #finished = new Set<string>();
  #shown = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  update({ id, steps, messages = [] }: Pick<Job, 'id' | 'steps'> & Partial<Pick<Job, 'messages'>>): void {
    for (const step of steps) {
      const key = `${id} ${step.code}`;
      if (step.status !== 'DONE' || this.#finished.has(key)) continue;
      this.#finished.add(key);
      this.clear();
      this.#stream.write(`${NAMES[step.code].padEnd(NAME_WIDTH)} ${step.elapsed.toFixed(1)} s\n`);
    }
    const running = steps.findLast(({ status }) => status === 'IN_PROGRESS');
    if (running && this.#stream.isTTY) {
      this.clear();
      this.#stream.write(describeStep(running) + spentSoFar(running, messages.at(-1)));
      this.#shown = true;
    }
  }

  /** Takes the moving line away. */
  clear(): void {
    if (this.#shown) this.#stream.write('\r\x1b[K');
    this.#shown = false;
  }
}

/** What a private training has given away so far: `  ε 1.24`. */
function spentSoFar({ code }: ProgressStep, last: TrainingMessage | undefined): string {
  return code === 'TRAIN_MODEL' && last?.epsilon !== undefined ? `  ε ${last.epsilon.toFixed(2)} spent` : '';
}

/** e.g. `Train  ██████░░░░  42 %  12 s left`. */
export function describeStep(step: ProgressStep): string {
  const name = (step.phase ? PHASES[step.phase] : NAMES[step.code]).padEnd(NAME_WIDTH);
  if (step.value === 0 && step.max === null) return `${name} …`;
  if (step.max === null || step.max <= 0) return `${name} ${step.value} ${step.unit}`;
  const share = Math.min(1, step.value / step.max);
  const full = Math.round(share * BAR_WIDTH);
  const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
  const left = step.remaining === null ? '' : `  ${Math.ceil(step.remaining)} s left`;
  return `${name} ${bar} ${String(Math.round(share * 100)).padStart(3)} %${left}`;
}
