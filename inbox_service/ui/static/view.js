/**
 * A view is what the list shows: whose, in which status, of which inbox, team or label, in which
 * order.
 */

/** @typedef {import("./types").View} View */
/** @typedef {import("./types").Conversation} Conversation */

export const SORTS = /** @type {Record<string, string>} */ ({
  last_activity_at_desc: "Latest activity",
  waiting_since_asc: "Longest waiting",
  created_at_desc: "Newest",
  created_at_asc: "Oldest",
  priority_desc: "Priority",
});

export const STATUSES = /** @type {const} */ ({
  open: "Open",
  pending: "Pending",
  snoozed: "Snoozed",
  resolved: "Resolved",
  all: "Every status",
});

export const DEFAULT_SORT = "last_activity_at_desc";

/** @type {View} */
export const ALL_OPEN = {
  who: "all",
  status: "open",
  inbox: null,
  team: null,
  label: null,
  q: "",
  sort: DEFAULT_SORT,
};

/** @param {string} search @param {string} sort the reader's usual order @returns {View} */
export function viewFromQuery(search, sort) {
  const query = new URLSearchParams(search);
  const who = query.get("who");
  const status = query.get("status") ?? "open";
  const asked = query.get("sort") ?? sort;
  return {
    who: who === "me" || who === "unassigned" ? who : "all",
    status: status in STATUSES ? /** @type {View["status"]} */ (status) : "open",
    inbox: Number(query.get("inbox")) || null,
    team: Number(query.get("team")) || null,
    label: query.get("label"),
    q: query.get("q") ?? "",
    sort: asked in SORTS ? asked : DEFAULT_SORT,
  };
}

/** @param {View} view */
export function queryOfView(view) {
  const query = new URLSearchParams();
  if (view.who !== "all") query.set("who", view.who);
  if (view.status !== "open") query.set("status", view.status);
  if (view.inbox) query.set("inbox", String(view.inbox));
  if (view.team) query.set("team", String(view.team));
  if (view.label) query.set("label", view.label);
  if (view.q) query.set("q", view.q);
  if (view.sort !== DEFAULT_SORT) query.set("sort", view.sort);
  const text = query.toString();
  return text ? `?${text}` : "";
}

/**
 * What the API is asked for; a search looks into every status unless one was chosen.
 * @param {View} view
 * @returns {Record<string, string | number | string[]>}
 */
export function paramsOfView(view) {
  return {
    ...(view.q && view.status === "open" ? {} : { status: view.status }),
    assignee_type: view.who,
    sort_by: view.sort,
    ...(view.inbox ? { inbox_id: view.inbox } : {}),
    ...(view.team ? { team_id: view.team } : {}),
    ...(view.label ? { "labels[]": [view.label] } : {}),
    ...(view.q ? { q: view.q } : {}),
  };
}

/**
 * Whether a conversation is in the view; a search only keeps what the server found.
 * @param {View} view
 * @param {Conversation} c
 * @param {number} me
 */
export function belongs(view, c, me) {
  if (view.status !== "all" && c.status !== view.status) return false;
  if (view.who === "me" && c.meta.assignee?.id !== me) return false;
  if (view.who === "unassigned" && c.meta.assignee) return false;
  if (view.inbox && c.inbox_id !== view.inbox) return false;
  if (view.team && c.meta.team?.id !== view.team) return false;
  return !view.label || c.labels.includes(view.label);
}

const RANK = { urgent: 3, high: 2, medium: 1, low: 0 };

/** @param {Conversation} c */
const rank = (c) => (c.priority ? RANK[c.priority] : -1);

/** @param {Conversation} c */
const waiting = (c) => c.waiting_since || Number.MAX_SAFE_INTEGER;

/**
 * The server's order, for placing what arrives live.
 * @param {string} sort
 * @returns {(a: Conversation, b: Conversation) => number}
 */
export function comparator(sort) {
  switch (sort) {
    case "waiting_since_asc":
      return (a, b) => waiting(a) - waiting(b) || a.created_at - b.created_at || a.id - b.id;
    case "created_at_desc":
      return (a, b) => b.created_at - a.created_at || b.id - a.id;
    case "created_at_asc":
      return (a, b) => a.created_at - b.created_at || a.id - b.id;
    case "priority_desc":
      return (a, b) => rank(b) - rank(a) || b.last_activity_at - a.last_activity_at || b.id - a.id;
    default:
      return (a, b) => b.last_activity_at - a.last_activity_at || b.id - a.id;
  }
}

/**
 * Which folder of the rail the view is, as "me", "unassigned", "all", "snoozed", "inbox 3", "team
 * 2", "label refund".
 * @param {View} view
 */
export function folderOf(view) {
  if (view.inbox) return `inbox ${view.inbox}`;
  if (view.team) return `team ${view.team}`;
  if (view.label) return `label ${view.label}`;
  if (view.who === "all" && view.status === "snoozed") return "snoozed";
  return view.who;
}

/**
 * @param {View} view
 * @param {(kind: "inbox" | "team", id: number) => string | undefined} nameOf
 */
export function titleOfView(view, nameOf) {
  if (view.inbox) return nameOf("inbox", view.inbox) ?? "Inbox";
  if (view.team) return nameOf("team", view.team) ?? "Team";
  if (view.label) return view.label;
  if (view.who === "me") return "Mine";
  if (view.who === "unassigned") return "Unassigned";
  if (view.status === "snoozed") return "Snoozed";
  return view.status === "all" ? "All" : `All ${view.status}`;
}
