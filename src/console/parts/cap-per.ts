// For whom a cap counts, and within what, in the reader's words.
import type { IntlShape } from "react-intl";
import type { LiveView } from "../../client/index.ts";
import { en } from "../words/en.ts";
import type { WordName } from "../words/words.ts";

type CapView = LiveView["books"]["caps"][number];

export function capPer({ dimension, per }: CapView, intl: IntlShape): string {
  const whom = dimensionWords(dimension, intl);
  if (per === "total") return whom;
  const time = intl.formatMessage({ id: `per.${per}` });
  return intl.formatMessage({ id: "per.both" }, { whom, time });
}

/** An attribute keeps the name that the campaign file gives it. */
function dimensionWords(dimension: string, intl: IntlShape): string {
  const [kind, id = ""] = dimension.split(/:(.*)/s) as [string, string?];
  const name = id === "" ? `per.${kind}` : `per.of.${kind}`;
  return name in en ? intl.formatMessage({ id: name as WordName }, { id }) : dimension;
}
