declare module 'tiny-inflate' {
  /** Inflates raw deflate data into an array of exactly the length of what was deflated, and returns it. */
  function inflate(source: Uint8Array, target: Uint8Array): Uint8Array;
  export = inflate;
}
