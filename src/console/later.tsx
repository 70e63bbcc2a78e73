// Pages that are loaded when somebody goes there, so that the first one does not wait for them.
import { type ComponentType, type LazyExoticComponent, lazy } from "react";

export const ReportsPage: LazyExoticComponent<ComponentType> = lazy(async () => ({
  default: (await import("./pages/reports/reports-page.tsx")).ReportsPage,
}));

export const ReportPage: LazyExoticComponent<ComponentType<{ report: string }>> = lazy(
  async () => ({ default: (await import("./pages/reports/report-page.tsx")).ReportPage }),
);

export const ComparePage: LazyExoticComponent<ComponentType> = lazy(async () => ({
  default: (await import("./pages/reports/compare-page.tsx")).ComparePage,
}));

export const VerdictPage: LazyExoticComponent<ComponentType<{ campaign: string }>> = lazy(
  async () => ({ default: (await import("./pages/reports/verdict-page.tsx")).VerdictPage }),
);

export const PlanPage: LazyExoticComponent<ComponentType> = lazy(async () => ({
  default: (await import("./pages/plan/plan-page.tsx")).PlanPage,
}));

export const AuditPage: LazyExoticComponent<ComponentType<{ campaign: string }>> = lazy(
  async () => ({ default: (await import("./pages/audit/audit-page.tsx")).AuditPage }),
);

export const ValuePage: LazyExoticComponent<ComponentType> = lazy(async () => ({
  default: (await import("./pages/value/value-page.tsx")).ValuePage,
}));

export const ServerPage: LazyExoticComponent<ComponentType> = lazy(async () => ({
  default: (await import("./pages/settings/server-page.tsx")).ServerPage,
}));

export const KeysPage: LazyExoticComponent<ComponentType> = lazy(async () => ({
  default: (await import("./pages/settings/keys-page.tsx")).KeysPage,
}));

export const WebhooksPage: LazyExoticComponent<ComponentType> = lazy(async () => ({
  default: (await import("./pages/settings/webhooks-page.tsx")).WebhooksPage,
}));
