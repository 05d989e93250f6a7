import type { Evaluated } from '../../domain/evaluations';

/** How the files of a report differ, and what could not be computed. */
export function FileNotes({ evaluated }: { evaluated: Evaluated }) {
  const { differences, notComputed } = evaluated;
  return (
    <>
      <SentenceList title="How the files differ" sentences={differences} />
      <SentenceList title="Not computed, and why" sentences={notComputed} />
    </>
  );
}

/** Sentences under a heading; nothing where there are none. */
export function SentenceList({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <section aria-label={title} className="mt-4 rounded-xl border border-line bg-sunken p-4 text-sm">
      <h3 className="mb-1 font-medium">{title}</h3>
      <ul className="list-disc space-y-1 pl-5 break-words">
        {sentences.map((sentence) => (
          <li key={sentence}>
            <bdi>{sentence}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
