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
    const merged = new Map<number, number>();
    const next: Uint32Array[] = [];
    const ids = new Uint32Array(rows);
    for (let r = 0; r < rows; r++) {
      const pair = maskOf[r]! * (choices.masks.length + 1) + keys[r]! + 1;
      let id = merged.get(pair);
      if (id === undefined) {
        id = next.length;
        merged.set(pair, id);
        next.push(intersection(masks[maskOf[r]!]!, keys[r]! < 0 ? null : choices.masks[keys[r]!]!));
      }
      ids[r] = id;
    }
    maskOf = ids;
    masks = next;
  }
  return { maskOf, masks };
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
  const sizes = before.map(
    (m) => 1 + tuples.reduce((top, g, at) => (at % width === m && g > top ? g : top), 0),
  );
  const keys = keysOf(sizes);
  const allowed: Set<number>[] = before.length === 0 ? [new Set()] : [];
  for (let at = 0; at < tuples.length; at += width) {
    let key = 0;
    for (let s = 0; s < before.length; s++) key = keys.add(s, key, tuples[at + before[s]!]!);
    const set = allowed[key] ?? new Set();
    allowed[key] = set.add(tuples[at + own]!);
  }
  const groups = members[own]!.groups;
  const masks = allowed.map((set) => {
    const mask = new Uint32Array(maskWords(cardinality));
    for (let code = 0; code < cardinality; code++) {
      if (set.has(groups ? groups[code]! : code)) mask[code >>> 5]! |= 1 << (code & 31);
    }
    return mask;
  });
  return {
    masks,
    keysOfRows(drawn, rows) {
      const found = new Int32Array(rows);
      before.forEach((m, s) => {
        const { part: i, groups } = members[m]!;
        const column = drawn.subarray(i * rows, (i + 1) * rows);
        for (let r = 0; r < rows; r++) {
          if (found[r]! < 0) continue;
          found[r] = keys.find(s, found[r]!, groups ? groups[column[r]!]! : column[r]!);
        }
      });
      return found;
    },
  };
}

/** Numbers for combinations of groups, built up member by member. */
interface Keys {
  /** Number of a combination of the first s members extended by a group. */
  add(s: number, key: number, group: number): number;
  /** The same, or −1 if that was never added. */
  find(s: number, key: number, group: number): number;
}

function keysOf(sizes: readonly number[]): Keys {
  const steps = sizes.map(() => new Map<number, number>());
  const find = (s: number, key: number, group: number) =>
    group < sizes[s]! ? (steps[s]!.get(key * sizes[s]! + group) ?? -1) : -1;
  return {
    find,
    add(s, key, group) {
      const known = find(s, key, group);
      if (known >= 0) return known;
      const next = steps[s]!.size;
      steps[s]!.set(key * sizes[s]! + group, next);
      return next;
    },
  };
}
