# mypy: ignore-errors
"""The whole story by `chatwoot-python-client`; prints what it was told."""

import json
import sys

import chatwoot_client as chatwoot

given = json.loads(sys.argv[1])
account = given["account"]
told = {}

configuration = chatwoot.Configuration()
configuration.host = given["url"]
configuration.api_key["api_access_token"] = given["token"]
client = chatwoot.ApiClient(configuration)


def work():
    inboxes = chatwoot.InboxesApi(client)
    inbox = inboxes.inbox_creation(
        {"name": "Made by chatwoot-python-client", "channel": {"type": "api"}}, account
    )
    told["inbox"] = inboxes.get_inbox(account, inbox.id).name
    inboxes.add_new_agent_to_inbox(
        {"inbox_id": str(inbox.id), "user_ids": [given["agent"]]}, account
    )

    contacts = chatwoot.ContactsApi(client)
    contacts.contact_create(
        {"inbox_id": inbox.id, "name": "Ivo Brandt", "email": "ivo@home.example"}, account
    )
    found = contacts.contact_search(account, q="ivo@home.example")
    contact = found.payload[0]["id"]
    told["contact"] = found.payload[0]["name"]

    conversations = chatwoot.ConversationsApi(client)
    begun = conversations.new_conversation(
        {"source_id": "ivo-7", "inbox_id": str(inbox.id), "contact_id": str(contact)}, account
    )
    conversation = begun.id
    said = chatwoot.MessagesApi(client).create_a_new_message_in_a_conversation(
        {"content": "On its way.", "message_type": "outgoing", "private": False},
        account,
        conversation,
    )
    told["said"] = said.content
    given_to = chatwoot.ConversationAssignmentApi(client).assign_a_conversation(
        {"assignee_id": given["agent"]}, account, conversation
    )
    told["assignee"] = given_to.id
    labelled = chatwoot.ConversationLabelsApi(client).conversation_add_labels(
        {"labels": ["refund"]}, account, conversation
    )
    told["labels"] = labelled.payload
    toggled = conversations.toggle_status_of_a_conversation(
        {"status": "resolved"}, account, conversation
    )
    told["resolved"] = toggled.payload.current_status
    told["counted"] = conversations.conversation_list_meta(
        account, status="resolved"
    ).meta.all_count
    listed = conversations.conversation_list(account, status="resolved")
    told["listed"] = len(listed.data.payload)
    told["colleagues"] = len(chatwoot.AgentsApi(client).get_account_agents(account))
    try:
        contacts.contact_details(account, 999_999_999)
    except chatwoot.rest.ApiException as error:
        told["not_found"] = error.status


def report():
    reports = chatwoot.ReportsApi(client)
    summary = reports.list_all_conversation_statistics_summary(
        account, "account", since=given["since"], until=given["until"]
    )
    told["conversations"] = summary.conversations_count
    told["messages_sent"] = summary.outgoing_messages_count
    told["resolutions"] = summary.resolutions_count
    days = reports.list_all_conversation_statistics(
        account, "conversations_count", "account", since=given["since"], until=given["until"]
    )
    told["days"] = len(days)
    told["live"] = reports.get_account_conversation_metrics(account, "account").open
    told["agents"] = len(reports.get_agent_conversation_metrics(account, "agent"))


{"work": work, "report": report}[given["part"]]()
sys.stdout.write(json.dumps(told))
