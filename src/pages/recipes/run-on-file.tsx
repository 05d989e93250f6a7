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

/** What a file is read for. */
type Part = 'source' | 'holdout';

interface Reading {
  readonly name: string;
  readonly controller: AbortController;
  readonly progress: Job | null;
}

/** Chooses or reads a file, lists how it differs from the recipe, and starts. */
export function RunOnFile({ recipe }: { recipe: Recipe }) {
  const client = useClient();
  const { sources } = useResources();
  const [chosen, setChosen] = useState<{ readonly [part in Part]?: string }>({});
  const choose = (part: Part, id: string) => setChosen((now) => ({ ...now, [part]: id }));
  const [reading, setReading] = useState<Reading | null>(null);
  const [error, setError] = useState<string | null>(null);
  const version = versionOf(recipe);
  const fitting = useMemo(
    () => sources.findLast((source) => matchRecipe(version, source).problem === null),
    [sources, version],
  );
  const source = sources.find(({ id }) => id === chosen.source) ?? fitting ?? sources.at(-1);
  const others = sources.filter(({ id }) => id !== source?.id);
  const holdout = others.find(({ id }) => id === chosen.holdout) ?? null;
  const isHoldoutAsked = version.holdout === 'file';

  const read = async (part: Part, file: File) => {
    const controller = new AbortController();
    setReading({ name: file.name, controller, progress: null });
    setError(null);
    try {
      const { id } = await client.recipes.read(recipe.id, file, {
        signal: controller.signal,
        onProgress: (progress) => setReading((now) => now && { ...now, progress }),
      });
      // What was chosen by itself stays.
      if (part === 'holdout' && source) choose('source', source.id);
      choose(part, id);
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
              onChange={(id) => choose('source', id)}
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
            onFiles={([file]) => file && void read('source', file)}
          />
        </div>
      </div>
      {source && (isHoldoutAsked || others.length > 0) && (
        <div className="mt-4 flex flex-wrap items-end gap-x-4 gap-y-3">
          <div className="min-w-0 flex-1 basis-64">
            <SelectField
              label="Holdout for the report"
              value={holdout?.id ?? ''}
              options={[
                { value: '', label: 'Rows held back from the source' },
                ...others.map(({ id, name }) => ({ value: id, label: name })).toReversed(),
              ]}
              onChange={(id) => choose('holdout', id)}
              disabled={reading !== null}
            />
          </div>
          <div className="pb-1">
            <FileButton
              label="Read a holdout"
              variant="secondary"
              accept={TABLE_FILES}
              isSingle
              onFiles={([file]) => file && void read('holdout', file)}
            />
          </div>
        </div>
      )}
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
      {!reading && source && <Comparison recipe={recipe} source={source} holdout={holdout} />}
    </Card>
  );
}

function Comparison({ recipe, source, holdout }: { recipe: Recipe; source: Source; holdout: Source | null }) {
  const client = useClient();
  const { differences, problem } = matchRecipe(versionOf(recipe), source, holdout);
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
          onClick={() => void runRecipe(client, recipe.id, source.id, holdout?.id ?? null)}
        >
          Run the recipe
        </Button>
      </div>
    </div>
  );
}
