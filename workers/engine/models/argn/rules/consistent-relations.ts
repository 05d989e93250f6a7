import type { CodeRelation } from '../network/restrictions';

/**
 * Relations without combinations that others rule out, so that draws do not run into dead ends: a code stays if every
 * relation of its sub-column lists it with codes that stay (generalised arc consistency, Mackworth 1977, Consistency in
 * networks of relations). A relation that would lose all its combinations contradicts the others and is left out.
 * @param cardinalities [sub-columns]
 * @param forbidden per sub-column: codes that must not be drawn
 */
export function consistentRelations(
  relations: readonly CodeRelation[],
  cardinalities: readonly number[],
  forbidden: readonly (readonly number[])[],
): CodeRelation[] {
  const isOpen = cardinalities.map((cardinality, part) => {
    const open = new Uint8Array(cardinality).fill(1);
    for (const code of forbidden[part] ?? []) open[code] = 0;
    return open;
  });
  const kept: CodeRelation[] = [];
  for (const relation of relations) {
    const trial = isOpen.map((open) => open.slice());
    const narrowed = narrow([...kept, relation], trial);
    if (!narrowed) continue;
    kept.splice(0, kept.length, ...narrowed);
    trial.forEach((open, part) => {
      isOpen[part]!.set(open);
    });
  }
  return kept;
}

/** Narrows all relations and the open codes until nothing changes; null if one has no combination left. */
function narrow(relations: readonly CodeRelation[], isOpen: readonly Uint8Array[]): CodeRelation[] | null {
  let current = [...relations];
  for (let changed = true; changed; ) {
    changed = false;
    const next: CodeRelation[] = [];
    for (const relation of current) {
      const tuples = openTuples(relation, isOpen);
      if (tuples.length === 0) return null;
      changed = closeCodes({ ...relation, tuples }, isOpen) || changed;
      next.push(tuples.length === relation.tuples.length ? relation : { ...relation, tuples });
    }
    current = next;
  }
  return current;
}

/** The combinations of which each group has a code that is open. */
function openTuples({ members, tuples }: CodeRelation, isOpen: readonly Uint8Array[]): number[] {
  const groups = members.map(({ part, groups }) => {
    const open: boolean[] = [];
    isOpen[part]!.forEach((flag, code) => {
      if (flag) open[groups ? groups[code]! : code] = true;
    });
    return open;
  });
  const kept: number[] = [];
  const width = members.length;
  for (let at = 0; at < tuples.length; at += width) {
    let m = 0;
    while (m < width && groups[m]![tuples[at + m]!]) m++;
    if (m === width) for (let k = at; k < at + width; k++) kept.push(tuples[k]!);
  }
  return kept;
}

/** Closes the codes whose group is in no combination. @returns whether any was open */
function closeCodes({ members, tuples }: CodeRelation, isOpen: readonly Uint8Array[]): boolean {
  let changed = false;
  members.forEach(({ part, groups }, m) => {
    const listed = new Set<number>();
    for (let at = m; at < tuples.length; at += members.length) listed.add(tuples[at]!);
    const open = isOpen[part]!;
    for (let code = 0; code < open.length; code++) {
      if (open[code] === 0 || listed.has(groups ? groups[code]! : code)) continue;
      open[code] = 0;
      changed = true;
    }
  });
  return changed;
}
