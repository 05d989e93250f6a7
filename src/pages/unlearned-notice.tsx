import { Notice } from '../components/notice';
import type { GeneratorColumn } from '../domain/generators';
import { unlearnedSentence, writtenSentences } from '../domain/unlearned-words';

/** Which columns are not learned, and how they are written instead; nothing if all are. */
export function UnlearnedNotice({
  columns,
  className = 'mt-4',
}: {
  readonly columns: readonly Pick<GeneratorColumn, 'name' | 'decision'>[];
  readonly className?: string;
}) {
  const sentence = unlearnedSentence(columns);
  if (sentence === null) return null;
  return (
    <Notice className={className}>
      <p className="font-medium">
        <bdi>{sentence}</bdi>
      </p>
      <ul className="mt-1 space-y-0.5 text-ink-soft">
        {writtenSentences(columns).map((line) => (
          <li key={line}>
            <bdi>{line}</bdi>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
