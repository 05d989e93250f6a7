import { Sparkles } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { onlyTable } from '../../domain/only-table';
import {
  type GenerationOrder,
  SyntheticDatasetConfig,
  SyntheticTableConfiguration,
} from '../../domain/synthetic-datasets';
import { draftOf, readDraft } from '../settings-draft';
import { SettingsForm } from '../settings-form';

const FIXED_ORDER = {
  unavailable: ['rotated', 'random'],
  reason:
    'Only the table’s order is possible: this generator was trained without flexible generation, or its model draws all columns at once.',
};

/** How many rows, and how they are drawn. Pressing Generate hands over the configuration. */
export function GenerationForm(props: {
  readonly initial: SyntheticDatasetConfig;
  /** Whether the generator can draw in any order. */
  readonly anyOrder: boolean;
  /** What the generator draws in by default. */
  readonly order: GenerationOrder;
  readonly onGenerate: (config: SyntheticDatasetConfig) => void;
}) {
  const { initial } = props;
  const table = onlyTable(initial);
  const { configuration } = table;
  const generationOrder = configuration.generationOrder ?? props.order;
  const [draft, setDraft] = useState({
    ...draftOf(SyntheticDatasetConfig, initial),
    ...draftOf(SyntheticTableConfiguration, { ...configuration, generationOrder }),
  });
  const dataset = readDraft(SyntheticDatasetConfig, draft).values;
  const chosen = readDraft(SyntheticTableConfiguration, draft).values;
  const config = dataset &&
    chosen && {
      ...initial,
      ...dataset,
      tables: [{ ...table, configuration: { ...configuration, ...chosen } }],
    };
  const fields = { draft, onChange: setDraft };
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (config) props.onGenerate(config);
        }}
      >
        <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-4">
          <SettingsForm {...fields} schema={SyntheticTableConfiguration} group="main" />
          <SettingsForm {...fields} schema={SyntheticDatasetConfig} />
          <SettingsForm
            {...fields}
            schema={SyntheticTableConfiguration}
            group="outcome"
            limits={props.anyOrder ? {} : { generationOrder: FIXED_ORDER }}
          />
        </div>
        <div className="mt-5">
          <Button type="submit" variant="primary" icon={Sparkles} disabled={!config}>
            Generate
          </Button>
        </div>
      </form>
    </Card>
  );
}
