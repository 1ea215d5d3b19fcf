/** Who the visitor is, who would answer them, and what the page around us wants. */
import { batch, computed, signal } from "@preact/signals";
import * as api from "streamdesk/widget/api.js";
import { connect, line } from "streamdesk/widget/line.js";
import * as sending from "streamdesk/widget/sending.js";
import * as talk from "streamdesk/widget/conversation.js";

export const config = signal(/** @type {any} */ (null));
export const contact = signal(/** @type {any} */ (null));
export const agents = signal(/** @type {any[]} */ ([]));
export const open = signal(false);
/** "home", "talk", or "form": what stands before the first message. */
export const screen = signal(/** @type {"home" | "talk" | "form"} */ ("home"));
/** Whether the first answer of the server is there; null while it is awaited. */
export const begun = signal(/** @type {boolean | null} */ (null));

const AGAIN = [1, 2, 5, 10, 20];

/** @type {(event: string, data?: Record<string, unknown>) => void} */
let tell = () => undefined;

/** The agent the visitor talks to: who has the conversation, or who said something last. */
export const partner = computed(() => {
  const assignee = talk.conversation.value?.assignee;
  const said = talk.messages.value.findLast((m) => m.sender?.type === "user")?.sender;
  const found = said ?? assignee;
  return found && { ...found, presence: presenceOf(found.id) };
});

export const someoneIsThere = computed(() =>
  agents.value.some((agent) => agent.availability_status === "online"),
);

/** @param {number} id */
const presenceOf = (id) =>
  agents.value.find((agent) => agent.id === id)?.availability_status ?? "offline";

/** @type {Promise<boolean> | null} */
let beginning = null;
let tries = 0;

/** Learn who we are and what was said; tried again for as long as it takes. */
export function begin() {
  beginning ??= attempt().finally(() => (beginning = null));
  return beginning;
}

async function attempt() {
  try {
    const { website_channel_config: settings, contact: person } = await api.begin();
    const before = api.who.contact;
    api.who.token = settings.auth_token;
    api.who.contact = person.id;
    tell("token", { token: settings.auth_token });
    batch(() => {
      config.value = settings;
      contact.value = person;
      begun.value = true;
    });
    if (before !== person.id) {
      talk.clear();
      connect(person.pubsub_token, { received, on: back });
      sending.restore();
    }
    tries = 0;
    await Promise.all([talk.catchUp(), loadAgents()]);
    if (talk.conversation.peek() && screen.peek() === "form") screen.value = "talk";
    return true;
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    if (begun.peek() === null) begun.value = false;
    const wait = error.wait || AGAIN[Math.min(tries++, AGAIN.length - 1)] || 20;
    if (error.status === 404 || error.status === 401)
      tell("failed", { data: { message: error.message } });
    else setTimeout(begin, wait * 1000);
    return false;
  }
}

async function loadAgents() {
  agents.value = await api.members();
}

/** Whoever writes is there: look again where we thought otherwise. @param {number | undefined} id */
function isThere(id) {
  if (id && presenceOf(id) !== "online") harmless(loadAgents());
}

/** The line is there, for the first time or again: what came meanwhile is read. */
async function back() {
  sending.hurry();
  try {
    await Promise.all([talk.catchUp(), loadAgents()]);
    await talk.see();
  } catch (error) {
    // The line will drop again, and come back again.
    if (!(error instanceof api.ApiError)) throw error;
  }
}

/** @param {any} message */
function said(message) {
  const here = talk.conversation.peek();
  if (here && message.conversation_id < here.id) return;
  const isNew = !talk.messages.peek().some((m) => m.id === message.id);
  if (!here || message.conversation_id > here.id) talk.take({ id: message.conversation_id });
  talk.merge([message]);
  if (!talk.isOurs(message)) return;
  talk.writes(null);
  isThere(message.sender?.id);
  talk.see();
  if (isNew) tell("message", { data: message });
}

