import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { SelectField } from '../../components/field';
import { showToast } from '../../components/toasts';
import type { Recipe } from '../../domain/recipes';
import { showError } from '../actions';
import { useClient, useResources } from '../client-context';

/** Takes the settings of another finished run as the next version of a recipe. */
export function TakeRun({ recipe }: { recipe: Recipe }) {
  const client = useClient();
  const { datasets, generators } = useResources();
  const runs = datasets.filter(
    ({ config, generationStatus }) =>
      generationStatus === 'DONE' &&
      generators.some(({ id, trainingStatus }) => id === config.generatorId && trainingStatus === 'DONE'),
  );
  const [chosen, choose] = useState<string | null>(null);
  const run = runs.find(({ id }) => id === chosen) ?? runs.at(-1);
  if (!run) return null;
  const take = () => {
    try {
      const { versions } = client.recipes.update(recipe.id, { run: { syntheticDatasetId: run.id } });
      showToast(`Version ${versions.at(-1)!.version} has the settings of “${run.config.name}”.`);
    } catch (error) {
      showError(error);
    }
  };
  return (
    <details className="mt-5 text-sm">
      <summary className="text-ink-soft">Take the settings of another run</summary>
      <div className="mt-3 flex max-w-2xl flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <SelectField
            label="Synthetic dataset"
            value={run.id}
            options={runs.map(({ id, config }) => ({ value: id, label: config.name })).toReversed()}
            onChange={choose}
          />
        </div>
        <div className="pb-1">
          <Button icon={RefreshCw} onClick={take}>
            Save as a new version
          </Button>
        </div>
      </div>
    </details>
  );
}
