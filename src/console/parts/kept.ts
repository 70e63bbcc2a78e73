// What the browser keeps for its user: a language, that the tour was seen. One that keeps nothing
// (its storage is forbidden, or full) shows the console all the same, and forgets.

/** Null: nothing is kept under that name. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Until the page is left it is known without.
  }
}
