/**
 * The name of whatever a record is, for a list of those set aside; its id where it has none. Apart from the forms of
 * records, so that the worker which keeps them does without those.
 */
export function nameOfRecord(value: unknown, id: string): string {
  const named = [value, field(value, 'config'), field(value, 'resource')];
  for (const each of named) {
    const name = field(each, 'name');
    if (typeof name === 'string') return name;
  }
  return id;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
