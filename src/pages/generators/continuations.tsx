import { Link } from 'wouter';
import { Section } from '../../components/card';
import { formatFixed } from '../../components/format';
import { UserText } from '../../components/table';
import type { Generator } from '../../domain/generators';
import { useResources } from '../client-context';
import { STATUS_NAMES } from '../job-words';

/** What a model was trained further from, and what went on from it. */
export function Continuations({ generator }: { generator: Generator }) {
  const { generators } = useResources();
  const { continues, id } = generator;
  const by = generators.filter((other) => other.continues?.generatorId === id);
  if (!continues && by.length === 0) return null;
  const from = generators.find((other) => other.id === continues?.generatorId);
  return (
    <Section title="Trainings that go on from each other">
      <ul className="divide-y divide-line rounded-xl border border-line bg-card text-sm">
        {continues &&
          (from ? (
            <Entry what="Went on from" generator={from} />
          ) : (
            <li className="px-4 py-3">
              <span className="text-ink-soft">Went on from</span> <UserText text={continues.name} />, which
              was deleted
            </li>
          ))}
        {by.map((other) => (
          <Entry key={other.id} what="Trained further as" generator={other} />
        ))}
      </ul>
    </Section>
  );
}

function Entry({ what, generator }: { what: string; generator: Generator }) {
  const loss = generator.summary?.passes?.validationLoss;
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 py-3">
      <span className="min-w-0">
        <span className="text-ink-soft">{what}</span>{' '}
        <Link
          href={`/generators/${generator.id}`}
          className="font-medium text-accent underline underline-offset-2"
        >
          <UserText text={generator.config.name} />
        </Link>
      </span>
      <span className="text-ink-soft">
        {STATUS_NAMES[generator.trainingStatus]}
        {loss !== null && loss !== undefined && `, validation loss ${formatFixed(loss, 3)}`}
      </span>
    </li>
  );
}
