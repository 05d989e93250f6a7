import { ShowMore } from '../../components/show-more';
import { UserText } from '../../components/table';
import { type HiddenValues, hiddenSentence } from '../../domain/hidden-values';

/**
 * What value protection hid, a line for each column.
 * @param least lowest threshold of rarity that a column may have
 */
export function HiddenList({ hidden, least = 5 }: { hidden: readonly HiddenValues[]; least?: number }) {
  if (hidden.length === 0) return null;
  return (
    <div className="mt-5 text-sm">
      <h3 className="mb-1 font-medium">Hidden by value protection</h3>
      <p className="mb-1 text-ink-soft">
        A value needs as many subjects as its column’s secret threshold, from {least} to {least + 7}. Counts
        are rounded to tens.
      </p>
      <ShowMore items={hidden} portion={12} noun="columns">
        {(shown) => (
          <ul className="space-y-1 text-ink-soft">
            {shown.map((entry) => (
              <li key={entry.column}>
                <span className="font-medium text-ink">
                  <UserText text={entry.column} />
                </span>
                : {hiddenSentence(entry)}.
              </li>
            ))}
          </ul>
        )}
      </ShowMore>
    </div>
  );
}
