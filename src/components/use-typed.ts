import { useState, useTransition } from 'react';

/**
 * Text that shows as it is typed, while what depends on it follows when there is time: a long list does not hold up
 * the next letter.
 * @returns the text to show, and what takes a new one
 */
export function useTyped(
  value: string,
  onChange: (text: string) => void,
): readonly [string, (text: string) => void] {
  const [typed, setTyped] = useState(value);
  const [isPending, start] = useTransition();
  return [
    isPending ? typed : value,
    (text) => {
      setTyped(text);
      start(() => onChange(text));
    },
  ];
}
