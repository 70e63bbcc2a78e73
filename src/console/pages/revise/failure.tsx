// What was refused before anything was decided: the problems of a file with their places, or what
// the server said.
import { Alert, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { HongbaoError } from "../../../client/index.ts";
import { type Problem, ProblemTable } from "../../parts/campaign-file.tsx";
import { FailureWords } from "../../parts/failure-words.tsx";

export function Failure({ error }: { error: Error | null }): ReactNode {
  if (error === null) return null;
  const problems = problemsOf(error);
  return (
    <Alert color="red" role="alert" className="outside">
      {problems === undefined ? (
        <Text>
          <FailureWords error={error} />
        </Text>
      ) : (
        <>
          <Text>
            <FormattedMessage id="revise.forbidden" />
          </Text>
          <ProblemTable problems={problems} />
        </>
      )}
    </Alert>
  );
}

function problemsOf(error: Error): readonly Problem[] | undefined {
  if (!(error instanceof HongbaoError) || error.code !== "invalid_campaign") return undefined;
  return error.details.problems as Problem[] | undefined;
}
