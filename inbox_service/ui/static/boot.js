/** What the server wrote into the page: the account, the reader, where things are. */

/** @type {import("./types").Boot} */
export const boot = JSON.parse(document.getElementById("boot")?.textContent ?? "null");

/** The prefix of what this page keeps in the browser, apart for every account and person. */
export const KEEP = `streamdesk:${boot.account.id}:${boot.user.id}`;
