import type { moreEn } from "./more.en";
import { accessFr } from "./pages/access.fr";
import { auditFr } from "./pages/audit.fr";
import { policyFr } from "./pages/policy.fr";
import { settings } from "./pages/settings.fr";
import { sharing } from "./pages/sharing.fr";
import { start } from "./pages/start.fr";
import { services } from "./pages/services.fr";
import { insights } from "./pages/insights.fr";
import { live } from "./pages/live.fr";
import type { Translated } from "./translated";

export const moreFr: Translated<typeof moreEn> = {
  ...accessFr,
  ...auditFr,
  ...policyFr,
  ...settings,
  ...sharing,
  ...start,
  ...services,
  ...insights,
  ...live,
};
