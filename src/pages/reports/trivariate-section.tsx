import { Section } from '../../components/card';
import { formatPercent } from '../../components/format';
import { ScrollArea } from '../../components/scroll-area';
import { ShowMore } from '../../components/show-more';
import { UserText } from '../../components/user-text';
import type { TrivariateScore } from '../../domain/reports';

/** Triples of columns, the least accurate first: where to look when something is off. */
export function TrivariateSection({ scores }: { scores: readonly TrivariateScore[] }) {
  if (scores.length === 0) return null;
  const worst = scores.toSorted((a, b) => a.accuracy - a.accuracyMax - (b.accuracy - b.accuracyMax));
  return (
    <Section
      id="report-trivariate"
      title="Trivariate accuracy"
      about="How well three columns together keep their shares, furthest below its reference first."
    >
      <ShowMore items={worst} portion={10} noun="triples">
        {(shown) => (
          <ScrollArea
            label="Accuracy of triples"
            className="overflow-x-auto rounded-xl border border-line bg-card"
          >
            <table className="w-full text-left text-sm">
              <thead className="bg-sunken text-ink-soft">
                <tr>
                  <th scope="col" className="px-4 py-2 font-medium">
                    Columns
                  </th>
                  <th scope="col" className="px-3 py-2 text-right font-medium">
                    Accuracy
                  </th>
                  <th scope="col" className="px-4 py-2 text-right font-medium">
                    Fresh rows
                  </th>
                </tr>
              </thead>
              <tbody>
                {shown.map((score) => (
                  <tr key={score.columns.join('\n')} className="border-t border-line/70">
                    <td className="px-4 py-1.5">
                      <span className="flex flex-wrap gap-x-2">
                        {score.columns.map((column, index) => (
                          <span key={column} className="inline-flex max-w-48 gap-2">
                            {index > 0 && <span className="text-ink-soft">×</span>}
                            <UserText text={column} />
                          </span>
                        ))}
                      </span>
                    </td>
                    <td className="px-3 py-1.5 whitespace-nowrap text-right font-medium">
                      {formatPercent(score.accuracy)}
                    </td>
                    <td className="px-4 py-1.5 whitespace-nowrap text-right text-ink-soft">
                      {formatPercent(score.accuracyMax)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollArea>
        )}
      </ShowMore>
    </Section>
  );
}
