/** What the build writes beside the app (docs/offline.md). The build reads this file as it is: it imports nothing. */
export const SERVICE_WORKER_FILE = 'service-worker.js';
export const OFFLINE_FILES_FILE = 'offline-files.json';
export const LICENCES_FILE = 'licences.json';

/** The cache of every file that the service worker does not install with itself. */
export const FILES_CACHE = 'doppelgrid-files';
