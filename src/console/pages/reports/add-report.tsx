// Adding a report: one JSON file, with what it was made from beside it.
import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useLocation } from "wouter";
import { LIMITS } from "../../../base/limits.ts";
import { client } from "../../client.ts";
import { CampaignSelect } from "../../parts/campaign-select.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { FilesButton } from "../../parts/files-button.tsx";
import { readFile } from "../../parts/read-file.ts";
import { ToldError } from "../../parts/told-error.ts";
import { reportAddress } from "./addresses.ts";
import { REPORTS_QUERY } from "./report-queries.ts";

export function AddReport(): ReactNode {
  const intl = useIntl();
  const [isOpen, dialog] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        <FormattedMessage id="reports.add" />
      </Button>
      {isOpen && (
        <Dialog title={intl.formatMessage({ id: "reports.add" })} size="lg" onClose={dialog.close}>
          <AddForm />
        </Dialog>
      )}
    </>
  );
}

function AddForm(): ReactNode {
  const intl = useIntl();
  const queries = useQueryClient();
  const [, goTo] = useLocation();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [campaign, setCampaign] = useState("");
  const add = useMutation({
    mutationFn: async () => {
      const { report } = await client.report.add(await inputOf(files, campaign));
      if (report === undefined) throw new ToldError("reports.addGone");
      return report;
    },
    onSuccess: async (report) => {
      const { title } = report;
      notifications.show({ message: intl.formatMessage({ id: "reports.kept" }, { title }) });
      await queries.invalidateQueries({ queryKey: REPORTS_QUERY });
      goTo(reportAddress(report.report));
    },
  });
  return (
    <Stack>
      <Text>
        <FormattedMessage id="reports.addHow" /> <FormattedMessage id="reports.addWith" />
      </Text>
      <Group>
        <FilesButton accept=".json,.yaml,.yml" onFiles={setFiles} />
        {files.map(({ name }) => (
          <Code key={name} className="outside">
            {name}
          </Code>
        ))}
      </Group>
      <CampaignSelect
        label="reports.addAbout"
        none="reports.addNone"
        campaign={campaign}
        onChange={setCampaign}
      />
      <FailureAlert error={add.error} />
      <Group justify="flex-end">
        <Button disabled={files.length === 0} loading={add.isPending} onClick={() => add.mutate()}>
          <FormattedMessage id="reports.addDo" />
        </Button>
      </Group>
    </Stack>
  );
}

interface AddInput {
  report: Record<string, unknown>;
  campaign?: string;
  files?: Record<string, string>;
}

async function inputOf(files: readonly File[], campaign: string): Promise<AddInput> {
  const isJson = ({ name }: File): boolean => name.toLowerCase().endsWith(".json");
  const [json, ...more] = files.filter(isJson);
  if (json === undefined) throw new ToldError("reports.addNoJson");
  if (more.length > 0) throw new ToldError("reports.addTwo", { count: more.length + 1 });
  const others = files.filter((file) => !isJson(file));
  const texts = await Promise.all(others.map(async (file) => [file.name, await textOf(file)]));
  return {
    report: parsed(json.name, await textOf(json)),
    ...(campaign === "" ? {} : { campaign }),
    ...(others.length === 0 ? {} : { files: Object.fromEntries(texts) as AddInput["files"] & {} }),
  };
}

const textOf = (file: File): Promise<string> => readFile(file, LIMITS.reportBytes);

/** Whether it is a report at all says the server. */
function parsed(name: string, text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new ToldError("reports.addNotJson", { name });
  }
}
