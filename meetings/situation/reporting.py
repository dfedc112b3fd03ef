"""What may be said of a period before everybody has reported it."""

from dataclasses import dataclass

from meetings.trends import Direction, Verdict


@dataclass(frozen=True, slots=True)
class Reporting:
    """How far those who report to a meeting have come, and whether it has begun."""

    reported: int
    expected: int
    has_begun: bool

    @property
    def is_complete(self) -> bool:
        """Whether all have reported. Where nobody is expected to, only the meeting itself can tell."""
        return self.reported >= self.expected and (self.expected > 0 or self.has_begun)

    @property
    def words(self) -> str:
        if not self.expected:
            return "Ingen organisation har plats i gruppen än."
        return f"{self.reported} av {self.expected} har rapporterat."

    def applied_to(self, verdict: Verdict) -> Verdict:
        """Return what may be said of the meeting's period: nothing before it is told of, and silence is no decrease."""
        if self.is_complete:
            return verdict
        is_silence = self.has_begun and verdict.direction == Direction.CALMING
        return verdict.awaited() if verdict.is_known and (is_silence or not self.has_begun) else verdict
