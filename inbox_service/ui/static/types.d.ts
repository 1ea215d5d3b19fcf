/** The shapes the page reads and writes; the wire is Chatwoot's, the extra fields are ours. */

export type Status = "open" | "pending" | "snoozed" | "resolved";
export type Priority = "low" | "medium" | "high" | "urgent";
export type Presence = "online" | "busy" | "offline";
export type DeliveryStatus = "sent" | "delivered" | "read" | "failed";

export interface Boot {
  account: { id: number; name: string; time_zone: string; locale: string };
  user: Me;
  accounts: { id: number; name: string }[];
  dashboards_url: string | null;
  version: string;
}

export interface Me {
  id: number;
  name: string;
  email: string;
  role: "administrator" | "agent";
  pubsub_token: string;
  availability: Presence;
  thumbnail: string | null;
}

export interface Agent {
  id: number;
  name: string;
  available_name?: string | null;
  email?: string;
  thumbnail?: string | null;
  availability_status?: Presence;
  role?: string;
}

export interface Contact {
  id: number;
  name: string | null;
  email: string | null;
  phone_number: string | null;
  identifier?: string | null;
  thumbnail?: string | null;
  blocked?: boolean;
  availability_status?: Presence;
  additional_attributes?: Record<string, unknown>;
  custom_attributes?: Record<string, unknown>;
  last_activity_at?: number | null;
  created_at?: number | null;
}

export interface Inbox {
  id: number;
  name: string;
  channel_type: string;
  phone_number?: string | null;
}

export interface Team {
  id: number;
  name: string;
}

export interface Label {
  id: number;
  title: string;
  color: string;
  show_on_sidebar?: boolean;
}

export interface Attachment {
  id?: number;
  file_type: string;
  /** Null while the file is still fetched from the provider. */
  data_url: string | null;
  pending?: boolean;
  thumb_url?: string | null;
  file_size?: number | null;
  file_name?: string | null;
  fallback_title?: string | null;
  extension?: string | null;
  width?: number | null;
  height?: number | null;
  coordinates_lat?: number | null;
  coordinates_long?: number | null;
}

export interface Sender {
  id: number;
  name: string | null;
  type?: string;
  thumbnail?: string | null;
  avatar_url?: string | null;
}

export interface Message {
  id: number | string;
  content: string | null;
  conversation_id: number;
  inbox_id?: number;
  message_type: 0 | 1 | 2 | 3;
  content_type?: string | null;
  content_attributes?: Record<string, any>;
  private: boolean;
  status: DeliveryStatus | null;
  queued?: boolean;
  source_id?: string | null;
  echo_id?: string | null;
  created_at: number;
  updated_at?: number | string;
  sender_type?: string | null;
  sender_id?: number | null;
  sender?: Sender | null;
  attachments?: Attachment[] | null;
  /** Only on messages this page has not stored yet. */
  local?: LocalSend;
}

export interface LocalSend {
  state: "sending" | "waiting" | "failed";
  reason?: string;
  files: File[];
}

export interface Conversation {
  id: number;
  account_id: number;
  uuid?: string;
  inbox_id: number;
  status: Status;
  priority: Priority | null;
  labels: string[];
  can_reply: boolean;
  muted?: boolean;
  unread_count: number;
  snoozed_until: number | null;
  waiting_since: number | null;
  created_at: number;
  updated_at?: number;
  last_activity_at: number;
  agent_last_seen_at?: number | null;
  additional_attributes?: Record<string, any>;
  custom_attributes?: Record<string, unknown>;
  messages?: Message[];
  last_non_activity_message: Message | null;
  version?: number;
  merged_into?: number | null;
  sla_policy_id?: number | null;
  applied_sla?: AppliedSla;
  sla_events?: SlaEvent[];
  meta: {
    sender: Contact;
    assignee: Agent | null;
    team: Team | null;
    channel?: string;
  };
}

export interface RuleCondition {
  attribute_key: string;
  filter_operator: string;
  values: (string | number | boolean)[];
  query_operator: "AND" | "OR" | null;
  custom_attribute_type?: string | null;
}

export interface RuleAction {
  action_name: string;
  action_params: any[];
}

/** Several actions under one name. */
export interface Macro {
  id: number;
  name: string;
  visibility: "personal" | "global";
  actions: RuleAction[];
  created_by: Agent;
}

/** What a macro could not do, and why. */
export interface Refused {
  conversation_id: number;
  action_name: string;
  detail: string | null;
}

/** What is promised, in seconds; null is not promised. */
export interface SlaPolicy {
  id: number;
  name: string;
  description: string | null;
  first_response_time_threshold: number | null;
  next_response_time_threshold: number | null;
  resolution_time_threshold: number | null;
  only_during_business_hours: boolean;
}

/** How a conversation's policy stands; empty without one. */
export interface AppliedSla {
  id?: number;
  sla_status?: "active" | "hit" | "missed" | "active_with_misses";
  sla_name?: string;
  sla_description?: string | null;
  sla_first_response_time_threshold?: number | null;
  sla_next_response_time_threshold?: number | null;
  sla_resolution_time_threshold?: number | null;
  sla_only_during_business_hours?: boolean;
  first_response_due_at?: number | null;
  next_response_due_at?: number | null;
  resolution_due_at?: number | null;
}

export interface SlaEvent {
  id: number;
  event_type: "frt" | "nrt" | "rt";
  created_at: number;
}

export interface Rule {
  id: number;
  name: string;
  description: string | null;
  event_name: string;
  conditions: RuleCondition[];
  actions: RuleAction[];
  active: boolean;
  created_on: number;
  runs_count: number;
  stopped_count: number;
  failed_count: number;
  last_run_at: number | null;
  last_error: string | null;
}

export interface RunCondition extends RuleCondition {
  found: unknown;
  held: boolean;
}

export interface RunAction {
  action_name: string;
  ending?: string;
  detail?: string | null;
}

/** One firing of a rule, with its reasons. */
export interface Run {
  id: number;
  rule_id: number;
  rule_name: string;
  event_name: string;
  conversation_id: number;
  contact_name: string;
  stopped: string | null;
  conditions: RunCondition[];
  actions: RunAction[];
  created_at: number;
}

export interface Counts {
  mine: number;
  unassigned: number;
  all: number;
  snoozed: number;
  pending: number;
  resolved: number | null;
  inboxes: Record<string, number>;
  teams: Record<string, number>;
  labels: Record<string, number>;
}

export interface View {
  who: "all" | "me" | "unassigned";
  status: Status | "all";
  inbox: number | null;
  team: number | null;
  label: string | null;
  q: string;
  sort: string;
}

export interface Command {
  id: string;
  label: string;
  icon: string;
  group: string;
  /** Key bindings such as "e", "g m", "mod+k"; the first is shown. */
  keys?: string[];
  /** True when the keys also work inside a field. */
  anywhere?: boolean;
  when?: () => boolean;
  run: (event?: Event) => void;
}

export interface Pop {
  kind: string;
  /** Where it was asked for. */
  at: { left: number; top: number; right: number; bottom: number };
  back: HTMLElement | null;
}
