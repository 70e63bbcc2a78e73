// A failure in the words of the server, which are those of the command line, too; or what is wrong
// with what was chosen here, in the reader's language.
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { failureText } from "../client.ts";
import { ToldError } from "./told-error.ts";

export function FailureWords({ error }: { error: unknown }): ReactNode {
  if (error instanceof ToldError) return <FormattedMessage id={error.word} values={error.values} />;
  return <span lang="en">{failureText(error)}</span>;
}
