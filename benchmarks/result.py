"""What a benchmark says."""

from pathlib import Path

import msgspec

RESULTS = Path(__file__).parent / "results"


class Result(msgspec.Struct, frozen=True):
    """Ours beside its reference, measured interleaved in one run."""

    name: str
    work: str
    """What was done, in one sentence."""
    unit: str
    ours: float
    reference: float
    ratio: float
    """Ours divided by the reference."""
    goal: str
    """The ratio it is held to, such as `>= 0.5`."""
    details: dict[str, float] = msgspec.field(default_factory=dict)
    """Further figures, each with its unit in its name."""

    def save(self) -> None:
        """Write it where programs look for it."""
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{self.name}.json"
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n")

    def sentence(self) -> str:
        """It, for people."""
        lines = [
            f"{self.name}: {self.work}",
            f"  ours {self.ours:,.4g} {self.unit}, reference {self.reference:,.4g} {self.unit}, "
            f"ratio {self.ratio:.3f} (goal {self.goal})",
            *(f"  {name} {value:,.4g}" for name, value in self.details.items()),
        ]
        return "\n".join(lines)


def compare(
    name: str,
    work: str,
    unit: str,
    *,
    ours: float,
    reference: float,
    goal: str,
    details: dict[str, float] | None = None,
) -> Result:
    """The result with its ratio."""
    return Result(
        name=name,
        work=work,
        unit=unit,
        ours=round(ours, 3),
        reference=round(reference, 3),
        ratio=round(ours / reference, 4),
        goal=goal,
        details={key: round(value, 3) for key, value in (details or {}).items()},
    )
