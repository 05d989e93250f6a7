import { act, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ProjectOverview } from '../../client/api';
import { type Generator, GeneratorConfig } from '../../domain/generators';
import type { Job } from '../../domain/job';
import type { SyntheticDataset } from '../../domain/synthetic-datasets';
import { type ClientParts, renderPage } from '../testing/render-page';
import { JobsPage } from './jobs-page';

const JOB: Job = {
  id: 'j1',
  kind: 'training',
  resource: { kind: 'generator', id: 'g1', name: 'people' },
  status: 'IN_PROGRESS',
  waitsFor: null,
  steps: [
    {
      code: 'TRAIN_MODEL',
      status: 'IN_PROGRESS',
      value: 5,
      max: 10,
      unit: 'epochs',
      elapsed: 4,
      remaining: 4,
    },
  ],
  messages: [],
  notices: ['A sentence.'],
  isStopping: false,
  error: null,
  createdAt: Date.now(),
  startedAt: Date.now(),
  endedAt: null,
};
const FAILED: Job = { ...JOB, id: 'j2', status: 'FAILED', error: 'The numbers broke.', endedAt: Date.now() };
const READ: Job = {
  ...JOB,
  id: 'j3',
  kind: 'import',
  resource: { kind: 'source', id: 's1', name: 'gone.csv' },
  status: 'DONE',
  endedAt: Date.now(),
};

/** What the job works on. @param settings of its model */
function trained(settings: object, fields: Partial<Generator> = {}): Generator {
  const config = GeneratorConfig.parse({
    name: 'people',
    tables: [{ name: 't', sourceId: 's', tableId: 't', columns: [], tabularModelConfiguration: settings }],
  });
  return { id: 'g1', config, trainingStatus: 'IN_PROGRESS', ...fields } as Generator;
}

function page(jobs: Job[], parts: ClientParts = {}) {
  return renderPage(<JobsPage />, { jobs: { list: () => jobs, ...parts.jobs }, ...parts });
}
const names = () => screen.queryAllByRole('heading', { level: 2 }).map((heading) => heading.textContent);

