/** Every section of the settings: a line here and a folder beside this file add one. */
import { boot } from "streamdesk/boot.js";
import { Apps } from "streamdesk/settings/apps/Apps.js";
import { Automation } from "streamdesk/settings/automation/Automation.js";
import { Canned } from "streamdesk/settings/canned/Canned.js";
import { HelpCentre } from "streamdesk/settings/help_centre/HelpCentre.js";
import { Macros } from "streamdesk/settings/macros/Macros.js";
import { Notifications } from "streamdesk/settings/notifications/Notifications.js";
import { Sla } from "streamdesk/settings/sla/Sla.js";
import { TextMessages } from "streamdesk/settings/sms/TextMessages.js";
import { Webhooks } from "streamdesk/settings/webhooks/Webhooks.js";

/**
 * @typedef {{
 *   id: string, title: string, icon: string, group: "You" | "Desk" | "Work" | "Data",
 *   everybody?: boolean, Page: (props: { rest: string[] }) => unknown
 * }} Section
 */

/** In the order of the navigation; without `everybody` a section is the administrators'. */
const ALL = /** @type {Section[]} */ ([
  { id: "notifications", title: "Notifications", icon: "bell", group: "You", everybody: true, Page: Notifications },
  { id: "canned", title: "Canned replies", icon: "canned", group: "Work", everybody: true, Page: Canned },
  { id: "macros", title: "Macros", icon: "bolt", group: "Work", everybody: true, Page: Macros },
  { id: "help_centre", title: "Help centre", icon: "help", group: "Work", Page: HelpCentre },
  { id: "automation", title: "Automation", icon: "play", group: "Work", Page: Automation },
  { id: "sla", title: "Service levels", icon: "clock", group: "Work", Page: Sla },
  { id: "text_messages", title: "Text messages", icon: "sms", group: "Data", Page: TextMessages },
  { id: "apps", title: "Apps", icon: "plug", group: "Data", Page: Apps },
  { id: "webhooks", title: "Webhooks", icon: "plug", group: "Data", Page: Webhooks },
]);

export const GROUPS = /** @type {const} */ (["You", "Desk", "Work", "Data"]);

const manages = boot.user.role === "administrator";

/** Those the reader may use. */
export const SECTIONS = ALL.filter((one) => manages || one.everybody);
