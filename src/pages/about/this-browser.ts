import { adapterName, isSoftwareAdapter } from '../../domain/gpu-adapter';

/** What the app can make use of, and whether this browser has it. */
export interface BrowserFeature {
  readonly name: string;
  readonly use: string;
  /** What happens where it is missing. */
  readonly without: string;
  readonly present: boolean;
}

/** What a page can see of its browser without asking a person. */
export interface BrowserView {
  readonly hasSimd: boolean;
  readonly hasFiles: boolean;
  readonly hasGpu: boolean;
  readonly hasServiceWorker: boolean;
  readonly hasLocks: boolean;
  readonly isSecure: boolean;
}

/** The smallest module with an instruction of WebAssembly SIMD: `i8x16.popcnt` of a splat. */
const SIMD_MODULE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

/** @param hasFiles whether there is a private file system */
export function viewBrowser(hasFiles: boolean): BrowserView {
  return {
    hasSimd: typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_MODULE),
    hasFiles,
    hasGpu: 'gpu' in navigator,
    hasServiceWorker: 'serviceWorker' in navigator,
    hasLocks: 'locks' in navigator,
    isSecure: window.isSecureContext,
  };
}

/** What is needed first, then what the app can do without. */
export function listFeatures(view: BrowserView): readonly BrowserFeature[] {
  return [
    {
      name: 'WebAssembly with SIMD',
      use: 'Reading tables, training, generating',
      without: 'nothing can be computed',
      present: view.hasSimd,
    },
    {
      name: 'Private file system (OPFS)',
      use: 'Source files and generated rows on disk',
      without: 'files are held in memory',
      present: view.hasFiles,
    },
    {
      name: 'WebGPU',
      use: 'Training and generating on a graphics card',
      without: 'WebAssembly computes, on several threads',
      present: view.hasGpu,
    },
    {
      name: 'Service workers',
      use: 'Work without a network',
      without: 'the app is loaded at every visit',
      present: view.hasServiceWorker,
    },
    {
      name: 'Web Locks',
      use: 'Noticing that the browser has ended a thread',
      without: 'a lost thread is not noticed',
      present: view.hasLocks,
    },
    {
      name: 'HTTPS, or a server on this machine',
      use: 'Browsers tie the four above to it',
      without: 'they are missing, the rest works',
      present: view.isSecure,
    },
  ];
}

/** What a person reads of where trainings are computed when they leave the choice to the app. */
export interface Accelerator {
  /** Of the graphics card; null where WebAssembly computes. */
  readonly gpu: string | null;
  readonly reason: string;
}

/** Asks for an adapter and opens no device. */
export async function describeAccelerator(): Promise<Accelerator> {
  const wasm = (reason: string): Accelerator => ({ gpu: null, reason });
  if (!('gpu' in navigator)) {
    return wasm(
      window.isSecureContext
        ? 'This browser has no WebGPU.'
        : 'Browsers offer WebGPU over HTTPS and on this machine only.',
    );
  }
  const adapter = await navigator.gpu
    .requestAdapter({ powerPreference: 'high-performance' })
    .catch(() => null);
  if (!adapter) return wasm('This browser has WebGPU, but offers no graphics card to it.');
  if (isSoftwareAdapter(adapter.info)) {
    return wasm(`The only adapter, ${adapterName(adapter.info)}, is computed on the processor.`);
  }
  return {
    gpu: adapterName(adapter.info),
    reason: 'Used where a training step is large enough to gain from it.',
  };
}
