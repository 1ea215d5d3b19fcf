"""A process's first words: its logs, and who else is told of them."""

from desk.logs import configure_logs
from desk.settings import Settings
from desk.watching.watch import FromLibraries, Watch, begin_watching


def begin(process: str, settings: Settings) -> Watch:
    """Configure the logs and let this process's watch hear them."""
    watch = begin_watching(process, settings.watching)
    configure_logs(
        process,
        settings.log_level,
        forward=watch.tell,
        libraries=FromLibraries(watch) if settings.watching.wanted else None,
    )
    return watch
