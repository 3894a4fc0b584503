import { accessEn } from "./pages/access.en";
import { auditEn } from "./pages/audit.en";
import { policyEn } from "./pages/policy.en";
import { settings } from "./pages/settings.en";
import { sharing } from "./pages/sharing.en";
import { start } from "./pages/start.en";
import { services } from "./pages/services.en";
import { insights } from "./pages/insights.en";
import { live } from "./pages/live.en";

/** What only pages say that few visits open: read with the first of them. */
export const moreEn = {
  ...accessEn,
  ...auditEn,
  ...policyEn,
  ...settings,
  ...sharing,
  ...start,
  ...services,
  ...insights,
  ...live,
} as const satisfies Record<string, string | ((...values: never[]) => string)>;
