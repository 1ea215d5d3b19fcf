# mypy: ignore-errors
"""The whole story by `chatwoot-sdk`; prints what it was told."""

import json
import sys

from chatwoot import ChatwootClient
from chatwoot.exceptions import ChatwootAuthError, ChatwootNotFoundError

given = json.loads(sys.argv[1])
account = given["account"]
told = {}

with ChatwootClient(base_url=given["url"], api_token=given["token"]) as client:
    told["profile"] = client.profile.get().email
    inbox = client.inboxes.create(account, name="Made by chatwoot-sdk", channel_type="api")
    client.inboxes.agents.add(account, inbox.id, [given["agent"]])
    team = client.teams.create(account, name="Made by chatwoot-sdk")
    client.teams.agents.add(account, team.id, [given["agent"]])
    told["team_members"] = [one.id for one in client.teams.agents.list(account, team.id)]

    made = client.contacts.create(
        account, inbox.id, name="Sol Reyes", email="sol@home.example", identifier="sol-1"
    )
    client.contacts.update(account, made.contact.id, name="Sol A. Reyes")
    client.contacts.labels.add(account, made.contact.id, ["vip"])
    told["contact"] = client.contacts.get(account, made.contact.id).name
    told["found"] = [one.id for one in client.contacts.search(account, "sol")] == [made.contact.id]

    conversation = client.conversations.create(
        account, made.contact_inbox.source_id, inbox.id, made.contact.id
    )
    client.messages.create(account, conversation.id, "Where is my order?", message_type="incoming")
    said = client.messages.create(account, conversation.id, "On its way.")
    client.messages.create(account, conversation.id, "He is a regular.", private=True)
    client.conversations.assign(account, conversation.id, given["agent"])
    client.conversations.labels.add(account, conversation.id, ["refund"])
    client.conversations.update(account, conversation.id, team_id=team.id, priority="high")

    found = client.conversations.get(account, conversation.id)
    told["conversation"] = {
        "status": found.status.value,
        "assignee": found.meta.assignee.id,
        "team": found.meta.team.id == team.id,
        "labels": found.labels,
        "priority": found.priority.value,
    }
    told["messages"] = [
        [one.content, one.message_type, one.private]
        for one in client.messages.list(account, conversation.id)
        if one.message_type in (0, 1)
    ]
    resolved = client.conversations.toggle_status(account, conversation.id, "resolved")
    told["resolved"] = resolved.current_status.value
    told["listed"] = [one.id for one in client.conversations.list(account, status="resolved")]
    told["listed"] = conversation.id in told["listed"]
    told["counts"] = client.conversations.get_counts(account, status="resolved")
    told["of_contact"] = [
        one.id for one in client.contacts.conversations(account, made.contact.id)
    ] == [conversation.id]
    told["reachable"] = len(client.contacts.contactable_inboxes(account, made.contact.id))

    told["corrected"] = client.messages.update(account, said.id, "It comes tomorrow.").content
    client.messages.delete(account, said.id)

    double = client.contacts.create(account, inbox.id, name="S. Reyes")
    merged = client.contacts.merge(account, made.contact.id, double.contact.id)
    told["merged"] = merged.id == made.contact.id

    hired = client.agents.add(account, "Edda Moe", given["new_agent"], "agent")
    told["hired"] = client.agents.update(account, hired.id, role="administrator").role.value
    client.agents.remove(account, hired.id)
    try:
        client.contacts.get(account, 999_999_999)
    except ChatwootNotFoundError as error:
        told["not_found"] = str(error)

try:
    ChatwootClient(base_url=given["url"], api_token="wrong").profile.get()
except ChatwootAuthError as error:
    told["refused"] = str(error)

sys.stdout.write(json.dumps(told))
