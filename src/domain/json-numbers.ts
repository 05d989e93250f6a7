/** JSON has no numbers that are not finite: these two, given to `JSON.stringify` and `JSON.parse`, write and read them. */
const ODD_NUMBERS = { Infinity: Infinity, '-Infinity': -Infinity, NaN: NaN } as const;

export function writeNumber(_name: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value;
}

export function readNumber(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$number' in value)) return value;
  const { $number: name } = value;
  return typeof name === 'string' && Object.hasOwn(ODD_NUMBERS, name)
    ? ODD_NUMBERS[name as keyof typeof ODD_NUMBERS]
    : value;
}
