"""aiokafka's producer, made to be left at once."""

from aiokafka import AIOKafkaProducer

from streams.side_by_side import end


class Producer(AIOKafkaProducer):  # type: ignore[misc]
    """What it has not delivered when it is left, it never delivers.

    A stopped one goes on trying for as long as a request may take, and would hand an emptied
    broker the newest records before the relay hands it the oldest again.
    """

    async def leave(self) -> None:
        """End it; whoever waits for an acknowledgement waits in vain."""
        self._closed = True
        sending = self._sender.sender_task if self._sender is not None else None
        if sending is not None:
            await end([sending])
        await self.client.close()
