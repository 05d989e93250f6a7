/** Words in an adapter's description that mean: computed on the CPU. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render|warp/i;

/** Spellings of vendors that browsers give in lower case. */
const VENDORS: Readonly<Record<string, string>> = {
  nvidia: 'NVIDIA',
  amd: 'AMD',
  intel: 'Intel',
  apple: 'Apple',
  arm: 'Arm',
  qualcomm: 'Qualcomm',
};

/** What WebGPU tells of an adapter; browsers leave out what would identify the machine. */
export type AdapterInfo = Pick<
  GPUAdapterInfo,
  'vendor' | 'architecture' | 'description' | 'device' | 'isFallbackAdapter'
>;

/** True for adapters that compute on the CPU: slower than WASM, so an automatic choice counts them as no GPU. */
export function isSoftwareAdapter(info: AdapterInfo): boolean {
  return info.isFallbackAdapter || SOFTWARE.test(`${info.architecture} ${info.description} ${info.device}`);
}

/** What a person reads of an adapter: its description, or vendor and architecture. */
export function adapterName(info: AdapterInfo): string {
  if (info.description) return info.description;
  const vendor = VENDORS[info.vendor] ?? info.vendor;
  const words = [vendor, info.architecture].filter(Boolean);
  return words.length > 0 ? words.join(' ') : 'GPU';
}
