/** Columns that a file spells otherwise, where no other is called so: the name that is wanted to the file's. */
export function matchNames(wanted: readonly string[], found: readonly string[]): Map<string, string> {
  const there = new Set(found);
  const exact = new Set(wanted.filter((name) => there.has(name)));
  const group = (names: readonly string[]) => {
    const groups = new Map<string, string[]>();
    for (const name of names) {
      if (exact.has(name)) continue;
      const same = groups.get(plain(name));
      if (same) same.push(name);
      else groups.set(plain(name), [name]);
    }
    return groups;
  };
  const theirs = group(found);
  const renames = new Map<string, string>();
  for (const [key, names] of group(wanted)) {
    const [other, ...more] = theirs.get(key) ?? [];
    if (key !== '' && names.length === 1 && other !== undefined && more.length === 0)
      renames.set(names[0]!, other);
  }
  return renames;
}

/** Letters and digits alone, in lower case. */
function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