/** @type {Record<string, (data: any) => void>} */
const HANDLERS = {
  "message.created": said,
  "message.updated": (message) =>
    talk.messages.peek().some((m) => m.id === message.id) && talk.merge([message]),
  "conversation.created": talk.take,
  "conversation.updated": talk.take,
  "conversation.status_changed": talk.take,
  "conversation.typing_on": ({ user }) => {
    talk.writes(user.name);
    isThere(user.id);
  },
  "conversation.typing_off": () => talk.writes(null),
  "presence.update": ({ users }) =>
    (agents.value = agents
      .peek()
      .map((agent) => ({ ...agent, availability_status: users[agent.id] ?? "offline" }))),
};

/** @param {{ event: string, data: any }} frame */
function received({ event, data }) {
  batch(() => HANDLERS[event]?.(data));
}

/** Whether something is asked before the first message. */
export const asksFirst = () => {
  if (talk.conversation.peek()) return false;
  const { pre_chat_form_enabled: asks, availability } = config.peek() ?? {};
  return (!!asks && !contact.peek()?.has_email) || (availability?.open === false && !contact.peek()?.has_email);
};

/** To the conversation, or to what comes before it. */
export function goOn() {
  screen.value = asksFirst() ? "form" : "talk";
}

/** @param {boolean} now */
function look(now) {
  open.value = now;
  talk.looking.value = now && screen.peek() === "talk";
  if (now) talk.see();
}

let announced = false;

/** Whoever is in the middle of something goes on with it. */
function resume() {
  const current = talk.conversation.peek();
  if (!announced && current && (current.status !== "resolved" || talk.unread.peek())) goOn();
}

async function opens() {
  look(true);
  if (!begun.peek() || beginning) await begin();
  resume();
  if (announced || !begun.peek()) return;
  announced = true;
  await harmless(api.opened());
}

/**
 * What the page asks for is done when the server can; it is told when it says no.
 * @param {Promise<any>} asked
 */
async function harmless(asked) {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    tell("failed", { data: { message: error.message } });
    return null;
  }
}

/** @param {{ identifier: string, user: any }} said */
async function identify({ identifier, user }) {
  const { avatar_url: _, ...known } = user;
  const shown = await harmless(api.setUser({ ...known, identifier }));
  if (!shown) return;
  if (shown.widget_auth_token) api.who.token = shown.widget_auth_token;
  await begin();
}

/** @type {Record<string, (data: any) => unknown>} */
const ORDERS = {
  open: opens,
  close: () => look(false),
  "set-user": identify,
  "contact-attributes": ({ attributes }) =>
    harmless(api.updateContact({ custom_attributes: attributes })),
  "forget-contact-attribute": ({ name }) => harmless(api.forgetContactAttribute(name)),
  attributes: ({ attributes }) => harmless(api.setAttributes(attributes)),
  "forget-attribute": ({ name }) => harmless(api.forgetAttribute(name)),
  label: ({ label }) => harmless(api.addLabel(label)),
  unlabel: ({ label }) => harmless(api.removeLabel(label)),
  locale: ({ locale }) => (document.documentElement.lang = locale),
};

/** Orders of the page are carried out one after the other. @type {Promise<unknown>} */
let queue = Promise.resolve();

/** @param {string} event @param {any} data */
export function hear(event, data) {
  const order = ORDERS[event];
  if (!order) return;
  if (event === "open" || event === "close") order(data);
  else queue = queue.then(async () => (begun.peek() || (await begin())) && order(data));
}

/** The visitor closes the chat. */
export const close = () => tell("close");

/** @param {{ boot: any, tell: typeof tell, hello: any }} given */
export function startSession(given) {
  tell = given.tell;
  api.who.website = given.boot.website_token;
  api.who.token = given.hello.token ?? null;
  sending.place.page = given.hello.page ?? document.referrer;
  talk.unread.subscribe((count) => tell("unread", { count }));
  sending.onBegun((conversation) => tell("started", { data: conversation }));
  screen.subscribe(() => look(open.peek()));
  document.addEventListener("visibilitychange", () => talk.see());
  line.subscribe(() => undefined);
  queue = begin();
  if (given.hello.open) opens();
}
