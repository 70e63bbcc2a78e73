/** What the process holds after a collection: its heap, and buffers beside it. */
export function heldBytes(): number {
  global.gc?.();
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
