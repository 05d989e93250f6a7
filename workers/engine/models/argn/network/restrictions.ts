/**
 * Which codes may go together. A relation lists allowed combinations of codes, or of groups of codes; a draw is restricted
 * to codes that, with those already drawn or given, belong to a listed combination. So a relation holds in every row,
 * whatever the order of the columns (docs/rules.md, Keeping rules).
 */

/** A sub-column of a relation. */
export interface RelationMember {
  readonly part: number;
  /** Group of each code, [cardinality], from 0; null = every code is a group of its own. */
  readonly groups: readonly number[] | null;
}

/** Plain JSON: stored with the model. */
export interface CodeRelation {
  readonly members: readonly RelationMember[];
  /** Groups of the allowed combinations, row-major [combination][member]. */
  readonly tuples: readonly number[];
}

/** The codes that rows may take: rows with the same choice share a mask. */
export interface RowMasks {
  /** [rows] index into `masks` */
  readonly maskOf: Uint32Array;
  /** Bit k of word k >> 5 is 1 where code k is allowed. */
  readonly masks: readonly Uint32Array[];
}

/** Words of a mask of so many codes. */
export function maskWords(codes: number): number {
  return (codes + 31) >>> 5;
}

/** Whether a mask allows a code. */
export function isAllowed(mask: Uint32Array, code: number): boolean {
  return ((mask[code >>> 5]! >>> (code & 31)) & 1) === 1;
}

/**
 * Codes that each row may take in sub-column `part`, or null if all may.
 * @param known sub-columns drawn or given before
 * @param drawn their codes, column-major [sub-column][rows]
 */
export function restrictRows(
  relations: readonly CodeRelation[],
  part: number,
  cardinality: number,
  known: readonly number[],
  drawn: Uint16Array,
  rows: number,
): RowMasks | null {
  const concerned = relations.filter(({ members }) => members.some((member) => member.part === part));
  if (concerned.length === 0) return null;
  let maskOf = new Uint32Array(rows);
  let masks = [fullMask(cardinality)];
  for (const relation of concerned) {
    const choices = choicesOf(relation, part, cardinality, known);
    const keys = choices.keysOfRows(drawn, rows);
    if (masks.length === 1 && choices.masks.length <= rows) {
      // Nothing to intersect yet: the relation's own masks, after that of rows it says nothing about.
      for (let r = 0; r < rows; r++) maskOf[r] = keys[r]! + 1;
      masks = [masks[0]!, ...choices.masks];
      continue;
    }
    const width = choices.masks.length + 1;
    const merged = numbering(masks.length * width);
    const next: Uint32Array[] = [];
    const ids = new Uint32Array(rows);
    for (let r = 0; r < rows; r++) {
      const id = merged(maskOf[r]! * width + keys[r]! + 1);
      if (id === next.length) {
        next.push(intersection(masks[maskOf[r]!]!, keys[r]! < 0 ? null : choices.masks[keys[r]!]!));
      }
      ids[r] = id;
    }
    maskOf = ids;
    masks = next;
  }
  return { maskOf, masks };
}

/** Numbers for keys below a limit, from 0 in the order in which they are asked for. */
function numbering(limit: number): (key: number) => number {
  let count = 0;
  if (limit > MAX_ARRAY) {
    const known = new Map<number, number>();
    return (key) => {
      const id = known.get(key) ?? count++;
      known.set(key, id);
      return id;
    };
  }
  const known = new Int32Array(limit);
  return (key) => {
    if (known[key] === 0) known[key] = ++count;
    return known[key]! - 1;
  };
}

/**
 * Codes allowed by both. Relations that contradict each other in a row leave nothing: the later one gives way, and the
 * row is found and drawn again when rules are checked.
 */
function intersection(mask: Uint32Array, other: Uint32Array | null): Uint32Array {
  if (!other) return mask;
  const both = mask.map((word, w) => word & other[w]!);
  return both.some((word) => word !== 0) ? both : mask;
}

function fullMask(cardinality: number): Uint32Array {
  const mask = new Uint32Array(maskWords(cardinality));
  for (let code = 0; code < cardinality; code++) mask[code >>> 5]! |= 1 << (code & 31);
  return mask;
}

/** What the known members of a relation leave to the codes of another one. */
interface Choices {
  readonly masks: readonly Uint32Array[];
  /** [rows] index into `masks`; −1 = the known codes belong to no listed combination. */
  keysOfRows(drawn: Uint16Array, rows: number): Int32Array;
}

const cache = new WeakMap<CodeRelation, Map<string, Choices>>();

function choicesOf(
  relation: CodeRelation,
  part: number,
  cardinality: number,
  known: readonly number[],
): Choices {
  const before = relation.members.flatMap((member, m) =>
    member.part !== part && known.includes(member.part) ? [m] : [],
  );
  const name = `${part}:${before.join()}`;
  let own = cache.get(relation);
  if (!own) {
    own = new Map();
    cache.set(relation, own);
  }
  let choices = own.get(name);
  if (!choices) {
    choices = buildChoices(relation, part, cardinality, before);
    own.set(name, choices);
  }
  return choices;
}

