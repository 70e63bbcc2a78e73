// How a value file's reader words what is wrong at a place.
import type { HongbaoError } from "../../base/error.ts";

export type Problem = (path: readonly PropertyKey[], message: string) => HongbaoError;
