// A link of `hongbao console` signs in by itself where nobody is signed in. Where somebody is, he
// is asked: anybody can send him a link, and would then see what he does.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { client } from "../client.ts";
import { Dialog } from "../parts/dialog.tsx";
import { FailureAlert } from "../parts/failure-alert.tsx";
import { forgetHolder, SESSION_QUERY, tellTabs } from "./session.ts";

export interface CodeLink {
  /** Waits for a word of whoever is signed in. */
  readonly isAsked: boolean;
  readonly isRunning: boolean;
  /** Why it did not sign in. */
  readonly error: Error | null;
  follow(): void;
  /** Nothing changes; the code ends by itself. */
  leave(): void;
}

/** @param isIn whether somebody is signed in; null while that is not known */
export function useCodeLink(isIn: boolean | null): CodeLink {
  const queries = useQueryClient();
  const [code, setCode] = useState<string | null>(null);
  const { mutate, reset, isPending, error } = useMutation({
    mutationFn: (one: string) => client.session.open({ code: one }, { totalMs: 0 }),
    onSuccess: async () => {
      setCode(null);
      tellTabs("signed in");
      forgetHolder(queries);
      await queries.resetQueries({ queryKey: SESSION_QUERY });
    },
    // The answer may have been lost on its way, and the cookie be there.
    onError: () => queries.invalidateQueries({ queryKey: SESSION_QUERY }),
  });
  useEffect(() => {
    const take = (): void => {
      const taken = takeCode();
      if (taken !== null) setCode(taken);
    };
    take();
    // A link to the page that is open already loads nothing anew.
    addEventListener("hashchange", take);
    return () => removeEventListener("hashchange", take);
  }, []);
  useEffect(() => {
    if (isIn !== false || code === null) return;
    setCode(null);
    mutate(code);
  }, [isIn, code, mutate]);
  const leave = (): void => {
    setCode(null);
    reset();
  };
  const follow = (): void => {
    if (code !== null) mutate(code);
  };
  const isAsked = code !== null && isIn === true;
  const isRunning = isPending || (code !== null && isIn === false);
  return { isAsked, isRunning, error, follow, leave };
}

/** @param name of whose session it is */
export function CodeQuestion({ link, name }: { link: CodeLink; name: string }): ReactNode {
  const intl = useIntl();
  return (
    <Dialog title={intl.formatMessage({ id: "signIn.link" })} onClose={link.leave}>
      <Stack>
        <Text className="outside">
          <FormattedMessage id="signIn.linkHow" values={{ name }} />{" "}
          <FormattedMessage id="signIn.linkLoses" />
        </Text>
        <FailureAlert error={link.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={link.leave} data-autofocus>
            <FormattedMessage id="signIn.linkStay" />
          </Button>
          <Button color="red.9" loading={link.isRunning} onClick={link.follow}>
            <FormattedMessage id="signIn.linkGo" />
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

const CODE = /^#code=([0-9a-z]+)$/;

/** The code of the address, which loses it: it is of use once. */
function takeCode(): string | null {
  const code = CODE.exec(location.hash)?.[1] ?? null;
  if (code !== null) history.replaceState(null, "", location.pathname + location.search);
  return code;
}
