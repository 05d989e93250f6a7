import { fileURLToPath } from 'node:url';

/** Folder of the repository, with a trailing separator. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The built app. */
export const DIST = `${ROOT}dist`;
