import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { formatPlural } from '../components/format';
import { Notice } from '../components/notice';
import { showToast } from '../components/toasts';
import { type CascadeItem, cascadeOf, type DeletedRef } from '../domain/cascade';
import type { ProgressStatus } from '../domain/job';
import { LISTED_KINDS } from '../domain/resource-list';
import { showError } from './actions';
import { type Resources, useClient, useResources } from './client-context';
import { RESOURCE_KINDS } from './kinds';

/** What is said of one resource that goes alone. */
const LOST = {
  source: 'The copy of its file that Doppelgrid keeps is deleted, too.',
  version: 'The copy of its file that Doppelgrid keeps is deleted, too.',
  dataset: 'Its description and instructions are lost. Its sources stay.',
  generator: 'Its model is lost.',
  'synthetic-dataset': 'Its rows and its report are lost. Downloaded files stay.',
  report: 'Its rows stay, and the report can be written again while the source is there.',
  recipe: 'All its versions are lost. What was made by it stays, and so do exported files.',
  connector: 'What it leads to stays as it is: folders, files and databases are not touched.',
  project: 'Everything in it goes. Downloaded files stay.',
} as const;

/** Generators without a model of their own. */
const UNTRAINED: ReadonlySet<ProgressStatus> = new Set(['NEW', 'CONTINUE', 'FAILED', 'CANCELED']);

/** Items of a kind that are named before the rest is counted. */
const MAX_NAMED = 4;

/** Asks before something is deleted: what goes with it, what stays and loses something. One for everything. */
export function DeleteDialog(props: {
  readonly refs: readonly DeletedRef[];
  readonly onClose: () => void;
  /** After it is gone. */
  readonly onDeleted?: () => void;
}) {
  const client = useClient();
  const stock = useResources();
  const { gone, stays, ends, blocked, projects: named } = cascadeOf(props.refs, stock);
  const [only] = props.refs;
  const isOne = props.refs.length === 1 && only !== undefined;
  const noun = isOne ? nounOf(only) : `${props.refs.length} items`;
  const remove = async () => {
    props.onClose();
    try {
      await client.projects.delete(props.refs);
      if (props.onDeleted) props.onDeleted();
      else {
        const one = isOne && only.kind === 'version' ? `V${noun.slice(1)}` : `The ${noun}`;
        showToast(isOne ? `${one} was deleted.` : `${noun} were deleted.`);
        // The button that asked goes with its line: the keyboard goes on from the page.
        document.getElementById('main')?.focus({ preventScroll: true });
      }
    } catch (error) {
      showError(error);
    }
  };
  // What goes with the one thing that is asked about is worth a list; the thing itself is in the title.
  const others = isOne ? gone.filter(({ id }) => id !== only.id) : gone;
  const titles: Partial<Record<DeletedRef['kind'], string>> = {
    project: `Delete the project “${named[0] ?? ''}”?`,
    version: `Delete ${noun}?`,
  };
  return (
    <Dialog
      title={(isOne && titles[only.kind]) || (isOne ? `Delete this ${noun}?` : `Delete ${noun}?`)}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>Keep {isOne ? 'it' : 'them'}</Button>
          <Button variant="danger" disabled={blocked !== null} onClick={() => void remove()}>
            Delete
          </Button>
        </>
      }
    >
      <div className="space-y-4 text-sm">
        {blocked !== null && <Notice tone="error">{blocked}</Notice>}
        <p className="text-ink-soft">
          {isOne && lostWith(only, stock)} {ends.length > 0 && `This ends ${ends.join(', ')}.`} This cannot be
          undone.
        </p>
        {others.length > 0 && <Items title={isOne ? 'Goes with it' : 'Goes'} items={others} />}
        {stays.length > 0 && <Items title="Stays, with a loss" items={stays} />}
      </div>
    </Dialog>
  );
}

interface Item extends CascadeItem {
  readonly loses?: string;
}

/** Items by their kind and what they lose. */
function Items({ title, items }: { title: string; items: readonly Item[] }) {
  const groups = new Map<string, Item[]>();
  // What others are made of first.
  for (const kind of LISTED_KINDS)
    for (const item of items)
      if (item.kind === kind) {
        const key = `${kind} ${item.loses}`;
        groups.set(key, [...(groups.get(key) ?? []), item]);
      }
  return (
    <section aria-label={title}>
      <h3 className="mb-1.5 font-medium">{title}</h3>
      <ul className="divide-y divide-line rounded-xl border border-line">
        {[...groups].map(([key, [first, ...more]]) => (
          <li key={key} className="px-3 py-2">
            <p className="break-words">
              <span className="font-medium">
                {formatPlural(more.length + 1, RESOURCE_KINDS[first!.kind].noun)}:
              </span>{' '}
              <bdi>{namesOf([first!, ...more])}</bdi>
            </p>
            {first!.loses && <p className="text-ink-soft">{first!.loses}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "a, b and 3 more". */
function namesOf(items: readonly Item[]): string {
  const named = items.slice(0, MAX_NAMED).map(({ name }) => name);
  const more = items.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** What is lost with the one thing that is deleted: without model or rows, its settings alone. */
function lostWith(
  { kind, id }: DeletedRef,
  { generators, datasets }: Pick<Resources, 'generators' | 'datasets'>,
) {
  const generator = generators.find((each) => each.id === id);
  const dataset = datasets.find((each) => each.id === id);
  const isEmpty = generator ? UNTRAINED.has(generator.trainingStatus) : dataset && dataset.summary === null;
  return isEmpty ? 'Its settings are lost.' : LOST[kind];
}

function nounOf(ref: DeletedRef): string {
  if (ref.kind === 'version') return `version ${ref.number}`;
  return ref.kind === 'project' ? 'project' : RESOURCE_KINDS[ref.kind].noun;
}
