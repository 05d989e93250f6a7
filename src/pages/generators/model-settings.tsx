import { Card } from '../../components/card';
import { NumberField, SelectField, SwitchField } from '../../components/field';
import type { Source } from '../../domain/sources';
import { type DraftNumbers, draftErrors, type GeneratorDraft } from './generator-draft';

/** Every setting of the model, with its default and what it does. */
export function ModelSettings(props: {
  readonly draft: GeneratorDraft;
  readonly otherSources: readonly Source[];
  readonly onChange: (draft: GeneratorDraft) => void;
}) {
  const { draft } = props;
  const errors = draftErrors(draft.numbers);
  const setModel = (model: Partial<GeneratorDraft['model']>) =>
    props.onChange({ ...draft, model: { ...draft.model, ...model } });
  const number = (
    field: keyof DraftNumbers,
    label: string,
    help: string,
    placeholder?: string,
    decimal = false,
  ) => (
    <NumberField
      label={label}
      help={help}
      placeholder={placeholder}
      decimal={decimal}
      text={draft.numbers[field]}
      error={errors[field]}
      onText={(text) => props.onChange({ ...draft, numbers: { ...draft.numbers, [field]: text } })}
    />
  );
  return (
    <Card>
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
        <SelectField
          label="Model size"
          value={draft.model.modelSize}
          options={[
            { value: 'S', label: 'Small' },
            { value: 'M', label: 'Medium (default)' },
            { value: 'L', label: 'Large' },
          ]}
          onChange={(modelSize) => setModel({ modelSize })}
          help="Larger models can learn finer patterns and take longer."
        />
        {number(
          'maxEpochs',
          'Epochs at most',
          'Passes over the rows. Training stops earlier when it no longer improves.',
          undefined,
          true,
        )}
        {number(
          'maxTrainingTime',
          'Minutes at most',
          'The best model so far is kept when the time is up.',
          undefined,
          true,
        )}
        {number('maxSampleSize', 'Rows at most', 'Empty: all rows. Fewer rows train faster.', 'All rows')}
        {number(
          'batchSize',
          'Batch size',
          'Rows per step. Empty: chosen from the number of rows.',
          'Automatic',
        )}
        {number(
          'gradientAccumulationSteps',
          'Gradient accumulation',
          'Steps averaged before an update; multiplies the batch.',
        )}
        {number('randomState', 'Random seed', 'The same seed, rows and settings give the same model.')}
        <SelectField
          label="Computed by"
          value={draft.model.backend}
          options={[
            { value: 'auto', label: 'Automatic (fastest here)' },
            { value: 'webgpu', label: 'GPU (WebGPU)' },
            { value: 'wasm', label: 'WebAssembly' },
            { value: 'reference', label: 'Plain JavaScript (slow)' },
          ]}
          onChange={(backend) => setModel({ backend })}
          help="The name of what computes is shown during the training."
        />
        {number(
          'threads',
          'Threads',
          'Processor cores that compute. Empty: chosen by the machine and the size of the model. The result is the same for any number.',
          'Automatic',
        )}
        <SelectField
          label="Holdout for the report"
          value={draft.holdoutSourceId ?? ''}
          options={[
            { value: '', label: 'Rows held back from this source' },
            ...props.otherSources.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(id) => props.onChange({ ...draft, holdoutSourceId: id === '' ? null : id })}
          help="Rows the model never sees; privacy is measured against them. Another source needs the same columns."
        />
        <SwitchField
          label="Value protection"
          checked={draft.model.valueProtection}
          onChange={(valueProtection) => setModel({ valueProtection })}
          help="Hides rare categories and extreme numbers, so that no single row shows through."
        />
        <SelectField
          label="Rare categories become"
          value={draft.model.rareCategoryReplacementMethod}
          disabled={!draft.model.valueProtection}
          options={[
            { value: 'CONSTANT', label: 'The word _RARE_' },
            { value: 'SAMPLE', label: 'A frequent category' },
          ]}
          onChange={(rareCategoryReplacementMethod) => setModel({ rareCategoryReplacementMethod })}
          help="What stands in place of a protected category."
        />
        <SwitchField
          label="Privacy guard"
          checked={draft.model.privacyGuard}
          onChange={(privacyGuard) => setModel({ privacyGuard })}
          help="Watches the training for a model that copies its rows, and keeps one that does not. Tiny tables take longer with it."
        />
        <SwitchField
          label="Flexible generation"
          checked={draft.model.enableFlexibleGeneration}
          onChange={(enableFlexibleGeneration) => setModel({ enableFlexibleGeneration })}
          help="Trains on many column orders, so that rows can be generated in rotated or random order."
        />
      </div>
    </Card>
  );
}
