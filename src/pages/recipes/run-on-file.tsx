import { Play } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { SelectField } from '../../components/field';
import { FileButton } from '../../components/file-button';
import { Notice } from '../../components/notice';
import { errorText, isCanceled } from '../../domain/errors';
import type { Job } from '../../domain/job';
import { matchRecipe } from '../../domain/recipe-match';
import { type Recipe, versionOf } from '../../domain/recipes';
import type { Source } from '../../domain/sources';
import { TABLE_FILES } from '../../domain/table-files';
import { useClient, useResources } from '../client-context';
import { JobProgressPanel } from '../job-progress-panel';
import { runRecipe } from './recipe-actions';

interface Reading {
  readonly name: string;
  readonly controller: AbortController;
  readonly progress: Job | null;
}

/** Chooses or reads a file, lists how it differs from the recipe, and starts. */
export function RunOnFile({ recipe }: { recipe: Recipe }) {
  const client = useClient();
  const { sources } = useResources();
  const [chosen, choose] = useState<string | null>(null);
  const [reading, setReading] = useState<Reading | null>(null);
  const [error, setError] = useState<string | null>(null);
  const version = versionOf(recipe);
  const fitting = useMemo(
    () => sources.findLast((source) => matchRecipe(version, source).problem === null),
    [sources, version],
  );
  const source = sources.find(({ id }) => id === chosen) ?? fitting ?? sources.at(-1);

  const read = async (file: File) => {
    const controller = new AbortController();
    setReading({ name: file.name, controller, progress: null });
    setError(null);
    try {
      const { id } = await client.recipes.read(recipe.id, file, {
        signal: controller.signal,
        onProgress: (progress) => setReading((now) => now && { ...now, progress }),
      });
      choose(id);
    } catch (problem) {
      if (!isCanceled(problem)) setError(errorText(problem));
    } finally {
      setReading(null);
    }
  };
  return (
    <Card>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        {sources.length > 0 && (
          <div className="min-w-0 flex-1 basis-64">
            <SelectField
              label="Source"
              value={source?.id ?? ''}
              options={sources.map(({ id, name }) => ({ value: id, label: name })).toReversed()}
              onChange={choose}
              disabled={reading !== null}
            />
          </div>
        )}
        <div className="pb-1">
          <FileButton
            label={sources.length > 0 ? 'Read another file' : 'Choose a file'}
            variant="secondary"
            accept={TABLE_FILES}
            isSingle
            onFiles={([file]) => file && void read(file)}
          />
        </div>
      </div>
      {reading && (
        <div className="mt-4">
          <JobProgressPanel
            progress={reading.progress}
            waiting={`Reading ${reading.name}`}
            onCancel={() => reading.controller.abort()}
          />
        </div>
      )}
      {error && (
        <Notice tone="error" className="mt-4">
          {error}
        </Notice>
      )}
      {!reading && source && <Comparison recipe={recipe} source={source} />}
    </Card>
  );
}

function Comparison({ recipe, source }: { recipe: Recipe; source: Source }) {
  const client = useClient();
  const { differences, problem } = matchRecipe(versionOf(recipe), source);
  return (
    <div className="mt-4">
      {problem !== null ? (
        <Notice tone="error">{problem}</Notice>
      ) : differences.length === 0 ? (
        <p className="text-sm text-ink-soft">
          <bdi>{source.name}</bdi> has the columns of the recipe, of the same types.
        </p>
      ) : null}
      {differences.length > 0 && (
        <section aria-label="Differences" className={problem === null ? '' : 'mt-4'}>
          <h3 className="text-sm font-medium">
            How <bdi>{source.name}</bdi> differs from the recipe, and what happens with it
          </h3>
          <ul className="mt-2 max-h-72 list-disc space-y-1 overflow-y-auto pl-5 text-sm break-words">
            {differences.map(({ sentence }) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
      <div className="mt-4">
        <Button
          variant="primary"
          icon={Play}
          disabled={problem !== null}
          onClick={() => void runRecipe(client, recipe.id, source.id)}
        >
          Run the recipe
        </Button>
      </div>
    </div>
  );
}
