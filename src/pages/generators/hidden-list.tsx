import { ShowMore } from '../../components/show-more';
import { UserText } from '../../components/table';
import { type HiddenValues, hiddenSentence } from '../../domain/hidden-values';

/** What value protection hid, a line for each column. */
export function HiddenList({ hidden }: { hidden: readonly HiddenValues[] }) {
  if (hidden.length === 0) return null;
  return (
    <div className="mt-5 text-sm">
      <h3 className="mb-1 font-medium">Hidden by value protection</h3>
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
