// What every page runs: the parts of GOV.UK Frontend that are used, and what helps with long texts.
// Bundled to static/improvement/js/govuk.js by `make static`.
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { write } from "./writing.js";

createAll(Button, { preventDoubleClick: true });
for (const component of [CharacterCount, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink]) createAll(component);
write();
// Where there is room the style sheet opens the facts beside a form; older browsers need help with that.
if (!CSS.supports("selector(details::details-content)") && matchMedia("(min-width: 40.0625em)").matches) {
  for (const facts of document.querySelectorAll(".app-beside__facts")) facts.open = true;
}
