// What is wrong with a file, named by the file and the place within it.
import { HongbaoError } from "../base/error.ts";

export function fileProblem(
  file: string,
  place: string,
  message: string,
  details: Record<string, unknown> = {},
): HongbaoError {
  const at = place === "" ? file : `${file}, ${place}`;
  return new HongbaoError({
    code: "invalid_file",
    message: `${at}: ${message}`,
    details: { file, ...details },
  });
}
