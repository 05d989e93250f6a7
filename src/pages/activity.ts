import { create } from 'zustand';
import type { Job } from '../domain/jobs';

/** What the page itself is busy with and the client does not keep: the import under way, the one-press run. */
interface Activity {
  readonly importing: {
    readonly name: string;
    readonly progress: Job | null;
    readonly cancel: () => void;
  } | null;
  readonly importError: { readonly name: string; readonly message: string } | null;
  /** Generators whose training is followed by a synthetic dataset without another press. */
  readonly followUp: ReadonlySet<string>;
}

export const useActivity = create<Activity>()(() => ({
  importing: null,
  importError: null,
  followUp: new Set(),
}));

/** Marks or unmarks a generator as part of a one-press run. */
export function setFollowUp(generatorId: string, on: boolean): void {
  useActivity.setState((state) => {
    const followUp = new Set(state.followUp);
    if (on) followUp.add(generatorId);
    else followUp.delete(generatorId);
    return { followUp };
  });
}
