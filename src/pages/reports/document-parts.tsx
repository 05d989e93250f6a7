/** What documents are made of that are written to files. */
import type { ReactNode } from 'react';

/** A line of a table. */
export type Row = readonly ReactNode[];

/** A titled part of the document. */
export function Part(props: {
  readonly title: string;
  readonly about?: string;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={props.title}>
      <h2>{props.title}</h2>
      {props.about && <p className="soft">{props.about}</p>}
      {props.children}
    </section>
  );
}

/** A table. */
export function Grid(props: {
  readonly head: readonly string[];
  readonly rows: readonly Row[];
  readonly className?: string;
}) {
  const { head, rows } = props;
  return (
    <table className={props.className}>
      <thead>
        <tr>
          {head.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change
          <tr key={number}>
            {row.map((content, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <td key={column}>{isPlain(content) ? content : <bdi>{content}</bdi>}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Figures need no isolation from the direction of what stands beside them. */
function isPlain(content: ReactNode): boolean {
  return typeof content === 'string' && !/\p{L}/u.test(content);
}
