"""compose.yaml holds together: names, order, health, volumes, secrets."""

import re

import pytest

from desk.local.processes import PROCESSES
from desk.settings import Settings
from tests.deployment.compose_file import SECRETS, Missing, of_ours, raw, services

KNOWN = {
    "build", "cap_drop", "command", "depends_on", "env_file", "environment", "healthcheck",
    "image", "init", "ports", "read_only", "restart", "security_opt", "shm_size",
    "stop_grace_period", "stop_signal", "tmpfs", "volumes",
}  # fmt: skip
KNOWN_OF_HEALTH = {
    "disable", "interval", "retries", "start_interval", "start_period", "test", "timeout",
}  # fmt: skip
CONDITIONS = {"service_healthy", "service_completed_successfully"}
SECONDS = re.compile(r"\d+s")


def test_only_elements_of_the_compose_specification_are_used() -> None:
    assert set(raw()) == {"name", "x-desk", "x-health", "services", "volumes"}
    for name, service in services().items():
        assert set(service) <= KNOWN, name
        assert set(service["healthcheck"]) <= KNOWN_OF_HEALTH, name


def test_every_process_of_ours_has_a_service_that_runs_and_asks_it() -> None:
    wanted = {p.name: p for p in PROCESSES if not p.embedded and not p.demo}
    assert set(of_ours()) == set(wanted)
    for name, service in of_ours().items():
        assert service["command"] == ["worker", name]
        if wanted[name].once:
            assert service["healthcheck"] == {"disable": True}
        else:
            assert service["healthcheck"]["test"] == ["CMD", "desk", "health", name]


def test_what_is_waited_for_exists_and_can_come_true() -> None:
    everything = services()
    once = {p.name for p in PROCESSES if p.once}
    for name, service in everything.items():
        for other, how in service.get("depends_on", {}).items():
            assert other in everything, name
            assert how["condition"] in CONDITIONS
            assert (how["condition"] == "service_completed_successfully") == (other in once)
    assert "databases" in everything["migrations"]["depends_on"]
    for name in set(of_ours()) - once:
        assert "migrations" in everything[name]["depends_on"], name


def test_everything_has_health_a_restart_policy_and_time_to_stop() -> None:
    for name, service in services().items():
        assert SECONDS.fullmatch(service["stop_grace_period"]), name
        assert service["restart"] in ("unless-stopped", "on-failure"), name
        health = service["healthcheck"]
        if "disable" not in health:
            assert health["test"][0] in ("CMD", "CMD-SHELL")
            assert all(SECONDS.fullmatch(health[each]) for each in ("interval", "timeout")), name


def test_no_image_is_whatever_is_newest() -> None:
    for name, service in services().items():
        _, _, tag = service["image"].rpartition(":")
        assert tag, name
        assert tag != "latest", name


def test_volumes_are_named_below_and_processes_that_share_files_share_a_volume() -> None:
    used = {}
    for name, service in services().items():
        used[name] = {volume.partition(":")[0] for volume in service.get("volumes", ())}
    assert set.union(*used.values()) == set(raw()["volumes"])
    assert {name for name, volumes in used.items() if "files" in volumes} == {
        "inbox_service", "jobs", "dagster_code",
    }  # fmt: skip
    assert {name for name, volumes in used.items() if "lake" in volumes} == {
        "inbox_service", "dashboards", "dagster_code",
    }  # fmt: skip


def test_ours_run_without_rights_on_a_root_that_nobody_can_write() -> None:
    for name, service in of_ours().items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert any(mount.startswith("/var/lib/streamdesk") for mount in service["tmpfs"]), name


@pytest.mark.parametrize("secret", SECRETS)
def test_without_a_secret_nothing_starts(secret: str) -> None:
    with pytest.raises(Missing, match=secret):
        services({name: value for name, value in SECRETS.items() if name != secret})


def test_no_secret_stands_in_the_file() -> None:
    for name, service in raw()["services"].items():
        for variable, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|AUTH|DSN|TOKEN", variable):
                assert value.startswith("${"), (name, variable)
            fixed = re.sub(r"\$\{[^}]*\}", "", str(value))
            assert not re.search(r"://[^/@]*:[^/@]+@", fixed), (name, variable)


def test_the_environment_is_one_that_our_settings_accept() -> None:
    for service in of_ours().values():
        settings = Settings.from_environment(service["environment"])
        assert settings.storage.kafka_url == "kafka:9092"
        assert not settings.storage.embedded_broker
        assert settings.storage.lake_catalog_url.endswith("/streamdesk_lake")
