import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { formatPlural } from '../components/format';
import { Notice } from '../components/notice';
import { UserText } from '../components/table';
import { showToast } from '../components/toasts';
import { type CascadeItem, cascadeOf, type DeletedRef } from '../domain/cascade';
import { showError } from './actions';
import { useClient, useResources } from './client-context';
import { RESOURCE_KINDS } from './kinds';

/** What is said of one resource that goes alone. */
const LOST = {
  source: 'The copy of its file that Doppelgrid keeps is deleted, too.',
  generator: 'Its model is lost.',
  'synthetic-dataset': 'Its rows and its report are lost. Downloaded files stay.',
  report: 'Its rows stay, and the report can be written again while the source is there.',
  project: 'Everything in it goes. Downloaded files stay.',
} as const;

/** Items that a list names before it counts the rest. */
const MAX_NAMED = 8;

/** Asks before something is deleted: what goes with it, what stays and loses something. One for everything. */
export function DeleteDialog(props: {
  readonly refs: readonly DeletedRef[];
  readonly onClose: () => void;
  /** After it is gone. */
  readonly onDeleted?: () => void;
}) {
  const client = useClient();
  const { sources, generators, datasets, reports, projects } = useResources();
  const stock = { sources, generators, datasets, reports, projects };
  const { gone, stays, ends, blocked, projects: named } = cascadeOf(props.refs, stock);
  const [only] = props.refs;
  const isOne = props.refs.length === 1 && only !== undefined;
  const noun = isOne ? nounOf(only.kind) : `${props.refs.length} items`;
  const remove = async () => {
    props.onClose();
    try {
      await client.projects.delete(props.refs);
      if (props.onDeleted) props.onDeleted();
      else showToast(isOne ? `The ${noun} was deleted.` : `${noun} were deleted.`);
    } catch (error) {
      showError(error);
    }
  };
  // What goes with the one thing that is asked about is worth a list; the thing itself is in the title.
  const others = isOne ? gone.filter(({ id }) => id !== only.id) : gone;
  const title = isOne && only.kind === 'project' ? `Delete the project “${named[0] ?? ''}”?` : null;
  return (
    <Dialog
      title={title ?? (isOne ? `Delete this ${noun}?` : `Delete ${noun}?`)}
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
          {isOne && LOST[only.kind]} {ends.length > 0 && `This ends ${ends.join(', ')}.`} This cannot be
          undone.
        </p>
        {others.length > 0 && (
          <Items title={`${formatPlural(others.length, 'item')} deleted`} items={others} />
        )}
        {stays.length > 0 && (
          <Items title={`${formatPlural(stays.length, 'item')} kept, with a loss`} items={stays} />
        )}
      </div>
    </Dialog>
  );
}

function Items(props: { title: string; items: readonly (CascadeItem & { readonly loses?: string })[] }) {
  const more = props.items.length - MAX_NAMED;
  return (
    <section aria-label={props.title}>
      <h3 className="mb-1.5 font-medium">{props.title}</h3>
      <ul className="divide-y divide-line rounded-xl border border-line">
        {props.items.slice(0, MAX_NAMED).map(({ kind, id, name, loses }) => (
          <li key={`${kind} ${id}`} className="px-3 py-2">
            <div className="flex items-baseline justify-between gap-4">
              <UserText text={name} className="min-w-0 font-medium" />
              <span className="shrink-0 text-xs text-ink-soft">{RESOURCE_KINDS[kind].noun}</span>
            </div>
            {loses && <p className="text-ink-soft">{loses}</p>}
          </li>
        ))}
      </ul>
      {more > 0 && <p className="mt-1.5 text-ink-soft">and {more} more</p>}
    </section>
  );
}

function nounOf(kind: DeletedRef['kind']): string {
  return kind === 'project' ? 'project' : RESOURCE_KINDS[kind].noun;
}
