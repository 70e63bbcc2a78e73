// Every generated file, by its path from the root, and what renders it.
import { cliPage, configurationPage } from "../docs-cli.ts";
import { campaignPage, campaignSchemaText } from "./campaign-page.ts";
import { errorsPage } from "./errors-page.ts";
import { httpPage } from "./http-page.ts";
import { backTestSchemaText, judgementSchemaText, planStudySchemaText } from "./plan-json.ts";
import { planPage, planSchemaText } from "./plan-page.ts";
import { provePage, proveSchemaText } from "./prove-page.ts";
import { publishedPage, publishedSchemaText } from "./published-page.ts";
import { valuationSchemaText, valuePage, valueSchemaText } from "./value-page.ts";
import { verdictSchemaText } from "./verdict-schema.ts";
import { webhookEventSchemaText } from "./webhook-event-schema.ts";

export const GENERATED: Readonly<Record<string, () => string>> = {
  "docs/reference/campaign.md": campaignPage,
  "docs/reference/cli.md": cliPage,
  "docs/reference/configuration.md": configurationPage,
  "docs/reference/errors.md": errorsPage,
  "docs/reference/http.md": httpPage,
  "docs/reference/plan.md": planPage,
  "docs/reference/prove.md": provePage,
  "docs/reference/published.md": publishedPage,
  "docs/reference/value.md": valuePage,
  "schema/back-test.schema.json": backTestSchemaText,
  "schema/campaign.schema.json": campaignSchemaText,
  "schema/judgement.schema.json": judgementSchemaText,
  "schema/plan-study.schema.json": planStudySchemaText,
  "schema/plan.schema.json": planSchemaText,
  "schema/prove.schema.json": proveSchemaText,
  "schema/published.schema.json": publishedSchemaText,
  "schema/valuation.schema.json": valuationSchemaText,
  "schema/value.schema.json": valueSchemaText,
  "schema/verdict.schema.json": verdictSchemaText,
  "schema/webhook-event.schema.json": webhookEventSchemaText,
};
