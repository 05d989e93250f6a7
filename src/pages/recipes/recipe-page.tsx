import { Download, FileDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Facts, Section } from '../../components/card';
import { SelectField } from '../../components/field';
import { formatMoment } from '../../components/format';
import { Notice } from '../../components/notice';
import { saveFile } from '../../components/save-file';
import { Table, UserText } from '../../components/table';
import { type Recipe, versionOf } from '../../domain/recipes';
import { useClient, useResources } from '../client-context';
import { ResourceFooter } from '../resource-footer';
import { GonePage, ResourceHeading } from '../resource-page';
import { RecipeChecksForm } from './recipe-checks-form';
import { recipeFacts } from './recipe-facts';
import { RunOnFile } from './run-on-file';
import { TakeRun } from './take-run';

/** One recipe: run it, set its checks, read its versions. */
export function RecipePage({ id }: { id: string }) {
  const recipe = useResources().recipes.find((known) => known.id === id);
  return recipe ? <RecipeView recipe={recipe} /> : <GonePage what="recipe" />;
}

function RecipeView({ recipe }: { recipe: Recipe }) {
  const client = useClient();
  const latest = versionOf(recipe);
  const [chosen, choose] = useState<number | null>(null);
  const shown = versionOf(recipe, chosen ?? undefined);
  const { id, name, description } = recipe;
  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
      <ResourceHeading
        resource={{ kind: 'recipe', id }}
        title={name}
        about={`Version ${latest.version}, saved ${formatMoment(Date.parse(latest.savedAt))}`}
        description={description}
        actions={
          <Button icon={FileDown} onClick={() => saveFile(client.recipes.export(id, shown.version))}>
            Export recipe
          </Button>
        }
      />
      {shown.leftOut.map((sentence) => (
        <Notice key={sentence} tone="warning" className="mt-4">
          {sentence}
        </Notice>
      ))}
      <Section title="Run on a file" about="Differences are listed first; nothing starts by itself.">
        <RunOnFile recipe={recipe} />
      </Section>
      <Section
        title="Checks and export"
        about="What the report of a run must reach. On the command line a missed check ends with exit code 3."
      >
        <RecipeChecksForm key={latest.version} recipe={recipe} />
      </Section>
      <Section
        title="What it does"
        actions={
          recipe.versions.length > 1 && (
            <SelectField
              label="Version"
              value={String(shown.version)}
              options={recipe.versions
                .map(({ version }) => ({ value: String(version), label: `Version ${version}` }))
                .toReversed()}
              onChange={(version) => choose(Number(version))}
            />
          )
        }
      >
        <Facts items={recipeFacts(shown)} />
        <TakeRun recipe={recipe} />
      </Section>
      <Section
        title="Input"
        about="The columns that a file should have."
        actions={
          <Button icon={Download} onClick={() => saveFile(client.recipes.sampleFile(id))}>
            Download a sample file
          </Button>
        }
      >
        <Table
          label="Columns of the recipe"
          rows={shown.input.columns}
          columns={[
            {
              title: 'Column',
              isHeader: true,
              className: 'max-w-0 w-2/5',
              cell: ({ name: column }) => <UserText text={column} />,
            },
            { title: 'Type', cell: ({ type }) => type ?? 'any' },
            {
              title: 'Made-up values',
              className: 'text-ink-soft',
              cell: ({ name: column }) =>
                shown.input.sample.map((row) => String(row[column] ?? '')).join(', '),
            },
          ]}
        />
      </Section>
      <ResourceFooter resource={{ kind: 'recipe', id }} name={name} />
    </div>
  );
}
