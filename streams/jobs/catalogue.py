"""Every kind of job there is, and who does it."""

from collections.abc import Mapping

from desk.actions.change_status import WAKE_CONVERSATION
from desk.actions.send_reply import SEND_MESSAGE
from streams.jobs.fetch_attachment import fetch_attachment
from streams.jobs.send_message import send_message
from streams.jobs.wake_conversation import wake_conversation
from streams.jobs.workshop import Keep

KINDS: Mapping[str, Keep] = {
    SEND_MESSAGE: send_message,
    "fetch_attachment": fetch_attachment,
    WAKE_CONVERSATION: wake_conversation,
}
