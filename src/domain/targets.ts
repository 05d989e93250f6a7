import { z } from './zod';

/** Names of columns that a report predicts from all others, to tell how useful the rows are. */
export const Targets = z.array(z.string().min(1)).min(1).max(20);