describe('JobsPage', () => {
  afterEach(() => vi.restoreAllMocks());

  it('says that nothing has run yet', () => {
    page([]);
    expect(screen.getByText(/Nothing has run yet/)).toBeTruthy();
    expect(screen.queryByLabelText('Kind')).toBeNull();
  });

  it('lists the newest first, with what became of each', () => {
    page([READ, FAILED, JOB], { generators: { list: () => [trained({})] } });
    expect(names()).toEqual(['Training of people', 'Training of people', 'Import of gone.csv']);
    const [running, failed, read] = within(screen.getByRole('list', { name: 'Jobs' })).getAllByRole(
      'listitem',
    );
    expect(within(running!).getByRole('progressbar').getAttribute('aria-valuenow')).toBe('43');
    expect(within(running!).getByRole('link').getAttribute('href')).toBe('#/generators/g1');
    expect(failed!.textContent).toContain('The numbers broke.');
    expect(within(read!).queryByRole('link')).toBeNull();
    expect(read!.textContent).toContain('what it made was deleted');
  });

  it('finds by name, kind and status', () => {
    page([READ, FAILED, JOB]);
    fireEvent.change(screen.getByLabelText('Kind'), { target: { value: 'import' } });
    expect(names()).toEqual(['Import of gone.csv']);
    expect(screen.getByText('1 job of 3')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'PEOPLE' } });
    expect(screen.getByText(/No job matches/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(names()).toHaveLength(3);
    fireEvent.change(screen.getByLabelText('Status'), { target: { value: 'under-way' } });
    expect(screen.getByText('1 job of 3')).toBeTruthy();
  });

  it('finds by project where there are several', () => {
    const projects = ['p', 'q'].map((id) => ({ id, name: `Project ${id}` }) as ProjectOverview);
    page([READ, JOB], {
      generators: { list: () => [trained({}, { projectId: 'p' })] },
      projects: { list: () => projects },
    });
    const project = screen.getByLabelText('Project');
    fireEvent.change(project, { target: { value: 'p' } });
    expect(names()).toEqual(['Training of people']);
    fireEvent.change(project, { target: { value: 'q' } });
    expect(screen.getByText(/No job matches/)).toBeTruthy();
  });

  it('shows thirty, and older ones when asked', () => {
    page(Array.from({ length: 31 }, (_, i) => ({ ...READ, id: String(i) })));
    expect(names()).toHaveLength(30);
    fireEvent.click(screen.getByRole('button', { name: 'Show older jobs' }));
    expect(names()).toHaveLength(31);
  });

  it('cancels, and stops a training that has a model to keep', () => {
    const cancel = vi.fn(async () => undefined);
    const stop = vi.fn(async () => undefined);
    const kept = { ...JOB, messages: [{ isCheckpoint: true }] as unknown as Job['messages'] };
    page([JOB, { ...kept, id: 'j4' }], {
      jobs: { list: () => [JOB, { ...kept, id: 'j4' }], cancel },
      generators: { list: () => [], stop },
    });
    const stops = screen.getAllByRole('button', { name: 'Stop and keep the training of people' });
    expect(stops).toHaveLength(1);
    fireEvent.click(stops[0]!);
    expect(stop).toHaveBeenCalledWith('g1');
    fireEvent.click(screen.getAllByRole('button', { name: 'Cancel the training of people' })[1]!);
    expect(cancel).toHaveBeenCalledWith('j1');
  });

  it('pauses what can go on later: no private training that has begun', () => {
    const pause = vi.fn(async () => undefined);
    const settings = { differentialPrivacy: { maxEpsilon: 2, delta: 1e-5 } };
    const named = { name: 'Pause the training of people' };
    const { unmount } = page([JOB], {
      jobs: { list: () => [JOB], pause },
      generators: { list: () => [trained({})] },
    });
    fireEvent.click(screen.getByRole('button', named));
    expect(pause).toHaveBeenCalledWith('j1');
    unmount();
    const isPrivate = { list: () => [trained(settings)] };
    const { unmount: close } = page([JOB], { generators: isPrivate });
    expect(screen.queryByRole('button', named)).toBeNull();
    close();
    page([{ ...JOB, status: 'QUEUED', waitsFor: 'the training of “others”' }], { generators: isPrivate });
    expect(screen.getByRole('button', named)).toBeTruthy();
  });

  it('says of what is on hold from where it goes on, resumes and discards it', async () => {
    const [resume, cancel] = [vi.fn(async () => trained({})), vi.fn(async () => undefined)];
    const held = { ...JOB, status: 'ON_HOLD', error: 'It was interrupted.', endedAt: Date.now() } as const;
    const checkpoint = { files: [], app: '1', at: 1, value: 12, unit: 'epochs' } as const;
    page([held], {
      jobs: { list: () => [held], cancel },
      generators: {
        list: () => [trained({}, { trainingStatus: 'ON_HOLD', checkpoint })],
        resume,
        setGoesOn: () => undefined,
        get: () => trained({}),
      },
    });
    expect(
      screen.getByText(
        'The training of “people” was interrupted when its page was closed, at 43 %. It goes on after epoch 12.',
      ),
    ).toBeTruthy();
    await act(async () =>
      fireEvent.click(screen.getByRole('button', { name: 'Resume the training of people' })),
    );
    expect(resume).toHaveBeenCalledWith('g1');
    fireEvent.click(screen.getByRole('button', { name: 'Discard the training of people' }));
    expect(cancel).toHaveBeenCalledWith('j1');
  });

  it('tries again what failed, and nothing that has been tried again since', async () => {
    const train = vi.fn(async () => ({}) as Generator);
    const generators = (trainingStatus: Generator['trainingStatus']) => ({
      list: () => [{ id: 'g1', trainingStatus } as Generator],
      train,
      setGoesOn: () => undefined,
    });
    const { unmount } = page([FAILED], { generators: generators('DONE') });
    expect(screen.queryByRole('button', { name: /again/ })).toBeNull();
    unmount();
    page([FAILED], { generators: generators('FAILED') });
    await act(async () =>
      fireEvent.click(screen.getByRole('button', { name: 'Try the training of people again' })),
    );
    expect(train).toHaveBeenCalledWith('g1');
  });

  it('hands over the file of an export that is tried again, and says what an import needs', async () => {
    const createObjectURL = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:1');
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    const retry = vi.fn(async () => new File(['x'], 'people-generator.zip'));
    const lost = { ...FAILED, kind: 'export' } as const;
    page([lost, { ...READ, status: 'FAILED' }], {
      jobs: { list: () => [lost, { ...READ, status: 'FAILED' }], retry },
      generators: { list: () => [{ id: 'g1', trainingStatus: 'DONE' } as Generator] },
    });
    expect(screen.getByText('To try again, bring the file in again.')).toBeTruthy();
    await act(async () =>
      fireEvent.click(screen.getByRole('button', { name: 'Try the export of people again' })),
    );
    expect(retry).toHaveBeenCalledWith('j2');
    expect(createObjectURL).toHaveBeenCalledTimes(1);
  });

  it('generates again what was cancelled', async () => {
    const generate = vi.fn(async () => ({}) as SyntheticDataset);
    const resource = { kind: 'synthetic-dataset', id: 'd1', name: 'rows' } as const;
    const dataset = { id: 'd1', generationStatus: 'CANCELED' } as SyntheticDataset;
    page([{ ...FAILED, kind: 'generation', resource, status: 'CANCELED' }], {
      syntheticDatasets: { list: () => [dataset], generate },
    });
    await act(async () =>
      fireEvent.click(screen.getByRole('button', { name: 'Try the generation of rows again' })),
    );
    expect(generate).toHaveBeenCalledWith('d1');
  });

  it('gives the log to read and to keep', async () => {
    const saved: [string, Blob][] = [];
    const blobs: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => `blob:${blobs.push(file as Blob)}`);
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push([this.download, blobs.at(-1)!]);
    });
    page([FAILED]);
    const details = screen.getByText(/^Log/).closest('details')!;
    await act(async () => {
      details.open = true;
      fireEvent(details, new Event('toggle'));
    });
    expect(screen.getByRole('region', { name: 'Log of the training of people' }).textContent).toContain(
      'A sentence.',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Download the log' }));
    expect(saved[0]![0]).toBe('people-training-log.txt');
    expect(await saved[0]![1].text()).toContain('The numbers broke.');
  });
});
