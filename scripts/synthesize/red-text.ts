/** A warning in red on a terminal, plain in a file or where the person wants no colours (https://no-color.org). */
export function redText(sentence: string, stream: Pick<NodeJS.WriteStream, 'isTTY'>): string {
  return stream.isTTY && !process.env['NO_COLOR'] ? `\x1b[1;31m${sentence}\x1b[0m` : sentence;
}
