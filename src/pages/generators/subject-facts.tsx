import { Users } from 'lucide-react';
import { namesInWords, peopleInWords } from '../../domain/subject-words';
import type { Subject } from '../../domain/subjects';

interface SubjectFactsProps {
  /** Whose rows are whose; null = every row is a person of its own. */
  readonly subject: Subject | null;
  /** Names of the columns of which every value is invented. */
  readonly regenerated: readonly string[];
  readonly isDeclared: boolean;
}

/** Whose rows a table holds and what follows from it, in words. */
export function SubjectFacts({ subject, regenerated, isDeclared }: SubjectFactsProps) {
  if (!subject) {
    return (
      <p className="text-sm text-ink-soft">
        {isDeclared ? 'One row per person, as you chose.' : 'One row per person is assumed.'}
      </p>
    );
  }
  const { columns, constant, source, isSure } = subject;
  const others = constant.filter((name) => !regenerated.includes(name) && !columns.includes(name));
  const facts: readonly (readonly [string, string])[] = [
    [
      `Rows share${source === 'declared' ? ', as you chose' : isSure ? '' : ', it seems'}`,
      namesInWords(columns),
    ],
    ['In the table', peopleInWords(subject)],
    ...fact('The same in all rows of one', others),
  ];
  return (
    <div className="flex min-w-0 gap-3 text-sm">
      <Users aria-hidden="true" size={18} className="mt-0.5 shrink-0 text-accent" />
      <dl className="min-w-0 space-y-1.5">
        {facts.map(([term, text]) => (
          <div key={term}>
            <dt className="inline text-ink-soft">{term}: </dt>
            <dd className="inline font-medium break-words">
              <bdi>{text}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function fact(term: string, names: readonly string[]): [string, string][] {
  return names.length > 0 ? [[term, namesInWords(names)]] : [];
}
