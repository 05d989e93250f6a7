/**
 * Firefox notices that the GPU is done only when it polls: every 100 ms, or whenever something is submitted
 * (https://bugzilla.mozilla.org/show_bug.cgi?id=1870699; measured in Firefox 153: 100 ms for a map, less than 1 ms with
 * empty submits). A training that waits after each call would make ten calls a second. Delete this once a map takes no
 * longer in Firefox than elsewhere.
 */
const POLL_MILLISECONDS = 1;

/**
 * Maps the first bytes of a buffer for reading.
 * @throws DOMException as `mapAsync` does
 */
export async function mapForReading(
  queue: Pick<GPUQueue, 'submit'>,
  buffer: Pick<GPUBuffer, 'mapAsync'>,
  size: number,
  userAgent: string = navigator.userAgent,
): Promise<void> {
  const mapped = buffer.mapAsync(GPUMapMode.READ, 0, size);
  if (!/\bFirefox\//.test(userAgent)) return mapped;
  let isPending = true;
  const settled = () => {
    isPending = false;
  };
  mapped.then(settled, settled);
  while (isPending) {
    queue.submit([]);
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
  return mapped;
}
