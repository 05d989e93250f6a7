/** The kernels in a browser: fetched from our own origin and compiled while they arrive. */
import { UserError } from '../../../../../src/domain/errors';

/** @throws UserError when the file does not load or compile */
export async function loadKernels(): Promise<WebAssembly.Module> {
  try {
    const response = await fetch(new URL('./kernels.wasm', import.meta.url));
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    // compileStreaming requires the content type, which a static host may not know.
    return response.headers.get('content-type') === 'application/wasm'
      ? await WebAssembly.compileStreaming(response)
      : await WebAssembly.compile(await response.arrayBuffer());
  } catch (cause) {
    throw new UserError(
      'engine/unavailable',
      'The compute kernels (kernels.wasm) could not be loaded. Check the connection, then reload the page; a browser ' +
        'without WebAssembly SIMD cannot train models.',
      { cause },
    );
  }
}
