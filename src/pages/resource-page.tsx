import { type ReactNode, useEffect, useRef } from 'react';
import { Notice } from '../components/notice';
import { type RailStep, StepRail } from '../components/step-rail';
import { type Chain, chainOf, type Place } from './chain';
import { useResources } from './client-context';

/** The frame of every page about one resource: step rail, heading, actions. */
export function ResourcePage(props: {
  readonly place: Place;
  readonly eyebrow: string;
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const chain = chainOf(props.place, useResources());
  return (
    <>
      <StepRail steps={railSteps(chain, props.place.kind)} />
      <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
        <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
          <div className="min-w-0 max-w-2xl">
            <p className="text-sm font-medium text-accent">{props.eyebrow}</p>
            <PageHeading title={props.title} />
            {props.about && <div className="mt-1 text-sm text-ink-soft">{props.about}</div>}
          </div>
          {props.actions && <div className="no-print flex flex-wrap gap-2">{props.actions}</div>}
        </div>
        <div className="mt-6">{props.children}</div>
      </div>
    </>
  );
}

/** The one h1 of a page; takes the focus when the page opens, so that a screen reader starts there. */
export function PageHeading({ title }: { title: string }) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Doppelgrid`;
    ref.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <h1
      ref={ref}
      tabIndex={-1}
      className="line-clamp-2 text-2xl font-semibold break-words sm:text-3xl"
      title={title}
    >
      <bdi>{title}</bdi>
    </h1>
  );
}

/** What a link to something that is gone leads to. */
export function GonePage({ what }: { what: string }) {
  return (
    <div className="mx-auto max-w-2xl px-4 py-16">
      <PageHeading title={`This ${what} is gone`} />
      <div className="mt-4">
        <Notice
          actions={
            <a href="#/" className="font-medium text-accent underline">
              Back to the start
            </a>
          }
        >
          It was deleted, or the page was reloaded since. Doppelgrid keeps nothing beyond this tab.
        </Notice>
      </div>
    </div>
  );
}

function railSteps(chain: Chain, at: Place['kind']): RailStep[] {
  const to = (folder: string, id: string | null) => (id === null ? null : `/${folder}/${id}`);
  return [
    {
      label: 'Source',
      to: to('sources', chain.sourceId),
      current: at === 'source',
      hint: 'the source was deleted',
    },
    {
      label: 'Generator',
      to: to('generators', chain.generatorId),
      current: at === 'generator',
      hint: 'synthesize or configure first',
    },
    {
      label: 'Synthetic dataset',
      to: to('synthetic-datasets', chain.datasetId),
      current: at === 'dataset',
      hint: 'train the generator first',
    },
    {
      label: 'Report',
      to: to('reports', chain.reportId),
      current: at === 'report',
      hint: 'generate a dataset with a report first',
    },
  ];
}
