import { type ReactNode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { Button } from './button';

/** A long list in portions, so that a page with hundreds of charts opens at once. */
export function ShowMore<T>(props: {
  readonly items: readonly T[];
  readonly portion: number;
  readonly noun: string;
  /** All of them are printed, and stay shown afterwards. */
  readonly printsAll?: boolean;
  readonly children: (shown: readonly T[]) => ReactNode;
}) {
  const [count, setCount] = useState(props.portion);
  const { length } = props.items;
  const left = length - count;
  const { printsAll = false } = props;
  useEffect(() => {
    if (!printsAll) return;
    const showAll = () => flushSync(() => setCount((shown) => Math.max(shown, length)));
    window.addEventListener('beforeprint', showAll);
    return () => window.removeEventListener('beforeprint', showAll);
  }, [printsAll, length]);
  return (
    <>
      {props.children(props.items.slice(0, count))}
      {left > 0 && (
        <div className="mt-4 text-center">
          <Button onClick={() => setCount(count + props.portion * 2)}>
            Show more {props.noun} ({left} left)
          </Button>
          <p className="hidden text-sm print:block">
            {left} more {props.noun} not printed; the page shows them.
          </p>
        </div>
      )}
    </>
  );
}
