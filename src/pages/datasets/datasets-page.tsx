import { Plus } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { Button } from '../../components/button';
import { formatPlural } from '../../components/format';
import { EmptyState } from '../../components/notice';
import { UserText } from '../../components/table';
import { showError } from '../actions';
import { useClient, useResources } from '../client-context';
import { PageHeading } from '../resource-page';

/** Bundles of sources, newest first, and the way to make one. */
export function DatasetsPage() {
  const client = useClient();
  const [, navigate] = useLocation();
  const { sourceDatasets } = useResources();
  const create = () => {
    try {
      navigate(`/datasets/${client.datasets.create({ name: 'New dataset' }).id}`);
    } catch (error) {
      showError(error);
    }
  };
  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <PageHeading title="Datasets" />
        <Button variant="primary" icon={Plus} onClick={create}>
          New dataset
        </Button>
      </div>
      <p className="mt-1 max-w-2xl text-sm text-ink-soft">
        A dataset bundles sources that belong together, with a description and instructions for whoever uses
        them. Rows that a generator draws are synthetic datasets, and stand elsewhere.
      </p>
      <div className="mt-6">
        {sourceDatasets.length === 0 ? (
          <EmptyState>No sources are bundled yet.</EmptyState>
        ) : (
          <ul className="divide-y divide-line rounded-xl border border-line bg-card text-sm">
            {sourceDatasets.toReversed().map(({ id, name, description, sourceIds }) => (
              <li
                key={id}
                className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 py-3"
              >
                <span className="min-w-0 flex-1 basis-60">
                  <Link href={`/datasets/${id}`} className="font-medium hover:text-accent">
                    <UserText text={name} />
                  </Link>
                  {description && (
                    <span className="line-clamp-2 text-ink-soft">
                      <bdi>{description}</bdi>
                    </span>
                  )}
                </span>
                <span className="text-ink-soft">{formatPlural(sourceIds.length, 'source')}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
