/** Calls to the GPU, whoever makes them. */
export interface GpuCalls {
  readonly dispatches: number;
  readonly submits: number;
}

let dispatches = 0;
let submits = 0;

const dispatch = GPUComputePassEncoder.prototype.dispatchWorkgroups;
GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...size) {
  dispatches++;
  return dispatch.apply(this, size);
};
const submit = GPUQueue.prototype.submit;
GPUQueue.prototype.submit = function (buffers) {
  submits++;
  return submit.call(this, buffers);
};

/** Counts the calls of some work of so many steps. @returns per step */
export async function countCalls(steps: number, work: () => Promise<unknown>): Promise<GpuCalls> {
  const before = { dispatches, submits };
  await work();
  return {
    dispatches: (dispatches - before.dispatches) / steps,
    submits: (submits - before.submits) / steps,
  };
}
