// A failure in the words of the server, which are those of the command line, too.
import type { ReactNode } from "react";
import { failureText } from "../client.ts";

export function FailureWords({ error }: { error: unknown }): ReactNode {
  return <span lang="en">{failureText(error)}</span>;
}
