"""What every channel must pass, one by one, with its examples and against its simulator."""

import contextlib
import json
import random
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.words.channels import (
    DeliveryReceipt,
    InboundFile,
    InboundMessage,
    InboundParked,
)
from desk.words.conversation import FileType
from desk.words.ids import MessageId
from ingest.channel_catalogue import BUILT_IN
from ingest.channel_contract import (
    Channel,
    NotReadable,
    OutgoingFile,
    OutgoingMessage,
    Proof,
    Rejected,
    TryAgain,
    Unknown,
)
from tests.ingest.conformance import (
    Probe,
    Provider,
    RawRequest,
    Trouble,
    examples_of,
    probe_of,
)

CHANNELS = {channel.kind: channel for channel in BUILT_IN}
EXAMPLES = [
    pytest.param(kind, name, id=f"{kind.value}-{name}")
    for kind in CHANNELS
    for name in examples_of(kind)
]

each_channel = pytest.mark.parametrize("kind", list(CHANNELS), ids=lambda kind: kind.value)
each_example = pytest.mark.parametrize(("kind", "name"), EXAMPLES)


@pytest.fixture
def channel(kind: Any) -> Channel:
    return CHANNELS[kind]


@pytest.fixture
def probe(kind: Any) -> Probe:
    return probe_of(kind)


@pytest.fixture
async def provider(probe: Probe, channel: Channel) -> AsyncIterator[Provider]:
    if not channel.can.sends:
        pytest.skip("this channel does not send")
    async with probe.provider() as provider:
        yield provider


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=0.5) as client:
        yield client


def request(probe: Probe, body: bytes) -> RawRequest:
    return RawRequest(probe.headers(body), body)


def known_as(probe: Probe, source_id: str) -> str:
    """What becomes of an id that the suite asks for: providers may make up their own."""
    made_up = getattr(probe, "source_id", None)
    return str(made_up(source_id)) if made_up else source_id


@each_channel
class TestGenuineness:
    def test_a_genuine_request_is_known(self, channel: Channel, probe: Probe) -> None:
        body = probe.text_hook("hello", source_id="a1")
        known = channel.is_genuine(request(probe, body), probe.secrets)
        assert known is (channel.can.proof is not Proof.NONE)

    def test_a_request_with_another_secret_is_not(self, channel: Channel, probe: Probe) -> None:
        body = probe.text_hook("hello", source_id="a1")
        others = {name: f"{value}x" for name, value in probe.secrets.items()}
        assert not channel.is_genuine(request(probe, body), others)

    def test_a_tampered_body_is_not(self, channel: Channel, probe: Probe) -> None:
        if channel.can.proof is Proof.KEY:
            pytest.skip("a key that travels along says nothing about the body")
        body = probe.text_hook("hello", source_id="a1")
        forged = RawRequest(probe.headers(body), body.replace(b"hello", b"howdy"))
        assert not channel.is_genuine(forged, probe.secrets)

    def test_a_request_without_its_headers_is_not(self, channel: Channel, probe: Probe) -> None:
        assert not channel.is_genuine(RawRequest({}, b"{}"), probe.secrets)

    def test_an_inbox_without_secrets_trusts_nobody(self, channel: Channel, probe: Probe) -> None:
        body = probe.text_hook("hello", source_id="a1")
        assert not channel.is_genuine(request(probe, body), {})
        blank: dict[str, Any] = dict.fromkeys(probe.secrets, "")
        assert not channel.is_genuine(request(probe, body), blank)

    def test_a_wrong_challenge_is_refused(self, channel: Channel, probe: Probe) -> None:
        assert channel.challenge({}, probe.secrets) is None


@each_example
class TestExamples:
    def test_every_example_reads_as_it_should(
        self, channel: Channel, probe: Probe, kind: Any, name: str
    ) -> None:
        example = examples_of(kind)[name]
        reading = list(channel.read(request(probe, example.body), probe.config))
        assert reading == example.expected(), example.says

    def test_an_example_read_again_has_the_same_ids(
        self, channel: Channel, probe: Probe, kind: Any, name: str
    ) -> None:
        body = examples_of(kind)[name].body
        first, again = (list(channel.read(request(probe, body), probe.config)) for _ in range(2))
        assert first == again


