import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { ButtonLink } from '../components/button';
import { EditableText } from '../components/editable-text';
import { formatMoment } from '../components/format';
import { StepRail } from '../components/step-rail';
import { showToast } from '../components/toasts';
import type { Naming } from '../domain/naming';
import { showError } from './actions';
import { useClient, useResources } from './client-context';
import { type ListedRef, refOf } from './delete-button';
import { RESOURCE_KINDS } from './kinds';
import { lineageOf, type ResourceRef } from './lineage';
import { usePageTitle } from './page-title';
import { shelfOf } from './resource-actions';
import { ResourceFooter } from './resource-footer';

/** Kinds of resources in the order in which one is made of the other. */
const KINDS = {
  source: {
    title: 'Source',
    folder: 'sources',
    locked: 'the source is not here',
  },
  generator: {
    title: 'Generator',
    folder: 'generators',
    locked: 'synthesize or configure first',
  },
  dataset: {
    title: 'Synthetic dataset',
    folder: 'synthetic-datasets',
    locked: 'train the generator first',
  },
  report: {
    title: 'Report',
    folder: 'reports',
    locked: 'generate a dataset with a report first',
  },
} as const;

/** Path of the page of a resource. */
export function pathOf({ kind, id }: ResourceRef): string {
  return `/${KINDS[kind].folder}/${id}`;
}

/** The frame of the pages about what is made one of the other: step rail, heading, actions, and the way to delete it. */
export function ResourcePage(props: {
  readonly resource: ResourceRef;
  readonly title: string;
  readonly about?: ReactNode;
  readonly description?: string | undefined;
  /** The page has a field for the name. */
  readonly isNamedBelow?: boolean;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const { resource, children, ...heading } = props;
  const lineage = lineageOf(resource, useResources());
  const steps = (Object.keys(KINDS) as ResourceRef['kind'][]).map((kind) => {
    const id = lineage[kind];
    return {
      label: KINDS[kind].title,
      to: id === null ? null : pathOf({ kind, id }),
      current: kind === resource.kind,
      hint: KINDS[kind].locked,
    };
  });
  return (
    <>
      <StepRail steps={steps} />
      <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
        <ResourceHeading {...heading} resource={refOf(resource)} above={KINDS[resource.kind].title} />
        <div className="mt-6">{children}</div>
        <ResourceFooter resource={refOf(resource)} name={props.title} />
      </div>
    </>
  );
}

/** What a page about a resource begins with: its kind, its name and description to be edited, and what can be done. */
export function ResourceHeading(props: {
  readonly resource: ListedRef;
  /** What the kind is called; by default a link to the list of all. */
  readonly above?: ReactNode;
  readonly title: string;
  readonly about?: ReactNode;
  readonly description?: string | undefined;
  readonly isNamedBelow?: boolean;
  readonly actions?: ReactNode;
}) {
  const { resource, description = '' } = props;
  const rename = useRename(resource);
  const { title: list, path } = RESOURCE_KINDS[resource.kind];
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div className="min-w-0 max-w-2xl">
        <p className="text-sm font-medium text-accent">
          {props.above ?? (
            <Link href={path} className="hover:underline">
              {list}
            </Link>
          )}
        </p>
        {props.isNamedBelow || resource.kind === 'report' ? (
          <PageHeading title={props.title} />
        ) : (
          <EditableText
            what="name"
            value={props.title}
            maxLength={256}
            isRequired
            onSave={(name) => rename({ name }, `Renamed to “${name}”.`, { name: props.title })}
          >
            <PageHeading title={props.title} isEdited />
          </EditableText>
        )}
        {props.about && <div className="mt-1 text-sm text-ink-soft">{props.about}</div>}
        {resource.kind !== 'report' && (
          <div className="mt-2">
            <EditableText
              what="description"
              value={description}
              maxLength={4000}
              multiline
              onSave={(text) =>
                rename({ description: text }, 'The description was changed.', { description })
              }
            >
              {description !== '' && (
                <p className="min-w-0 text-sm whitespace-pre-line break-words">
                  <bdi>{description}</bdi>
                </p>
              )}
            </EditableText>
            <ResourceTimes resource={resource} />
          </div>
        )}
      </div>
      {props.actions && <div className="no-print flex flex-wrap gap-2">{props.actions}</div>}
    </div>
  );
}

/** Renames or describes a resource, and offers the way back. */
function useRename({ kind, id }: ListedRef) {
  const client = useClient();
  return (naming: Naming, done: string, before: Naming) => {
    if (kind === 'report') return;
    const { rename } = shelfOf(client, kind);
    try {
      rename(id, naming);
      const undo = () => {
        try {
          rename(id, before);
        } catch (error) {
          showError(error);
        }
      };
      showToast(done, 'info', { label: 'Undo', run: undo });
    } catch (error) {
      showError(error);
    }
  };
}

/** When a resource was made and changed. */
function ResourceTimes({ resource }: { resource: ListedRef }) {
  const client = useClient();
  const times = client.workspace.times(resource);
  if (!times) return null;
  const [created, updated] = [formatMoment(times.createdAt), formatMoment(times.updatedAt)];
  return (
    <p className="mt-1 text-xs text-ink-soft">
      Created {created}
      {updated !== created && `, changed ${updated}`}
    </p>
  );
}

/** The one h1 of a page; takes the focus when the page opens, so that a screen reader starts there. */
export function PageHeading({ title, isEdited = false }: { title: string; isEdited?: boolean }) {
  const ref = useRef<HTMLHeadingElement>(null);
  // A title that is edited changes under the hands of a person, whose focus is elsewhere.
  const page = isEdited ? null : title;
  usePageTitle(`${title} – Doppelgrid`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title is another page
  useEffect(() => {
    ref.current?.focus({ preventScroll: true });
  }, [page]);
  return (
    <h1
      ref={ref}
      tabIndex={-1}
      className="line-clamp-2 min-w-0 text-2xl font-semibold break-words sm:text-3xl"
      title={title}
    >
      <bdi>{title}</bdi>
    </h1>
  );
}

/** What a link to something that is gone leads to. */
export function GonePage({ what }: { what: string }) {
  return (
    <NothingHere title={`This ${what} is gone`}>
      It was deleted, or made in a private session that is over.
    </NothingHere>
  );
}

/** What an address that no page has leads to. */
export function UnknownPage() {
  return (
    <NothingHere title="There is no page here">
      The address may be mistyped. Nothing of your work is lost.
    </NothingHere>
  );
}

function NothingHere({ title, children }: { title: string; children: string }) {
  return (
    <div className="mx-auto max-w-2xl px-4 py-16">
      <PageHeading title={title} />
      <p className="mt-2 mb-5 text-sm text-ink-soft">{children}</p>
      <ButtonLink to="/">Back to the start</ButtonLink>
    </div>
  );
}
