"""Apache Kafka on this machine: one node or three, which may be killed one by one."""

import asyncio
import base64
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from streams.reaching import answers
from tests.kafka.distribution import Distribution
from tests.streams.live_broker import free_ports

READY_SECONDS = 120.0

_NODE = """
process.roles=broker,controller
node.id={number}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.quorum.{quorum}
log.dirs={folder}/data
auto.create.topics.enable=false
default.replication.factor={replicas}
min.insync.replicas={in_sync}
offsets.topic.replication.factor={replicas}
offsets.topic.num.partitions=8
transaction.state.log.replication.factor={replicas}
transaction.state.log.min.isr={in_sync}
transaction.state.log.num.partitions=8
share.coordinator.state.topic.replication.factor={replicas}
share.coordinator.state.topic.min.isr={in_sync}
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=500
log.cleaner.dedupe.buffer.size=2000000
"""

_LOGS = """
rootLogger.level=warn
rootLogger.appenderRef.file.ref=file
appender.file.type=File
appender.file.name=file
appender.file.fileName={folder}/kafka.log
appender.file.layout.type=PatternLayout
appender.file.layout.pattern=%d %p %c: %m%n
"""

_JVM = ("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


class Apache:
    """A cluster of one or three nodes, each broker and controller at once."""

    embedded = False

    def __init__(self, distribution: Distribution, folder: Path, *, nodes: int = 1) -> None:
        self._distribution = distribution
        self._folder = folder
        self.nodes = range(1, nodes + 1)
        ports = free_ports(2 * nodes)
        self._ports = dict(zip(self.nodes, ports[:nodes], strict=True))
        self._controllers = dict(zip(self.nodes, ports[nodes:], strict=True))
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self.url = ",".join(f"127.0.0.1:{port}" for port in self._ports.values())
        self.empty()

    def start(self) -> None:
        """Start what is dead, and return when all of it is ready."""
        for node in self.nodes:
            self.start_node(node)
        self.wait_until_ready()

    def start_node(self, node: int) -> None:
        if node in self._processes and self._processes[node].poll() is None:
            return
        with self._log(node).open("ab") as log:
            self._processes[node] = subprocess.Popen(
                [
                    *(self._distribution.java, *_JVM),
                    f"-Dlog4j2.configurationFile={self._home(node)}/log4j2.properties",
                    *("-cp", f"{self._distribution.jars}/*", "kafka.Kafka"),
                    str(self._home(node) / "server.properties"),
                ],
                cwd=self._home(node),
                stdout=log,
                stderr=log,
            )

    def kill_node(self, node: int) -> None:
        if node in self._processes:
            self._processes[node].kill()
            self._processes[node].wait()

    def kill(self) -> None:
        for node in self.nodes:
            self.kill_node(node)

    def empty(self) -> None:
        """Begin anew, as another cluster at the same addresses."""
        self._id = base64.urlsafe_b64encode(uuid4().bytes).decode().rstrip("=")
        self._life = self._folder / self._id.replace("-", "_")
        with ThreadPoolExecutor() as at_once:
            list(at_once.map(self._format, self.nodes))

    def wait_until_ready(self) -> None:
        """Return when every node is in the cluster and takes work."""
        # A loop of its own: whoever waits may be inside one.
        with ThreadPoolExecutor(1) as aside:
            aside.submit(asyncio.run, self._ready()).result()

    async def _ready(self) -> None:
        until = time.monotonic() + READY_SECONDS
        while True:
            if await self._whole():
                return
            dead = [n for n, process in self._processes.items() if process.poll() is not None]
            if dead or time.monotonic() > until:
                words = "\n".join(self._log(node).read_text()[-2000:] for node in dead)
                raise AssertionError(f"Kafka is not ready; dead nodes: {dead}\n{words}")
            await asyncio.sleep(0.1)

    def is_whole(self) -> bool:
        """Whether every node is in the cluster and has caught up with every partition."""
        with ThreadPoolExecutor(1) as aside:
            return aside.submit(asyncio.run, self._whole()).result()

    async def _whole(self) -> bool:
        if not all([await answers(server) for server in self.url.split(",")]):
            return False
        admin = AIOKafkaAdminClient(bootstrap_servers=self.url.split(","))
        try:
            await admin.start()
            brokers = (await admin.describe_cluster())["brokers"]
            topics = await admin.describe_topics()
            return len(brokers) == len(self.nodes) and all(
                len(partition["isr"]) == len(partition["replicas"])
                for topic in topics
                for partition in topic["partitions"]
            )
        except (KafkaError, OSError):
            return False
        finally:
            await admin.close()

    def _format(self, node: int) -> None:
        home = self._home(node)
        home.mkdir(parents=True)
        several = len(self.nodes) > 1
        voters = ",".join(f"{n}@127.0.0.1:{port}" for n, port in self._controllers.items())
        first = f"127.0.0.1:{self._controllers[1]}"
        (home / "server.properties").write_text(
            _NODE.format(
                number=node,
                port=self._ports[node],
                controller=self._controllers[node],
                quorum=f"voters={voters}" if several else f"bootstrap.servers={first}",
                folder=home,
                replicas=len(self.nodes),
                in_sync=2 if several else 1,
            )
        )
        (home / "log4j2.properties").write_text(_LOGS.format(folder=home))
        subprocess.run(
            [
                *(self._distribution.java, *_JVM, "-cp", f"{self._distribution.jars}/*"),
                *("kafka.tools.StorageTool", "format", f"--cluster-id={self._id}"),
                *("-c", str(home / "server.properties"), *([] if several else ["--standalone"])),
            ],
            check=True,
            capture_output=True,
        )

    def _home(self, node: int) -> Path:
        return self._life / f"node-{node}"

    def _log(self, node: int) -> Path:
        return self._home(node) / "output.log"
