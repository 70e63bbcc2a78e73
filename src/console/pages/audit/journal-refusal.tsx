// Files that could not be judged to the end: what is broken, and where.
import { Alert, Code, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { Refusal } from "./worker/messages.ts";

export function JournalRefusal({ refusal }: { refusal: Refusal }): ReactNode {
  const { why, message, file, offset, sequence } = refusal;
  return (
    <Alert color="red" role="alert" title={<FormattedMessage id={`audit.${why}`} />}>
      <Stack gap="xs" className="outside">
        {file !== undefined && (
          <Text fw={600}>
            {offset === undefined ? (
              <Code>{file}</Code>
            ) : (
              <FormattedMessage id="audit.damagedAt" values={{ file, offset }} />
            )}
            {sequence !== undefined && (
              <>
                {", "}
                <FormattedMessage id="audit.damagedRecord" values={{ sequence }} />
              </>
            )}
          </Text>
        )}
        <Text lang="en">{message}</Text>
        {why === "damaged" && (
          <Text>
            <FormattedMessage id="audit.damagedNext" />
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
