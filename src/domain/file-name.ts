/** A name without what file systems take for something else. */
export function fileNameOf(name: string): string {
  return name.replace(/[/\\:*?"<>|]|\p{Cc}/gu, '_').slice(0, 120);
}
