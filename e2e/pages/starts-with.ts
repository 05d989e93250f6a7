/** What begins with a text that stands as a word or more. */
export function startsWith(text: string): RegExp {
  return new RegExp(`^${text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?!\\w)`);
}
