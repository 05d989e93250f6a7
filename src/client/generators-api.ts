import type { EncodingDecision } from '../domain/columns';
import type { ColumnSettings } from '../domain/decide-encoding';
import type { ContinuedFrom, Generator, GeneratorConfig } from '../domain/generators';
import type { TrainingMessage } from '../domain/job';
import type { JobConfig } from '../domain/job-configuration';
import type { AuditState } from '../domain/model-audit';
import type { Naming } from '../domain/naming';
import type { RuleSettings, TableRule } from '../domain/rules';
import type { SdkConfiguration } from '../domain/sdk-export';
import type { LongCall } from './long-call';
import type { ListsApi } from './projects-api';

/** A configuration for the MOSTLY AI SDK (docs/sdk.md). */
export interface SdkExport extends SdkConfiguration {
  /** The same as Python that the SDK runs, without what it does not know. */
  readonly python: string;
}

/** How a clone begins: `new` with the same settings, `continue` with the weights, too. */
export interface CloneOptions {
  readonly trainingStatus?: 'new' | 'continue';
  /** Number of the version of the source to train on; default: of a new one that of the model if it is there, else the current one. */
  readonly version?: number;
}

export interface GeneratorsApi extends ListsApi<Generator> {
  /**
   * A configuration for a source with every default filled in: encoding types, primary key, model settings. The
   * decisions carry their evidence.
   * @param version number of a version of the source; default: the current one
   */
  propose(
    sourceId: string,
    version?: number,
  ): { config: GeneratorConfig; decisions: ReadonlyMap<string, EncodingDecision> };
  /** How the columns of a source would be typed with these settings. Pure; used by the editor on each change. */
  decide(sourceId: string, settings: ColumnSettings, version?: number): ReadonlyMap<string, EncodingDecision>;
  /**
   * @param options.protectionKey 64 hexadecimal digits, to train the same model once more; by default a new key is drawn
   *   (docs/privacy.md, Protection key)
   */
  create(config: GeneratorConfig, options?: { readonly protectionKey?: string }): Generator;
  /** The secret that a generator's protection is drawn from, to be kept by its owner alone. No file holds it. */
  protectionKey(id: string): string;
  /** A generator's configuration as in `config.json`: to be kept, and used on another source. */
  configuration(id: string): JobConfig;
  /** The same for the MOSTLY AI SDK, and what of it the SDK does without. */
  sdkConfiguration(id: string): SdkExport;
  /**
   * A new generator of such a configuration, on a source that has its columns.
   * @param configuration as JSON, or its text
   */
  createFrom(configuration: unknown, sourceId: string): Generator;
  /** Replaces the configuration of a generator that has not been trained. */
  update(id: string, config: GeneratorConfig): Generator;
  /**
   * The rules of the rows that a generator would train on, as its training would list them. Does not wait for trainings
   * and generations.
   * @param options.rules in place of those of its configuration
   */
  findRules(
    id: string,
    options?: LongCall & { readonly rules?: RuleSettings },
  ): Promise<readonly TableRule[]>;
  /**
   * Starts training and waits for its end. Trainings and generations run one after the other: meanwhile it is QUEUED,
   * and starts by itself.
   */
  train(
    id: string,
    options?: LongCall & { onMessage?: (message: TrainingMessage) => void },
  ): Promise<Generator>;
  /** Waits for a training that somebody else started. */
  wait(id: string, options?: LongCall): Promise<Generator>;
  /**
   * Puts a training ON_HOLD: one that runs keeps a checkpoint, one that is QUEUED leaves the queue; also in another tab.
   * Resolves when it is; `train` rejects with `paused`.
   * @throws UserError `config/invalid` for a training with differential privacy that has begun
   * @example
   * doppelgrid.generators.train(id).catch(console.log); // “The training is paused. …”
   * await doppelgrid.generators.pause(id);
   * await doppelgrid.generators.resume(id); // the same model as without a pause, on `wasm` bit for bit
   */
  pause(id: string): Promise<void>;
  /**
   * Goes on with a training that is ON_HOLD, as `train` does: from its last checkpoint, or anew where there is none that
   * can be used (a notice says so).
   * @throws UserError `config/invalid` if it is not on hold, or another tab has just taken it up
   */
  resume(
    id: string,
    options?: LongCall & { onMessage?: (message: TrainingMessage) => void },
  ): Promise<Generator>;
  /**
   * Ends a training, also one that is QUEUED or ON_HOLD or in another tab, and throws the model away; resolves when it is
   * over.
   */
  cancel(id: string): Promise<void>;
  /** Whether a synthetic dataset with its report is to follow the training (`syntheticDatasets.follow`); kept with the generator, and no more where it fails. */
  setGoesOn(id: string, on: boolean): void;
  /** Ends a training, also in another tab, and keeps the best model so far. */
  stop(id: string): Promise<void>;
  get(id: string): Generator;
  /**
   * A new, untrained generator with the same configuration and protection key, named "Clone - …". With `continue` its
   * training goes on from a copy of the model, with its columns and encodings.
   * @throws UserError `config/invalid` that says why a model cannot be trained further, or what differs in the version
   */
  clone(id: string, options?: CloneOptions & { readonly trainingStatus?: 'new' }): Generator;
  clone(id: string, options: CloneOptions & { readonly trainingStatus: 'continue' }): Promise<Generator>;
  /** Why a model cannot be trained further on a version of its source; null = it can. */
  whyNotContinue(id: string, version?: number): string | null;
  /** What a generator's model was trained further from, and the generators that went on from it. */
  continuations(id: string): {
    readonly from: ContinuedFrom | null;
    readonly by: readonly Generator[];
  };
  /** Another name or description, trained or not. */
  rename(id: string, naming: Naming): Generator;
  /** The same once more, with its model and protection key, named "Copy of …". */
  duplicate(id: string): Promise<Generator>;
  /** What its model tells of those it learned from (docs/metrics.md, White-box audit), or why not; kept with the generator. */
  audit(id: string, options?: LongCall): Promise<AuditState>;
  /** A trained generator as one file, to be kept or passed on: no row, no key, nothing that protection hides (docs/archive.md). */
  export(id: string, options?: LongCall): Promise<File>;
  /**
   * A new generator of such a file. Its source is not here: it generates, but its rows are compared with nothing.
   * @throws UserError `archive/refused` that says what is wrong with the file
   */
  import(file: File, options?: LongCall): Promise<Generator>;
  delete(id: string): Promise<void>;
}
