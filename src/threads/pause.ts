/**
 * Lets the thread answer messages (cancel, stop) before long work goes on. A message to oneself, because a timer is
 * held back by 4 ms once nested, and to one a second in a hidden page by some browsers.
 */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