/** @param before members that are known, by index */
function buildChoices(
  { members, tuples }: CodeRelation,
  part: number,
  cardinality: number,
  before: readonly number[],
): Choices {
  const own = members.findIndex((member) => member.part === part);
  const width = members.length;
  const keys = keysOf(before.map((m) => groupCount(tuples, width, m)));
  const count = tuples.length / width;
  const keyOf = new Int32Array(count);
  for (let t = 0; t < count; t++) {
    let key = 0;
    for (let s = 0; s < before.length; s++) key = keys.add(s, key, tuples[t * width + before[s]!]!);
    keyOf[t] = key;
  }
  const words = maskWords(cardinality);
  const allowed = new Uint32Array(words * keys.count());
  const codesOf = groupMasks(members[own]!, cardinality, groupCount(tuples, width, own));
  for (let t = 0; t < count; t++) {
    const from = words * tuples[t * width + own]!;
    const to = words * keyOf[t]!;
    for (let w = 0; w < words; w++) allowed[to + w]! |= codesOf[from + w]!;
  }
  const full = fullMask(cardinality);
  let first: Int32Array = new Int32Array(0);
  return {
    // A combination whose codes the sub-column lacks leaves all.
    masks: Array.from({ length: keys.count() }, (_, key) =>
      intersection(full, allowed.subarray(key * words, (key + 1) * words)),
    ),
    keysOfRows(drawn, rows) {
      const found = new Int32Array(rows);
      before.forEach((m, s) => {
        const { part: i, groups } = members[m]!;
        const column = drawn.subarray(i * rows, (i + 1) * rows);
        if (s === 0) {
          const codes = codesIn(column);
          if (first.length < codes) first = firstKeys(keys, members[m]!, codes);
          for (let r = 0; r < rows; r++) found[r] = first[column[r]!]!;
          return;
        }
        for (let r = 0; r < rows; r++) {
          if (found[r]! < 0) continue;
          found[r] = keys.find(s, found[r]!, groups ? groups[column[r]!]! : column[r]!);
        }
      });
      return found;
    },
  };
}

/** One more than the highest code of a column. */
function codesIn(column: Uint16Array): number {
  let top = 0;
  for (let r = 0; r < column.length; r++) if (column[r]! > top) top = column[r]!;
  return top + 1;
}

/** The key of each code of the first member. */
function firstKeys(keys: Keys, { groups }: RelationMember, codes: number): Int32Array {
  return Int32Array.from({ length: codes }, (_, code) => keys.find(0, 0, groups ? groups[code]! : code));
}

/** Groups of a member in the listed combinations, counted from 0 to the highest. */
function groupCount(tuples: readonly number[], width: number, member: number): number {
  let top = 0;
  for (let at = member; at < tuples.length; at += width) top = Math.max(top, tuples[at]!);
  return top + 1;
}

/** Codes of each group as masks, one after another. */
function groupMasks({ groups }: RelationMember, cardinality: number, count: number): Uint32Array {
  const words = maskWords(cardinality);
  const masks = new Uint32Array(words * count);
  for (let code = 0; code < cardinality; code++) {
    const group = groups ? groups[code]! : code;
    if (group < count) masks[words * group + (code >>> 5)]! |= 1 << (code & 31);
  }
  return masks;
}

/** Numbers for combinations of groups, built up member by member; the empty one has number 0. */
interface Keys {
  /** Number of a combination of the first s members extended by a group. */
  add(s: number, key: number, group: number): number;
  /** The same, or −1 if that was never added. */
  find(s: number, key: number, group: number): number;
  /** Numbers of combinations of all members. */
  count(): number;
}

/** Up to so many combinations are looked up in an array. */
const MAX_ARRAY = 1 << 21;

function keysOf(sizes: readonly number[]): Keys {
  const counts = sizes.map(() => 0);
  /** Per member, by (number so far) · size + group: the next number plus 1, 0 = none. */
  const steps = sizes.map((size, s) => {
    const before = sizes.slice(0, s).reduce((product, own) => Math.min(product * own, MAX_ARRAY + 1), 1);
    return before * size <= MAX_ARRAY ? new Uint32Array(before * size) : new Map<number, number>();
  });
  const read = (s: number, at: number) => {
    const step = steps[s]!;
    return (step instanceof Map ? step.get(at) : step[at]) ?? 0;
  };
  return {
    find: (s, key, group) => (group < sizes[s]! ? read(s, key * sizes[s]! + group) - 1 : -1),
    add(s, key, group) {
      const at = key * sizes[s]! + group;
      const known = read(s, at);
      if (known > 0) return known - 1;
      const step = steps[s]!;
      const next = ++counts[s]!;
      if (step instanceof Map) step.set(at, next);
      else step[at] = next;
      return next - 1;
    },
    count: () => (sizes.length === 0 ? 1 : counts[sizes.length - 1]!),
  };
}
