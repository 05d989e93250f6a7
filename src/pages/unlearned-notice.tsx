import { FoldedLine } from '../components/folded-line';
import type { GeneratorColumn } from '../domain/generators';
import { unlearnedSentence, writtenSentences } from '../domain/unlearned-words';

/** Which columns are not learned, in a line that unfolds into how they are written instead; nothing if all are. */
export function UnlearnedNotice({
  columns,
  className,
}: {
  readonly columns: readonly Pick<GeneratorColumn, 'name' | 'decision'>[];
  readonly className?: string;
}) {
  const sentence = unlearnedSentence(columns);
  if (sentence === null) return null;
  return (
    <FoldedLine title={sentence} className={className ?? ''}>
      <ul className="space-y-0.5 text-ink-soft">
        {writtenSentences(columns).map((line) => (
          <li key={line} className="break-words">
            <bdi>{line}</bdi>
          </li>
        ))}
      </ul>
    </FoldedLine>
  );
}
