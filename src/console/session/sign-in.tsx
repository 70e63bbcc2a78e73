// The door: a key, once. The address stays, so that a deep link leads where it should afterwards.
import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { HongbaoError } from "../../client/index.ts";
import { client } from "../client.ts";
import { FailureWords } from "../parts/failure-words.tsx";
import { SESSION_QUERY, tellTabs } from "./session.ts";

/**
 * @param failure why a link did not sign in
 * @param former whose page waits behind the door
 */
export function SignIn({ failure, former }: { failure: Error | null; former?: string }): ReactNode {
  const intl = useIntl();
  const queries = useQueryClient();
  const [key, setKey] = useState("");
  const signIn = useMutation({
    mutationFn: () => client.session.open({ key: key.trim() }, { totalMs: 0 }),
    onSuccess: async () => {
      tellTabs("signed in");
      // Who it is first: for another one there is nothing left to ask for anew.
      await queries.invalidateQueries({ queryKey: SESSION_QUERY });
      setKey("");
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    },
  });
  const wrong = signIn.error ?? failure;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" maw={420} w="100%">
        <form onSubmit={submit}>
          <Stack>
            <Title order={1}>
              hongbao · <FormattedMessage id="signIn.title" />
            </Title>
            {former !== undefined && (
              <Text className="outside">
                <FormattedMessage id="signIn.again" values={{ former }} />
              </Text>
            )}
            <Text>
              <FormattedMessage id="signIn.why" />
            </Text>
            <PasswordInput
              label={intl.formatMessage({ id: "signIn.key" })}
              placeholder="hb_k-…"
              value={key}
              onChange={(event) => setKey(event.currentTarget.value)}
              autoComplete="current-password"
              required
              withAsterisk={false}
            />
            {wrong !== null && (
              <Alert color="red" role="alert">
                <WhyNot error={wrong} />
              </Alert>
            )}
            <Button type="submit" loading={signIn.isPending} disabled={key.trim() === ""}>
              <FormattedMessage id="signIn.do" />
            </Button>
            <Text size="xs" c="dimmed">
              <FormattedMessage id="signIn.lost" />
            </Text>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

/** A key of a program signs nobody in: the server's error names its scope. */
function WhyNot({ error }: { error: Error }): ReactNode {
  const isTold = error instanceof HongbaoError;
  const scope = isTold && error.details.path === "$.key" ? error.details.found : null;
  if (scope === "app" || scope === "merchant") return <FormattedMessage id={`signIn.${scope}`} />;
  // What was asked with stands before the colon: a key, or the code of a link.
  const refused = isTold && WRONG.has(error.code) ? /^\$\.(key|code):/.exec(error.message) : null;
  if (refused?.[1] === "key") return <FormattedMessage id="signIn.wrong" />;
  if (refused?.[1] === "code") return <FormattedMessage id="signIn.stale" />;
  return <FailureWords error={error} />;
}

const WRONG: ReadonlySet<string> = new Set(["unauthenticated", "invalid_request"]);
