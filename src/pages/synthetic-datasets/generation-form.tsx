import { Sparkles } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { NumberField, SelectField, SwitchField } from '../../components/field';
import { readNumber } from '../../components/number-text';
import type { GenerationOrder, SyntheticDatasetConfig } from '../../domain/synthetic-datasets';

const RULES = {
  rows: { min: 1, max: 100_000_000, integer: true },
  temperature: { min: 0, max: 2 },
  topP: { min: 0.9, max: 1 },
  seed: { min: 0, max: 0xffff_ffff, integer: true },
} as const;

/** How many rows, and how they are drawn. Pressing Generate hands over the configuration. */
export function GenerationForm(props: {
  readonly initial: SyntheticDatasetConfig;
  readonly flexible: boolean;
  /** What the generator draws in by default. */
  readonly order: GenerationOrder;
  readonly onGenerate: (config: SyntheticDatasetConfig) => void;
}) {
  const table = props.initial.tables[0]!;
  const [text, setText] = useState({
    rows: table.configuration.sampleSize === null ? '' : String(table.configuration.sampleSize),
    temperature: String(table.configuration.samplingTemperature),
    topP: String(table.configuration.samplingTopP),
    seed: String(props.initial.randomState),
  });
  const [order, setOrder] = useState(table.configuration.generationOrder ?? props.order);
  const [sampling, setSampling] = useState(table.configuration.sampling);
  const [report, setReport] = useState(table.configuration.enableDataReport);
  const read = {
    rows: readNumber(text.rows, RULES.rows),
    temperature: readNumber(text.temperature, RULES.temperature),
    topP: readNumber(text.topP, RULES.topP),
    seed: readNumber(text.seed, RULES.seed),
  };
  const number = (field: keyof typeof read) => {
    const result = read[field];
    return 'value' in result ? result.value : null;
  };
  const isValid = Object.values(read).every((result) => 'value' in result);
  const errorOf = (field: keyof typeof read) => {
    const result = read[field];
    return 'error' in result ? result.error : null;
  };
  const generate = () =>
    props.onGenerate({
      ...props.initial,
      randomState: number('seed') ?? props.initial.randomState,
      tables: [
        {
          ...table,
          configuration: {
            sampleSize: number('rows'),
            samplingTemperature: number('temperature') ?? 1,
            samplingTopP: number('topP') ?? 1,
            generationOrder: order,
            sampling,
            enableDataReport: report,
          },
        },
      ],
    });
  const field = (name: keyof typeof text, label: string, help: string) => (
    <NumberField
      label={label}
      help={help}
      decimal={name === 'temperature' || name === 'topP'}
      text={text[name]}
      error={errorOf(name)}
      onText={(value) => setText({ ...text, [name]: value })}
    />
  );
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isValid) generate();
        }}
      >
        <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-4">
          {field('rows', 'Rows', 'As many as you like; the source has this many by default.')}
          {field('temperature', 'Temperature', '1: as learned. Lower: closer to the most likely values.')}
          {field('topP', 'Top-p', '1: every value may be drawn. 0.9: the rarest tenth is left out.')}
          {field('seed', 'Random seed', 'The same seed gives the same rows.')}
          <SelectField
            label="Column order"
            value={order}
            options={[
              { value: 'rotated', label: 'Rotated: closest statistics', disabled: !props.flexible },
              { value: 'natural', label: 'As in the table' },
              { value: 'random', label: 'Random: most distance', disabled: !props.flexible },
            ]}
            onChange={setOrder}
            help={
              props.flexible
                ? 'Rotated begins each block of rows at another column and comes closest to the original. Random is slightly less accurate and stays farther from single original rows.'
                : 'This generator was trained without flexible generation, so only the table’s order is possible.'
            }
          />
          <SelectField
            label="Draws"
            value={sampling}
            options={[
              { value: 'balanced', label: 'Balanced' },
              { value: 'independent', label: 'Independent' },
            ]}
            onChange={setSampling}
            help="Balanced spreads the draws evenly, so that shares come out closer. Independent draws every row on its own."
          />
          <SwitchField
            label="Write a report"
            checked={report}
            onChange={setReport}
            help="Compares the rows with the original and the holdout."
          />
        </div>
        <div className="mt-5">
          <Button
            type="submit"
            variant="primary"
            icon={<Sparkles aria-hidden="true" size={16} />}
            disabled={!isValid}
          >
            Generate
          </Button>
        </div>
      </form>
    </Card>
  );
}
