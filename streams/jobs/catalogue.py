"""Every kind of job there is, and who does it."""

from collections.abc import Mapping

from desk.actions.ask_transcript import SEND_TRANSCRIPT
from desk.actions.change_in_bulk import CHANGE_IN_BULK
from desk.actions.change_status import WAKE_CONVERSATION
from desk.actions.close_account import ERASE_ACCOUNT
from desk.actions.follow_conversation import ASK_DIALOGFLOW, POST_TO_SLACK, TAKE_SLACK_REPLY
from desk.actions.follow_sla import WATCH_SLA
from desk.actions.picture_contact import FETCH_CONTACT_AVATAR
from desk.actions.queue_deliveries import DELIVER_WEBHOOK
from desk.actions.resolve_quiet import RESOLVE_QUIET
from desk.actions.send_reply import SEND_MESSAGE
from desk.automation.actions.create_external_ticket import CreateExternalTicket
from desk.automation.actions.send_sms import SendSms
from desk.automation.actions.send_webhook_event import SendWebhookEvent
from desk.automation.actions.trigger_zapier_webhook import TriggerZapierWebhook
from desk.automation.run_macro import RUN_MACRO
from desk.words.contact_transfers import EXPORT_CONTACTS, IMPORT_CONTACTS
from streams.jobs.ask_dialogflow import ask_dialogflow
from streams.jobs.change_in_bulk import change_conversations_in_bulk
from streams.jobs.create_external_ticket import create_external_ticket
from streams.jobs.deliver_webhook import deliver_webhook
from streams.jobs.erase_account import erase_account
from streams.jobs.export_contacts import export_contacts
from streams.jobs.fetch_attachment import fetch_attachment
from streams.jobs.fetch_contact_avatar import fetch_contact_avatar
from streams.jobs.import_contacts import import_contacts
from streams.jobs.post_to_slack import post_to_slack
from streams.jobs.resolve_quiet import resolve_quiet_conversations
from streams.jobs.run_macro import run_macro_on_many
from streams.jobs.send_message import send_message
from streams.jobs.send_sms import send_sms
from streams.jobs.send_transcript import send_transcript
from streams.jobs.send_webhook_event import send_webhook_event
from streams.jobs.take_slack_reply import take_slack_reply
from streams.jobs.trigger_zapier_webhook import trigger_zapier_webhook
from streams.jobs.wake_conversation import wake_conversation
from streams.jobs.watch_sla import watch_sla
from streams.jobs.workshop import Keep

KINDS: Mapping[str, Keep] = {
    SEND_MESSAGE: send_message,
    "fetch_attachment": fetch_attachment,
    WAKE_CONVERSATION: wake_conversation,
    WATCH_SLA: watch_sla,
    SendSms.name: send_sms,
    CreateExternalTicket.name: create_external_ticket,
    TriggerZapierWebhook.name: trigger_zapier_webhook,
    SendWebhookEvent.name: send_webhook_event,
    DELIVER_WEBHOOK: deliver_webhook,
    POST_TO_SLACK: post_to_slack,
    TAKE_SLACK_REPLY: take_slack_reply,
    ASK_DIALOGFLOW: ask_dialogflow,
    IMPORT_CONTACTS: import_contacts,
    EXPORT_CONTACTS: export_contacts,
    FETCH_CONTACT_AVATAR: fetch_contact_avatar,
    ERASE_ACCOUNT: erase_account,
    RESOLVE_QUIET: resolve_quiet_conversations,
    CHANGE_IN_BULK: change_conversations_in_bulk,
    RUN_MACRO: run_macro_on_many,
    SEND_TRANSCRIPT: send_transcript,
}
