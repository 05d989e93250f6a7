import { describe, expect, it, vi } from 'vitest';
import { type Container, type Registration, watchUpdates, whenActive } from './updates';

class FakeWorker extends EventTarget {
  state: ServiceWorkerState = 'installing';
  readonly postMessage = vi.fn();

  become(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  active: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
  installing: FakeWorker | null = null;
}

class FakeContainer extends EventTarget {
  controller: FakeWorker | null = null;
}

function watch(start: (registration: FakeRegistration, container: FakeContainer) => void = () => undefined) {
  const container = new FakeContainer();
  const registration = new FakeRegistration();
  start(registration, container);
  const onUpdate = vi.fn();
  const reload = vi.fn();
  const takeOver = watchUpdates(
    container as unknown as Container,
    registration as unknown as Registration,
    onUpdate,
    reload,
  );
  return { container, registration, onUpdate, reload, takeOver };
}

/** A version is in control, and another one comes. */
function watchSecond() {
  const watched = watch((registration, container) => {
    registration.active = new FakeWorker();
    container.controller = registration.active;
  });
  const next = new FakeWorker();
  watched.registration.installing = next;
  watched.registration.dispatchEvent(new Event('updatefound'));
  return { ...watched, next };
}

describe('watchUpdates', () => {
  it('says nothing of the first version, which takes over by itself', () => {
    const { container, registration, onUpdate, reload } = watch((registration) => {
      registration.installing = new FakeWorker();
    });
    const first = registration.installing!;
    registration.installing = null;
    registration.waiting = first;
    first.become('installed');
    registration.waiting = null;
    registration.active = first;
    first.become('activated');
    container.dispatchEvent(new Event('controllerchange'));
    expect(onUpdate).not.toHaveBeenCalled();
    expect(reload).not.toHaveBeenCalled();
  });

  it('tells of the next one when it is installed, and reloads only when that was asked for', () => {
    const { container, registration, onUpdate, reload, takeOver, next } = watchSecond();
    expect(onUpdate).not.toHaveBeenCalled();
    registration.installing = null;
    registration.waiting = next;
    next.become('installed');
    expect(onUpdate).toHaveBeenLastCalledWith('waiting');
    expect(next.postMessage).not.toHaveBeenCalled();
    takeOver();
    expect(next.postMessage).toHaveBeenCalledExactlyOnceWith({ type: 'SKIP_WAITING' });
    expect(reload).not.toHaveBeenCalled();
    container.dispatchEvent(new Event('controllerchange'));
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('does not reload when another tab asked', () => {
    const { container, onUpdate, reload } = watchSecond();
    container.dispatchEvent(new Event('controllerchange'));
    expect(onUpdate).toHaveBeenLastCalledWith('active');
    expect(reload).not.toHaveBeenCalled();
  });

  it('tells of a version that has waited since an earlier visit', () => {
    const { onUpdate } = watch((registration) => {
      registration.active = new FakeWorker();
      registration.waiting = new FakeWorker();
    });
    expect(onUpdate).toHaveBeenCalledExactlyOnceWith('waiting');
  });
});

describe('whenActive', () => {
  const wait = (registration: FakeRegistration) => whenActive(registration as unknown as Registration);

  it('waits for the first version', async () => {
    const registration = new FakeRegistration();
    const worker = new FakeWorker();
    registration.installing = worker;
    const active = wait(registration);
    worker.become('installed');
    worker.become('activated');
    await expect(active).resolves.toBeUndefined();
  });

  it('does not wait for a second one', async () => {
    const registration = new FakeRegistration();
    registration.active = new FakeWorker();
    registration.active.state = 'activated';
    registration.installing = new FakeWorker();
    await expect(wait(registration)).resolves.toBeUndefined();
  });

  it('says when it could not be installed', async () => {
    const registration = new FakeRegistration();
    const worker = new FakeWorker();
    registration.installing = worker;
    const active = wait(registration);
    worker.become('redundant');
    await expect(active).rejects.toThrow('could not be installed');
    await expect(wait(new FakeRegistration())).rejects.toThrow('no service worker');
  });
});
