/** How often a person who cancels is heard while DuckDB works. */
export const CHECKED_MS = 100;

/** A cancelled statement ends after the piece it is at, a tenth of a second as a rule; one that takes longer than this is stuck. */
const STUCK_MS = 2_000;

/**
 * A statement that ends by itself when it is cancelled, unless it does not: then `onStuck` is called, and what `checkpoint`
 * threw is the outcome.
 * @param checkpoint throws once the statement is cancelled
 * @param patience milliseconds from then on
 */
export async function watchCancel<T>(
  task: Promise<T>,
  checkpoint: () => void,
  onStuck: () => void,
  patience = STUCK_MS,
): Promise<T> {
  let timer: ReturnType<typeof setInterval> | undefined;
  let heard: number | null = null;
  const stuck = new Promise<never>((_, reject) => {
    timer = setInterval(
      () => {
        try {
          checkpoint();
        } catch (reason) {
          heard ??= performance.now();
          if (performance.now() - heard < patience) return;
          clearInterval(timer);
          reject(reason);
          // Whoever waits hears why before the engine is gone.
          setTimeout(onStuck);
        }
      },
      Math.min(CHECKED_MS, patience),
    );
  });
  try {
    return await Promise.race([task, stuck]);
  } finally {
    clearInterval(timer);
  }
}
