import { describe, expect, it } from 'vitest';
import type { DoppelgridClient } from '../client/api';
import type { Resources } from '../pages/client-context';
import { commandsFor } from './commands';

const client = {} as DoppelgridClient;
const NONE: Resources = {
  sources: [],
  generators: [],
  datasets: [],
  reports: [],
  sourceDatasets: [],
  recipes: [],
  connectors: [],
  jobs: [],
  projects: [],
};
const many = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `s${i}`, name: `${i}.csv` }));

describe('commandsFor', () => {
  it('has a name and an id of its own for everything', () => {
    const sources = many(3) as unknown as Resources['sources'];
    const generators = [{ id: 'g', config: { name: 'people' } }] as unknown as Resources['generators'];
    const commands = commandsFor(client, { ...NONE, sources, generators }, 'dark');
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
    expect(commands.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Jobs', 'Use the dark theme', 'Synthesize 2.csv', '2.csv', 'people']),
    );
  });

  it('goes to the page of what it names', () => {
    const sources = many(1) as unknown as Resources['sources'];
    const recipes = [{ id: 'r', name: 'Monthly' }] as unknown as Resources['recipes'];
    const commands = commandsFor(client, { ...NONE, sources, recipes }, 'light');
    commands.find(({ group }) => group === 'Sources')!.run();
    expect(window.location.hash).toBe('#/sources/s0');
    commands.find(({ label }) => label === 'Monthly')!.run();
    expect(window.location.hash).toBe('#/recipes/r');
    commands.find(({ id }) => id === 'jobs')!.run();
    expect(window.location.hash).toBe('#/jobs');
  });

  it('pauses, stops and resumes jobs', () => {
    const job = (id: string, fields: object) => ({
      id,
      kind: 'generation',
      resource: { kind: 'generator', name: id },
      steps: [],
      ...fields,
    });
    const jobs = [
      job('one', { status: 'IN_PROGRESS', messages: [] }),
      job('two', { kind: 'training', status: 'QUEUED', messages: [] }),
      job('three', { status: 'ON_HOLD', messages: [] }),
      job('four', { kind: 'import', status: 'IN_PROGRESS', messages: [] }),
    ] as unknown as Resources['jobs'];
    const running = commandsFor(client, { ...NONE, jobs }, 'light').filter(
      ({ group }) => group === 'Running',
    );
    expect(running.map(({ label }) => label).filter((label) => /the .* of/.test(label))).toEqual([
      'Pause the generation of “one”',
      'Pause the training of “two”',
      'Resume the generation of “three”',
    ]);
  });

  it('lists the newest fifty of a kind', () => {
    const sources = many(60) as unknown as Resources['sources'];
    const listed = commandsFor(client, { ...NONE, sources }, 'light').filter(
      ({ group }) => group === 'Sources',
    );
    expect([listed.length, listed[0]!.label, listed.at(-1)!.label]).toEqual([50, '59.csv', '10.csv']);
  });
});
