/** Text that came from a person's file: isolated in direction, never markup, clipped with the whole as title. */
export function UserText({ text, className = '' }: { text: string; className?: string }) {
  return (
    <bdi title={text} className={`inline-block max-w-full truncate align-bottom ${className}`}>
      {text === '' ? ' ' : text}
    </bdi>
  );
}