@each_channel
class TestReading:
    def test_a_text_keeps_its_words_its_id_and_its_sender(
        self, channel: Channel, probe: Probe
    ) -> None:
        body = probe.text_hook("Grüße aus 東京 👋\nzweite Zeile", source_id="a1")
        (message,) = channel.read(request(probe, body), probe.config)
        assert isinstance(message, InboundMessage)
        assert message.content == "Grüße aus 東京 👋\nzweite Zeile"
        assert message.source_id == known_as(probe, "a1")
        if channel.can.proof is not Proof.NONE:
            assert message.sender == channel.ordering_key(body)

    def test_the_longest_text_passes_and_a_longer_one_is_parked(
        self, channel: Channel, probe: Probe
    ) -> None:
        longest = probe.text_hook("x" * 150_000, source_id="a1")
        (message,) = channel.read(request(probe, longest), probe.config)
        assert isinstance(message, InboundMessage)
        longer = probe.text_hook("x" * 151_000, source_id="a1")
        (parked,) = channel.read(request(probe, longer), probe.config)
        reason = "content is 151,000 characters long; at most 150,000"
        assert parked == InboundParked(reason)

    @pytest.mark.parametrize(
        "body",
        [b"", b"\x00\xff", b"null", b"[]", b"{}", b'"text"', b"[" * 100_000, b'{"a": "\\ud800"}'],
    )
    def test_junk_is_parked_and_never_raises(
        self, channel: Channel, probe: Probe, body: bytes
    ) -> None:
        reading = list(channel.read(request(probe, body), probe.config))
        assert all(isinstance(part, InboundParked) for part in reading)

    @given(body=st.binary(max_size=400))
    @settings(max_examples=200, deadline=None)
    def test_no_bytes_at_all_crash_it(self, kind: Any, body: bytes) -> None:
        channel, probe = CHANNELS[kind], probe_of(kind)
        list(channel.read(RawRequest({}, body), probe.config))
        with contextlib.suppress(NotReadable):
            assert isinstance(channel.ordering_key(body), str)

    @given(data=st.data())
    @settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
    def test_no_mutation_of_an_example_crashes_it(self, kind: Any, data: st.DataObject) -> None:
        channel, probe = CHANNELS[kind], probe_of(kind)
        examples = examples_of(kind)
        example = examples[data.draw(st.sampled_from(sorted(examples)))]
        seed = data.draw(st.integers(0, 2**32))
        payload = data.draw(st.integers(1, 4)) * [seed]
        if example.payload is None:
            body = example.body
            for step, _ in enumerate(payload):
                piece = data.draw(st.binary(max_size=40))
                body = mutate_bytes(body, random.Random(seed + step), piece)
        else:
            mutated = json.loads(example.body)
            for step, _ in enumerate(payload):
                mutated = mutate(mutated, random.Random(seed + step), data.draw(values))
            body = json.dumps(mutated).encode()
        for part in channel.read(RawRequest(probe.headers(body), body), probe.config):
            assert isinstance(part, InboundMessage | DeliveryReceipt | InboundParked)
            if isinstance(part, InboundMessage):
                assert part.source_id
                assert part.sender
                assert "\x00" not in json.dumps(str(part))
        assert "\x00" not in channel.ordering_key(body)

    def test_an_ordering_key_of_no_known_shape_is_empty(self, channel: Channel) -> None:
        assert channel.ordering_key(b"{}") == ""


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["\x00", "\ud800", "", "0" * 40, "16505551234", "text", "messages"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=6) | st.sampled_from(["id", "from", "type"]), inner)
    ),
    max_leaves=6,
)


def mutate_bytes(body: bytes, chance: random.Random, piece: bytes) -> bytes:
    """The bytes with a stretch replaced, removed or doubled."""
    begin, end = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    end = min(end, begin + chance.choice((0, 1, 10, 200)))
    return body[:begin] + chance.choice((piece, b"", body[begin:end] * 2)) + body[end:]


