"""What came of an errand: on the firing's record, and in the thread."""

from psycopg.types.json import Jsonb

from desk.actions.activity import add_activity_line
from desk.automation.errands import Errand
from desk.store.conversations import lock_conversation
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.automation import Ending
from desk.words.ids import ConversationId

_WRITE = """
update {runs}
set actions = jsonb_set(actions, array[%s::text], (actions -> %s::int) || %s)
where account_id = %s and id = %s and jsonb_typeof(actions -> %s::int) = 'object'"""


async def conversation_of(tx: TenantTx, errand: Errand) -> ConversationRow:
    """The errand's conversation, locked; what is written into it names the firing."""
    if errand.user_id is None:
        tx.marks = {"automation_rule_id": errand.rule_id, "automation_run_id": errand.run_id}
    return await lock_conversation(tx, ConversationId(errand.conversation_id))


async def report_errand(
    tx: TenantTx, errand: Errand, ending: Ending, detail: str | None = None
) -> None:
    """Write down how it came out."""
    result = Jsonb({"ending": ending.value, "detail": detail and detail[:500]})
    index = errand.index
    await tx.execute(
        _WRITE.format(runs=errand.runs),
        [str(index), index, result, tx.account_id, errand.run_id, index],
    )


async def say_of_errand(
    tx: TenantTx, errand: Errand, conversation: ConversationRow, sentence: str
) -> None:
    """Say it in the thread; the rule's name goes before."""
    plain = sentence.replace("{", "{{").replace("}", "}}")
    await add_activity_line(tx, conversation, f"{{who}} {plain}", by=errand.by)
