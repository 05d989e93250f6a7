const MAX_NAMED = 5;

/** Names in quotes, the first ones of many. */
export function listed(names: readonly string[]): string {
  const quoted = names.slice(0, MAX_NAMED).map((name) => `“${name}”`);
  return names.length <= MAX_NAMED
    ? quoted.join(', ')
    : `${quoted.join(', ')} and ${names.length - MAX_NAMED} more`;
}

/** A note of the columns that it is about, if there are any: "“a”, “b” hold …". */
export function noteOf(names: readonly string[], one: string, many: string): string[] {
  return names.length === 0 ? [] : [`${listed(names)} ${names.length === 1 ? one : many}`];
}
