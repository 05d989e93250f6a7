/** How long a browser may take to start a download before its address is given back. */
const KEEP_ADDRESS_MS = 60_000;

/** Hands a file to the browser's download list under its own name. */
export function saveFile(file: File): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_ADDRESS_MS);
}
