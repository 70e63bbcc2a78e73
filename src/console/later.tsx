// Pages that are loaded when somebody goes there, so that the first one does not wait for them.
import type { ReactNode } from "react";
import type { OfferFieldProps } from "./pages/suspects/offer-field.tsx";
import { Later } from "./parts/later.tsx";
import type { Books } from "./parts/with-books.tsx";

export function ReportsPage(): ReactNode {
  const load = async () => (await import("./pages/reports/reports-page.tsx")).ReportsPage;
  return <Later name="reports/reports-page" load={load} props={{}} />;
}

export function ReportPage(props: { report: string }): ReactNode {
  const load = async () => (await import("./pages/reports/report-page.tsx")).ReportPage;
  return <Later name="reports/report-page" load={load} props={props} />;
}

export function ComparePage(): ReactNode {
  const load = async () => (await import("./pages/reports/compare-page.tsx")).ComparePage;
  return <Later name="reports/compare-page" load={load} props={{}} />;
}

export function VerdictPage(props: { campaign: string }): ReactNode {
  const load = async () => (await import("./pages/reports/verdict-page.tsx")).VerdictPage;
  return <Later name="reports/verdict-page" load={load} props={props} />;
}

export function PlanPage(): ReactNode {
  const load = async () => (await import("./pages/plan/plan-page.tsx")).PlanPage;
  return <Later name="plan/plan-page" load={load} props={{}} />;
}

export function OfferTable(props: { books: Books }): ReactNode {
  const load = async () => (await import("./pages/offers/offer-table.tsx")).OfferTable;
  return <Later name="offers/offer-table" load={load} props={props} />;
}

export function OfferField(props: OfferFieldProps): ReactNode {
  const load = async () => (await import("./pages/suspects/offer-field.tsx")).OfferField;
  return <Later name="suspects/offer-field" load={load} props={props} />;
}

export function AuditPage(props: { campaign: string }): ReactNode {
  const load = async () => (await import("./pages/audit/audit-page.tsx")).AuditPage;
  return <Later name="audit/audit-page" load={load} props={props} />;
}

export function ValuePage(): ReactNode {
  const load = async () => (await import("./pages/value/value-page.tsx")).ValuePage;
  return <Later name="value/value-page" load={load} props={{}} />;
}

export function ServerPage(): ReactNode {
  const load = async () => (await import("./pages/settings/server-page.tsx")).ServerPage;
  return <Later name="settings/server-page" load={load} props={{}} />;
}

export function KeysPage(): ReactNode {
  const load = async () => (await import("./pages/settings/keys-page.tsx")).KeysPage;
  return <Later name="settings/keys-page" load={load} props={{}} />;
}

export function WebhooksPage(): ReactNode {
  const load = async () => (await import("./pages/settings/webhooks-page.tsx")).WebhooksPage;
  return <Later name="settings/webhooks-page" load={load} props={{}} />;
}
