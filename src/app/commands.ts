import { navigate } from 'wouter/use-hash-location';
import type { DoppelgridClient } from '../client/api';
import { preferences } from '../client/preferences';
import type { Generator } from '../domain/generators';
import { type Job, jobName } from '../domain/job';
import { canStop } from '../domain/job-progress';
import { LISTED_KINDS, type ListedKind } from '../domain/resource-list';
import { DEMO_TABLES } from '../domain/sources';
import { configure, importFiles, importSource, synthesize } from '../pages/actions';
import type { Resources } from '../pages/client-context';
import { canPause, pauseJob, resumeJob, stopJob } from '../pages/job-actions';
import { backgroundJobs, jobTitle, shownPathOfJob } from '../pages/job-words';
import { pathOfResource, RESOURCE_KINDS } from '../pages/kinds';
import { openOverlay } from './overlay';
import { pickFiles } from './pick-files';

/** Something a person can go to or do from anywhere. */
export interface Command {
  readonly id: string;
  /** Resources are grouped by the title of their list. */
  readonly group: string;
  readonly label: string;
  /** Keys that do the same. */
  readonly keys?: string;
  readonly run: () => void;
}

/** Resources of a kind that are listed, the newest: the search finds among these. */
const MAX_LISTED = 50;

/** Everything that can be done now, the most likely first. */
export function commandsFor(
  client: DoppelgridClient,
  resources: Resources,
  nextTheme: 'light' | 'dark',
): Command[] {
  const { sources, sourceDatasets, generators, datasets, recipes, connectors, jobs, projects } = resources;
  const go = (to: string) => () => navigate(to);
  const open = (kind: ListedKind, items: readonly (readonly [string, string])[]) =>
    items
      .slice(-MAX_LISTED)
      .toReversed()
      .map(
        ([id, label]): Command => ({
          id: `${kind} ${id}`,
          group: RESOURCE_KINDS[kind].title,
          label,
          run: go(pathOfResource({ kind, id })),
        }),
      );
  const named = (items: readonly { readonly id: string; readonly name: string }[]) =>
    items.map(({ id, name }) => [id, name] as const);
  const configured = (
    items: readonly { readonly id: string; readonly config: { readonly name: string } }[],
  ) => items.map(({ id, config }) => [id, config.name] as const);
  return [
    ...backgroundJobs(jobs).map(
      (job): Command => ({
        id: job.id,
        group: 'Running',
        label: jobTitle(job),
        run: go(shownPathOfJob(job, resources) ?? '/jobs'),
      }),
    ),
    ...jobs.flatMap((job) => commandsOf(client, job, generators)),
    { id: 'start', group: 'Go to', label: 'Start', keys: 'G H', run: go('/') },
    { id: 'jobs', group: 'Go to', label: 'Jobs', keys: 'G J', run: go('/jobs') },
    { id: 'settings', group: 'Go to', label: 'Settings', keys: 'G S', run: go('/settings') },
    { id: 'projects', group: 'Go to', label: 'Projects', keys: 'G P', run: go('/projects') },
    ...LISTED_KINDS.map(
      (kind): Command => ({
        id: `list ${kind}`,
        group: 'Go to',
        label: RESOURCE_KINDS[kind].title,
        run: go(RESOURCE_KINDS[kind].path),
      }),
    ),
    { id: 'evaluate', group: 'Go to', label: 'Evaluate files', run: go('/evaluate') },
    { id: 'sql', group: 'Go to', label: 'SQL', run: go('/sql') },
    { id: 'storage', group: 'Go to', label: 'Storage', run: go('/storage') },
    { id: 'privacy', group: 'Go to', label: 'Privacy', run: go('/privacy') },
    { id: 'about', group: 'Go to', label: 'About', run: go('/about') },
    {
      id: 'choose',
      group: 'Do',
      label: 'Choose files to read',
      keys: 'O',
      run: () => pickFiles((files) => void importFiles(client, files)),
    },
    ...DEMO_TABLES.map(
      ({ id, title }): Command => ({
        id: `demo ${id}`,
        group: 'Do',
        label: `Read the demo table ${title}`,
        run: () => void importSource(client, { demo: id }),
      }),
    ),
    ...sources
      .slice(-MAX_LISTED)
      .toReversed()
      .flatMap(({ id, name }): Command[] => [
        {
          id: `synthesize ${id}`,
          group: 'Do',
          label: `Synthesize ${name}`,
          run: () => void synthesize(client, id),
        },
        {
          id: `configure ${id}`,
          group: 'Do',
          label: `Configure a generator for ${name}`,
          run: () => configure(client, id),
        },
      ]),
    ...projects
      .filter(({ archived, current }) => !archived && !current)
      .map(
        ({ id, name }): Command => ({
          id: `project ${id}`,
          group: 'Do',
          label: `Work in the project ${name}`,
          run: () => void client.projects.switchTo(id),
        }),
      ),
    {
      id: 'theme',
      group: 'Do',
      label: `Use the ${nextTheme} theme`,
      run: () => preferences.set({ theme: nextTheme }),
    },
    {
      id: 'network',
      group: 'Do',
      label: 'Check that nothing leaves the browser',
      run: () => openOverlay('network'),
    },
    {
      id: 'shortcuts',
      group: 'Do',
      label: 'List the keyboard shortcuts',
      keys: '?',
      run: () => openOverlay('shortcuts'),
    },
    ...open('source', named(sources)),
    ...open('dataset', named(sourceDatasets)),
    ...open('generator', configured(generators)),
    ...open('synthetic-dataset', configured(datasets)),
    ...open('recipe', named(recipes)),
    ...open('connector', named(connectors)),
  ];
}

/** What can be done about a job that runs, waits or is on hold. */
function commandsOf(client: DoppelgridClient, job: Job, generators: readonly Generator[]): Command[] {
  const command = (verb: string, run: () => void): Command => ({
    id: `${verb} ${job.id}`,
    group: 'Running',
    label: `${verb} ${jobName(job)}`,
    run,
  });
  return [
    ...(job.status === 'ON_HOLD' ? [command('Resume', () => resumeJob(client, job))] : []),
    ...(canPause(job, generators) ? [command('Pause', () => pauseJob(client, job))] : []),
    ...(canStop(job) ? [command('Stop and keep', () => stopJob(client, job))] : []),
  ];
}