def mutate(value: Any, chance: random.Random, replacement: Any) -> Any:
    """The value with one of its parts replaced, removed or doubled."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(sorted(value))
        if chance.random() < 0.1:
            return {name: item for name, item in value.items() if name != key}
        return {**value, key: mutate(value[key], chance, replacement)}
    if isinstance(value, list) and value and chance.random() < 0.9:
        place = chance.randrange(len(value))
        if chance.random() < 0.1:
            return value + value
        return [*value[:place], mutate(value[place], chance, replacement), *value[place + 1 :]]
    return replacement


@each_channel
class TestSending:
    async def test_a_text_arrives_and_its_id_comes_back(
        self, channel: Channel, probe: Probe, provider: Provider, http: httpx.AsyncClient
    ) -> None:
        message = OutgoingMessage(MessageId(7), probe.customer, "Your bag is on its way.")
        result = await channel.send(http, message, provider.secrets, provider.config)
        assert result.source_id
        (taken,) = await provider.taken()
        assert "Your bag is on its way." in json.dumps(taken)

    async def test_a_file_arrives_with_its_words(
        self, channel: Channel, probe: Probe, provider: Provider, http: httpx.AsyncClient
    ) -> None:
        if not channel.can.attachments:
            pytest.skip("this channel carries no files")
        file = OutgoingFile(
            FileType.FILE,
            "pass.pdf",
            "application/pdf",
            open=chunks(b"%PDF", b"1"),
            link="https://files.desk.example/7/pass.pdf",
        )
        message = OutgoingMessage(MessageId(7), probe.customer, "Your pass", files=(file,))
        await channel.send(http, message, provider.secrets, provider.config)
        taken = json.dumps(await provider.taken())
        assert "Your pass" in taken
        assert "pass.pdf" in taken

    async def test_a_refusal_is_final_and_says_why(
        self, channel: Channel, probe: Probe, provider: Provider, http: httpx.AsyncClient
    ) -> None:
        await provider.plan(Trouble.REJECT)
        message = OutgoingMessage(MessageId(7), probe.customer, "Hello?")
        with pytest.raises(Rejected) as refusal:
            await channel.send(http, message, provider.secrets, provider.config)
        assert refusal.value.reason
        assert await provider.taken() == []

    @pytest.mark.parametrize("trouble", [Trouble.RATE_LIMIT, Trouble.FAIL])
    async def test_what_passes_by_itself_is_tried_again(
        self,
        channel: Channel,
        probe: Probe,
        provider: Provider,
        http: httpx.AsyncClient,
        trouble: Trouble,
    ) -> None:
        await provider.plan(trouble)
        message = OutgoingMessage(MessageId(7), probe.customer, "Hello?")
        with pytest.raises(TryAgain):
            await channel.send(http, message, provider.secrets, provider.config)
        assert await provider.taken() == []
        await channel.send(http, message, provider.secrets, provider.config)
        assert len(await provider.taken()) == 1

    async def test_a_lost_answer_leaves_the_outcome_unknown(
        self, channel: Channel, probe: Probe, provider: Provider, http: httpx.AsyncClient
    ) -> None:
        await provider.plan(Trouble.LOSE_ANSWER)
        message = OutgoingMessage(MessageId(7), probe.customer, "Hello?")
        with pytest.raises(Unknown):
            await channel.send(http, message, provider.secrets, provider.config)
        assert len(await provider.taken()) == 1

    async def test_a_provider_that_is_not_there_has_certainly_not_taken_it(
        self, channel: Channel, probe: Probe, provider: Provider, http: httpx.AsyncClient
    ) -> None:
        message = OutgoingMessage(MessageId(7), probe.customer, "Hello?")
        with pytest.raises(TryAgain):
            await channel.send(http, message, provider.secrets, provider.config_of_nowhere)

    async def test_an_inbox_without_credentials_is_refused_by_ourselves(
        self, channel: Channel, probe: Probe, provider: Provider, http: httpx.AsyncClient
    ) -> None:
        message = OutgoingMessage(MessageId(7), probe.customer, "Hello?")
        with pytest.raises(Rejected):
            await channel.send(http, message, {}, provider.config)

    async def test_a_message_with_nothing_in_it_is_refused(
        self, channel: Channel, probe: Probe, provider: Provider, http: httpx.AsyncClient
    ) -> None:
        message = OutgoingMessage(MessageId(7), probe.customer)
        with pytest.raises(Rejected):
            await channel.send(http, message, provider.secrets, provider.config)


@each_channel
class TestFetching:
    @pytest.fixture(autouse=True)
    def _only_where_files_are_fetched(self, channel: Channel) -> None:
        if not channel.can.fetches:
            pytest.skip("customers' files come along")

    async def test_a_customers_file_is_streamed(
        self, channel: Channel, provider: Provider, http: httpx.AsyncClient
    ) -> None:
        content = b"\x89PNG" * 50_000
        file = InboundFile(FileType.IMAGE, remote_id=await provider.file_of_a_customer(content))
        async with channel.fetch_file(
            http, file, provider.secrets, provider.config, max_bytes=len(content)
        ) as fetched:
            assert fetched.mime_type == "image/png"
            assert b"".join([chunk async for chunk in fetched.chunks]) == content

    async def test_a_file_larger_than_allowed_is_refused(
        self, channel: Channel, provider: Provider, http: httpx.AsyncClient
    ) -> None:
        remote_id = await provider.file_of_a_customer(b"x" * 1001)
        file = InboundFile(FileType.IMAGE, remote_id=remote_id)
        with pytest.raises(Rejected, match="larger"):
            async with channel.fetch_file(
                http, file, provider.secrets, provider.config, max_bytes=1000
            ) as fetched:
                _ = [chunk async for chunk in fetched.chunks]

    async def test_a_file_that_is_gone_is_refused(
        self, channel: Channel, provider: Provider, http: httpx.AsyncClient
    ) -> None:
        file = InboundFile(FileType.IMAGE, remote_id="404404404404404")
        with pytest.raises(Rejected):
            async with channel.fetch_file(
                http, file, provider.secrets, provider.config, max_bytes=1000
            ):
                pass


def chunks(*parts: bytes) -> Any:
    """A file that can be read from its beginning as often as one likes."""

    async def read() -> AsyncIterator[bytes]:
        for part in parts:
            yield part

    return read


@each_channel
def test_every_channel_has_examples(kind: Any) -> None:
    examples = examples_of(kind)
    assert examples
    assert all(example.says for example in examples.values())
