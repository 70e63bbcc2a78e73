// The text of a file that somebody chose. One that is too large is refused before it is read: a
// page that holds it would stand still, and the server would refuse it anyway.
import { shownTexts } from "../shown-text.ts";
import { ToldError } from "./told-error.ts";

const MEGABYTE = 1_048_576;

/** Throws ToldError. */
export async function readFile(file: File, bytesMax: number): Promise<string> {
  const name = shownTexts(file.name);
  if (file.size > bytesMax) {
    const size = Math.ceil((10 * file.size) / MEGABYTE) / 10;
    throw new ToldError("file.tooLarge", { name, size, most: bytesMax / MEGABYTE });
  }
  try {
    return await file.text();
  } catch {
    // Moved, changed since it was chosen, or not to be read by this user.
    throw new ToldError("file.unreadable", { name });
  }
}
