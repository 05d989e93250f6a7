import { Download, FileDown } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../components/button';
import { Facts, Section } from '../../components/card';
import { EditableText } from '../../components/editable-text';
import { SelectField } from '../../components/field';
import { formatMoment } from '../../components/format';
import { Notice } from '../../components/notice';
import { saveFile } from '../../components/save-file';
import { Table, UserText } from '../../components/table';
import type { Naming } from '../../domain/naming';
import { type Recipe, versionOf } from '../../domain/recipes';
import { showError } from '../actions';
import { useClient, useResources } from '../client-context';
import { ResourceFooter } from '../resource-footer';
import { GonePage, PageHeading } from '../resource-page';
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
  const { id, name, description = '' } = recipe;
  const rename = (naming: Naming) => {
    try {
      client.recipes.rename(id, naming);
    } catch (error) {
      showError(error);
    }
  };
  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 max-w-2xl">
          <p className="text-sm font-medium text-accent">
            <Link href="/recipes" className="hover:underline">
              Recipes
            </Link>
          </p>
          <EditableText
            what="name"
            value={name}
            maxLength={256}
            isRequired
            onSave={(text) => rename({ name: text })}
          >
            <PageHeading title={name} isEdited />
          </EditableText>
          <p className="mt-1 text-sm text-ink-soft">
            Version {latest.version}, saved {formatMoment(Date.parse(latest.savedAt))}
          </p>
          <div className="mt-2">
            <EditableText
              what="description"
              value={description}
              maxLength={4000}
              multiline
              onSave={(text) => rename({ description: text })}
            >
              {description !== '' && (
                <p className="min-w-0 text-sm whitespace-pre-line break-words">
                  <bdi>{description}</bdi>
                </p>
              )}
            </EditableText>
          </div>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button icon={FileDown} onClick={() => saveFile(client.recipes.export(id, shown.version))}>
            Export recipe
          </Button>
        </div>
      </div>
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
