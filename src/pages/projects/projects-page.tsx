import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import type { ProjectOverview } from '../../client/api';
import { Button } from '../../components/button';
import { FileButton } from '../../components/file-button';
import { formatMoment, formatPlural } from '../../components/format';
import { UserText } from '../../components/table';
import { importFiles, showError } from '../actions';
import { useClient, useResources } from '../client-context';
import { PageHeading } from '../resource-page';
import { NewProjectDialog } from './new-project-dialog';
import { ProjectMenu } from './project-menu';

/** All projects: made, switched, and what else can be done with them. */
export function ProjectsPage() {
  const client = useClient();
  const { projects } = useResources();
  const [isNaming, setNaming] = useState(false);
  const open = projects.filter(({ archived }) => !archived);
  const archived = projects.filter((project) => project.archived);
  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div>
          <PageHeading title="Projects" />
          <p className="mt-1 max-w-xl text-sm text-ink-soft">
            A project holds sources, datasets, generators, synthetic datasets, reports, recipes and
            connectors. What you bring in goes to the one that you work in.
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <FileButton
            label="Import a project"
            variant="secondary"
            accept=".zip,application/zip"
            onFiles={(files) => void importFiles(client, files)}
          />
          <Button variant="primary" icon={FolderPlus} onClick={() => setNaming(true)}>
            New project
          </Button>
        </div>
      </div>
      <ProjectList label="Projects" projects={open} />
      {archived.length > 0 && (
        <section aria-labelledby="archived" className="mt-10">
          <h2 id="archived" className="font-semibold">
            Archived
          </h2>
          <p className="mt-1 text-sm text-ink-soft">
            Kept as they are, and left out of lists and of the menu above.
          </p>
          <ProjectList label="Archived projects" projects={archived} />
        </section>
      )}
      {isNaming && <NewProjectDialog onClose={() => setNaming(false)} />}
    </div>
  );
}

function ProjectList({ label, projects }: { label: string; projects: readonly ProjectOverview[] }) {
  return (
    <ul aria-label={label} className="mt-4 divide-y divide-line rounded-xl border border-line bg-card">
      {projects.map((project) => (
        <ProjectItem key={project.id} project={project} />
      ))}
    </ul>
  );
}

function ProjectItem({ project }: { project: ProjectOverview }) {
  const client = useClient();
  const { id, name, description, current, archived, created } = project;
  return (
    <li className="flex items-start justify-between gap-3 py-3.5 pr-2 pl-4 sm:pl-5">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <p className="min-w-0 font-medium">
            <UserText text={name} />
          </p>
          {current && (
            <span className="rounded-full bg-accent-soft px-2 py-0.5 text-xs font-medium text-accent-strong">
              You work here
            </span>
          )}
        </div>
        {description !== '' && <p className="mt-0.5 text-sm break-words">{description}</p>}
        <p className="mt-0.5 text-sm text-ink-soft">
          {contentInWords(project)}
          {created !== null && ` · created ${formatMoment(created)}`}
        </p>
      </div>
      <div className="flex shrink-0 items-center gap-1">
        {!current && !archived && (
          <Button
            aria-label={`Work in ${name}`}
            onClick={() => {
              try {
                client.projects.switchTo(id);
              } catch (error) {
                showError(error);
              }
            }}
          >
            Work here
          </Button>
        )}
        <ProjectMenu project={project} />
      </div>
    </li>
  );
}

/** "2 sources, 1 generator". */
function contentInWords(project: ProjectOverview): string {
  const { sources, datasets, generators, syntheticDatasets, reports, recipes, connectors } = project;
  const counts: readonly (readonly [number, string])[] = [
    [sources, 'source'],
    [datasets, 'dataset'],
    [generators, 'generator'],
    [syntheticDatasets, 'synthetic dataset'],
    [reports, 'report'],
    [recipes, 'recipe'],
    [connectors, 'connector'],
  ];
  const said = counts.filter(([count]) => count > 0).map(([count, noun]) => formatPlural(count, noun));
  return said.length > 0 ? said.join(', ') : 'Nothing in it yet';
}
