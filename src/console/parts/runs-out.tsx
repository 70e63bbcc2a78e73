// Until when the money lasts, with its interval, or why nobody can say.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { AnswerOf } from "../../client/index.ts";
import { dryWave } from "./claims-now.tsx";
import { useTime } from "./money.tsx";
import type { Books } from "./with-books.tsx";

/** Said while claims are open; where their wave is used up, that is said in its place. */
export function RunsOut({
  books,
  atMs: nowMs,
  runOut,
}: {
  books: Books;
  atMs: number;
  /** Undefined: not asked yet; null: too little to tell by. */
  runOut: AnswerOf<"campaign.outlook">["runOut"];
}): ReactNode {
  const time = useTime(books.timeZone);
  if (runOut === undefined || books.phase !== "open" || dryWave(books, nowMs) !== null) return null;
  if (runOut === null) return <Said id="campaign.runOutUnknown" />;
  const { atMs, fromMs, toMs } = runOut;
  if (atMs === null) return <Said id="campaign.runOutNot" />;
  const at = (ms: number | null): string => (ms === null ? "–" : time(ms));
  return <Said id="campaign.runOut" values={{ at: at(atMs), from: at(fromMs), to: at(toMs) }} />;
}

function Said(message: {
  id: "campaign.runOut" | "campaign.runOutNot" | "campaign.runOutUnknown";
  values?: Record<string, string>;
}): ReactNode {
  return (
    <Text>
      <FormattedMessage {...message} />
    </Text>
  );
}
