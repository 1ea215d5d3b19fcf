"use strict";
// The whole story by `@figuro/chatwoot-sdk`; prints what it was told.

const Chatwoot = require("@figuro/chatwoot-sdk");

const given = JSON.parse(process.argv[2]);
const accountId = given.account;
const client = new Chatwoot.default({
  config: { basePath: given.url, with_credentials: true, credentials: "include", token: given.token },
});

async function work() {
  const told = {};
  told.profile = (await client.profile.profile()).email;

  const inbox = await client.inboxes.create({
    accountId,
    data: { name: "Made by figuro", channel: { type: "api" } },
  });
  const inboxId = inbox.id;
  told.inbox = (await client.inboxes.get({ accountId, id: inboxId })).name;
  await client.inboxes.addAgent({
    accountId,
    data: { inbox_id: String(inboxId), user_ids: [given.agent] },
  });
  told.inbox_members = (await client.inboxes.listAgents({ accountId, inboxId })).payload.length;

  const team = await client.teams.create({ accountId, data: { name: "Made by figuro" } });
  await client.teams.addAgent({ accountId, teamId: team.id, data: { user_ids: [given.agent] } });
  told.team_members = (await client.teams.listMembers({ accountId, teamId: team.id })).length;

  const made = await client.contacts.create({
    accountId,
    data: { inbox_id: inboxId, name: "Ada Lind", email: "ada@home.example" },
  });
  const contact = made.payload.contact;
  told.contact = contact.name;
  await client.contacts.update({ accountId, id: contact.id, data: { name: "Ada M. Lind" } });

  const conversation = await client.conversations.create({
    accountId,
    data: {
      source_id: made.payload.contact_inbox.source_id,
      inbox_id: String(inboxId),
      contact_id: String(contact.id),
    },
  });
  const conversationId = conversation.id;

  const said = await client.messages.create({
    accountId,
    conversationId,
    data: { content: "On its way.", private: false, content_attributes: { note: "x" } },
  });
  told.said = [said.content, said.private, said.content_attributes.note];
  const file = await client.messages.create({
    accountId,
    conversationId,
    data: {
      content: "The receipt.",
      attachments: [{ content: "UmVjZWlwdA==", encoding: "base64", filename: "receipt.txt" }],
    },
  });
  told.attachment = file.attachments[0].file_type;

  const assignee = await client.conversationAssignment.assign({
    accountId,
    conversationId,
    data: { assignee_id: given.agent },
  });
  told.assignee = assignee.id;
  told.labels = (
    await client.conversationLabels.add({ accountId, conversationId, data: { labels: ["refund"] } })
  ).payload;
  told.resolved = (
    await client.conversations.toggleStatus({
      accountId,
      conversationId,
      data: { status: "resolved" },
    })
  ).payload.current_status;
  told.messages = (await client.messages.list({ accountId, conversationId })).payload.length;

  await client.inboxes.removeAgent({ accountId, inboxId, data: { user_ids: [given.agent] } });
  told.left = (await client.inboxes.listAgents({ accountId, inboxId })).payload.length;
  try {
    await client.contacts.get({ accountId, id: 999999999 });
  } catch (error) {
    told.not_found = error.status;
  }
  return told;
}

async function report() {
  const told = {};
  const period = { since: given.since, until: given.until };
  const summary = await client.reports.listSummaries({ accountId, type: "account", ...period });
  told.conversations = summary.conversations_count;
  told.messages_sent = summary.outgoing_messages_count;
  told.resolutions = summary.resolutions_count;
  told.live = (await client.reports.getMetrics({ accountId, type: "account" })).open;
  return told;
}

({ work, report })[given.part]().then(
  (told) => console.log(JSON.stringify(told)),
  (error) => {
    console.error(error.message, JSON.stringify(error.body ?? null), error.url ?? "");
    process.exit(1);
  },
);
