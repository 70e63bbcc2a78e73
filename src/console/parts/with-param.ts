// An address with one of its parameters changed, and the others as they are.

/** Empty: without it. */
export function withParam(before: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(before);
  if (value === "") next.delete(name);
  else next.set(name, value);
  return next;
}
