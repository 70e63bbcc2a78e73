// A list of users as the journal knows it: the list itself is a file beside it.

/** A list as the journal knows it. */
export interface ImportedList {
  users: number;
  /** Of its file, in hex. */
  sha256: string;
}
