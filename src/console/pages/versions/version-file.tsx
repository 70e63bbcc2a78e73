// A version's rules as a file, into the reader's downloads.
import { Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { client } from "../../client.ts";
import { FailureWords } from "../../parts/failure-words.tsx";
import { saveFile } from "../../parts/save-file.ts";
import { shownTexts } from "../../shown-text.ts";

export function VersionFile({
  campaign,
  version,
}: {
  campaign: string;
  version: number;
}): ReactNode {
  const { data, error, isPending, mutate } = useMutation({
    mutationFn: () => client.campaign.file({ campaign, version: String(version) }),
    onSuccess: ({ yaml }) => {
      if (yaml === undefined) return;
      saveFile(`${campaign}-version-${version}.yaml`, new Blob([yaml], { type: "text/yaml" }));
    },
  });
  const paths = data?.problems?.map(({ path }) => path) ?? [];
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        w="fit-content"
        loading={isPending}
        onClick={() => mutate()}
      >
        <FormattedMessage id="history.download" values={{ version }} />
      </Button>
      {error !== null && (
        <Text size="sm" className="wrong" role="alert">
          <FailureWords error={error} />
        </Text>
      )}
      {paths.length > 0 && (
        <Text size="sm" role="alert">
          <FormattedMessage
            id="history.unwritable"
            values={{ what: shownTexts(paths.join(", ")) }}
          />
        </Text>
      )}
    </>
  );
}
