import type { Update } from './state';

/** The parts of `navigator.serviceWorker` that tell of a new version. */
export type Container = Pick<ServiceWorkerContainer, 'addEventListener' | 'controller'>;

/** The parts of a registration that do. */
export type Registration = Pick<
  ServiceWorkerRegistration,
  'active' | 'waiting' | 'installing' | 'addEventListener'
>;

/**
 * Follows the versions of the app after this one.
 * @param onUpdate told of a version that waits, and of one that has taken over because another tab asked for it
 * @param reload called when the version that was asked for has taken over
 * @returns asks the waiting version to take over; without one, reloads at once
 */
export function watchUpdates(
  container: Container,
  registration: Registration,
  onUpdate: (update: Update) => void,
  reload: () => void,
): () => void {
  let isAsked = false;
  // The first worker of an origin takes over a page that is its own version.
  let hadController = container.controller !== null;
  container.addEventListener('controllerchange', () => {
    if (isAsked) reload();
    else if (hadController) onUpdate('active');
    hadController = true;
  });
  const tell = () => {
    if (registration.waiting && registration.active) onUpdate('waiting');
  };
  const follow = () => registration.installing?.addEventListener('statechange', tell);
  registration.addEventListener('updatefound', follow);
  follow();
  tell();
  return () => {
    if (!registration.waiting) return reload();
    isAsked = true;
    registration.waiting.postMessage({ type: 'SKIP_WAITING' });
  };
}

/** Waits for the first version of a registration. @throws Error if it could not be installed */
export function whenActive(
  registration: Pick<Registration, 'active' | 'waiting' | 'installing'>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    if (!worker) return reject(new Error('There is no service worker.'));
    const look = () => {
      if (worker.state === 'activated' || registration.active) resolve();
      else if (worker.state === 'redundant') reject(new Error('The service worker could not be installed.'));
    };
    worker.addEventListener('statechange', look);
    look();
  });
}
