// The families that the runner knows, by the name of their file under vectors/, one line each.
import type { Family } from "../family.ts";
import { srm } from "./srm.ts";

export const FAMILIES: Readonly<Record<string, Family>> = {
  srm,
};
