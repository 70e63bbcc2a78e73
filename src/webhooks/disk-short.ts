// Whether a failure says that the disk has no room: that passes, everything else does not.
import { HongbaoError } from "../base/error.ts";
import { isDiskFull } from "../journal/files/disk.ts";

export function isDiskShort(error: unknown): boolean {
  return isDiskFull(error) || (error instanceof HongbaoError && error.code === "disk_full");
}
