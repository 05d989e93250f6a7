import { Play } from 'lucide-react';
import { preferences } from '../../client/preferences';
import { Button } from '../../components/button';
import { Facts } from '../../components/card';
import { CheckField } from '../../components/field';
import { formatCount } from '../../components/format';
import { Notice } from '../../components/notice';
import type { Generator } from '../../domain/generators';
import { onlyTable } from '../../domain/only-table';
import type { Source } from '../../domain/sources';
import { trainGenerator } from '../actions';
import { useClient } from '../client-context';
import { usePreferences } from '../use-preferences';

/** A generator with a trained model to go on from: nothing is left to set. */
export function ContinueView({ generator, source }: { generator: Generator; source: Source | undefined }) {
  const client = useClient();
  const { goesOn } = usePreferences();
  if (!source) {
    return (
      <Notice tone="warning">
        The rows that it was to be trained on were deleted. Delete it, and train the generator that it goes on
        from further on a version that is there.
      </Notice>
    );
  }
  const { base } = onlyTable(generator);
  return (
    <>
      <div className="flex flex-wrap items-center gap-4 rounded-xl border border-line bg-card p-4">
        <Button variant="primary" icon={Play} onClick={() => void trainGenerator(client, generator.id)}>
          Train further
        </Button>
        <CheckField
          label="Then generate rows and their report"
          value={goesOn}
          onChange={(on) => preferences.set({ goesOn: on })}
        />
        <p className="basis-full text-sm text-ink-soft">
          The training starts from the weights of “<bdi>{generator.continues?.name}</bdi>” and keeps its
          columns, encodings and settings. Rows that were held back from that model are held back from this
          one.
        </p>
      </div>
      <div className="mt-6">
        <Facts
          items={[
            ['Rows', formatCount(onlyTable(source).rowCount)],
            ['Learned columns', formatCount(learnedColumns(base?.columns ?? []))],
            ['Source', <bdi key="source">{source.fileName ?? source.name}</bdi>],
          ]}
        />
      </div>
    </>
  );
}

function learnedColumns(columns: Generator['tables'][number]['columns']): number {
  return columns.filter(({ decision }) => decision.role === 'feature').length;
}
