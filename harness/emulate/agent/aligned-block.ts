// What TypeScript's libraries without a browser leave out, as far as it is used.
declare const WebAssembly: { Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer } };

const pageBytes = 65_536;

/** Begins at a page of memory, as reads and writes past the cache want it: no other memory of Node does for sure. */
export const alignedBlock = (bytes: number): Buffer =>
  Buffer.from(new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) }).buffer, 0, bytes);
