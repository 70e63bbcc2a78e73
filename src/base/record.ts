// Records by names that others chose. An ordinary object already answers to `constructor` and
// `__proto__`, which a column or an arm may well be called.

/** An empty record: nothing is in it that was not put there, under whatever name. */
export function emptyRecord<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

/** What a record has of its own under a name. */
export function ownOf<T>(
  record: Readonly<Record<string, T>> | undefined,
  name: string,
): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
