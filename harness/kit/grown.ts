/** @returns the array, or a longer copy of it: at least so long, and twice as long as before */
export function grown<A extends Float64Array | Int32Array | Uint8Array>(array: A, length: number): A {
  if (array.length >= length) return array;
  const Longer = array.constructor as new (length: number) => A;
  const longer = new Longer(Math.max(length, 2 * array.length));
  longer.set(array);
  return longer;
}
