interface Scored {
  readonly accuracy: number;
  readonly accuracyMax: number;
}

/** How far a score lies below what fresh real rows would reach; negative = above it. */
export function gapOf({ accuracy, accuracyMax }: Scored): number {
  return accuracyMax - accuracy;
}

/** Scores by how far they lie below what fresh real rows would reach, furthest first; then by the lower accuracy. */
export function worstFirst<T extends Scored>(scores: readonly T[]): T[] {
  return scores.toSorted((a, b) => gapOf(b) - gapOf(a) || a.accuracy - b.accuracy);
}
