import { Save } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { CheckField } from '../../components/field';
import { DOWNLOAD_FORMAT_IDS, DOWNLOAD_FORMATS } from '../../domain/download-formats';
import { RecipeChecks } from '../../domain/recipe-checks';
import { type Recipe, type RecipeVersion, versionOf } from '../../domain/recipes';
import { showError } from '../actions';
import { useClient } from '../client-context';
import { draftOf, readDraft } from '../settings-draft';
import { SettingsForm } from '../settings-form';

/** What runs must reach and in which formats they are written; saving makes the next version. */
export function RecipeChecksForm({ recipe }: { recipe: Recipe }) {
  const client = useClient();
  const last = versionOf(recipe);
  const [draft, setDraft] = useState(() => draftOf(RecipeChecks, last.checks));
  const [formats, setFormats] = useState<RecipeVersion['formats']>(last.formats);
  const read = readDraft(RecipeChecks, draft).values;
  const checks = read && RecipeChecks.parse(read);
  const isChanged =
    checks !== null &&
    (JSON.stringify(checks) !== JSON.stringify(last.checks) || String(formats) !== String(last.formats));
  const save = () => {
    if (!checks) return;
    try {
      client.recipes.update(recipe.id, { checks, formats });
    } catch (error) {
      showError(error);
    }
  };
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-4">
          <SettingsForm schema={RecipeChecks} draft={draft} onChange={setDraft} />
        </div>
        <fieldset className="mt-5 flex flex-wrap items-center gap-x-6 gap-y-2">
          <legend className="mb-1 text-sm font-medium">Written on the command line</legend>
          {DOWNLOAD_FORMAT_IDS.map((format) => (
            <CheckField
              key={format}
              label={DOWNLOAD_FORMATS[format].title}
              value={formats.includes(format)}
              onChange={(on) =>
                setFormats(DOWNLOAD_FORMAT_IDS.filter((id) => (id === format ? on : formats.includes(id))))
              }
            />
          ))}
        </fieldset>
        <div className="mt-5 flex flex-wrap items-center gap-4">
          <Button type="submit" icon={Save} disabled={!isChanged || formats.length === 0}>
            Save as version {last.version + 1}
          </Button>
          {formats.length === 0 && <p className="text-sm text-danger">Choose at least one format.</p>}
        </div>
      </form>
    </Card>
  );
}
