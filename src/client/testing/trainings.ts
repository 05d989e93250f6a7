/** Trainings that run until a test lets them go. */
import { expect } from 'vitest';
import type { Generator } from '../../domain/generators';
import type { Job } from '../../domain/job';
import type { DoppelgridClient } from '../api';
import { failed } from './client-of-each-test';
import type { pagesOfEachTest } from './pages-of-disk';

type Page = Pick<Awaited<ReturnType<ReturnType<typeof pagesOfEachTest>>>, 'client' | 'workers'>;

/** A generator that is set up. */
export async function draft({ client }: Pick<Page, 'client'>): Promise<Generator> {
  const source = await client.sources.create({ name: 'people.csv', text: `id,a\n${'1,x\n'.repeat(10)}` });
  return client.generators.create(client.generators.propose(source.id).config);
}

/** A training that runs until a test lets it go. */
export async function inTraining(page: Page) {
  const { id } = await draft(page);
  const release = page.workers.hold('train');
  const training = failed(page.client.generators.train(id));
  await expect.poll(() => page.client.generators.get(id).messages.length).toBe(1);
  return { id, training, release, job: jobOf(page.client, id) };
}

/** The newest job of a resource. */
export function jobOf(client: DoppelgridClient, resourceId: string): Job {
  return client.jobs.list({ resourceId }).at(-1)!;
}

/** Of a training. */
export const statusOf = (client: DoppelgridClient, id: string) => client.generators.get(id).trainingStatus;
