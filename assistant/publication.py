"""A day of publication, as precise as it is known, and the dates that are told from it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

NEAR, VERY_NEAR = 120, 60
"""Days within which a date without a year is taken for a coming one, or for one of the year before or after."""
MIDDLE = 15
"""The day that stands for a month in comparisons."""


@dataclass(frozen=True, slots=True)
class Published:
    """`month` and `day` are 0 where they are not known."""

    year: int
    month: int = 0
    day: int = 0

    def month_off(self, months: int) -> str:
        """YYYY-MM, some months from the month of publication."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return f"{year}-{month + 1:02}"

    def day_off(self, days: int) -> str:
        """YYYY-MM-DD, some days from the day of publication."""
        return (date(self.year, self.month, self.day) + timedelta(days)).isoformat()

    def nearest(self, month: int, day: int | None) -> str | None:
        """The date in this year, or in a neighbouring one if that is nearer and near; None where unsure."""
        this, before, after = (written(self.year + off, month, day) for off in (0, -1, 1))
        if this is None or before is None or after is None:
            return None
        ahead, past = self._until(this), -self._until(before)
        if ahead <= 0:
            return this if self._until(after) > VERY_NEAR else None
        if min(ahead, past) > NEAR:
            return None
        return this if ahead <= past else before

    def _until(self, value: str) -> int:
        """Days from publication to a date."""
        year, month, *rest = (int(part) for part in value.split("-"))
        exact = self.day and rest
        other = date(year, month, rest[0] if exact else MIDDLE)
        return (other - date(self.year, self.month, self.day if exact else MIDDLE)).days


def publication(text: str) -> Published | None:
    """From YYYY, YYYY-MM or YYYY-MM-DD; None for anything else."""
    if not re.fullmatch(r"(?:19|20)[0-9]{2}(?:-[0-9]{2}){0,2}", text):
        return None
    parts = [int(part) for part in text.split("-")]
    return Published(*parts) if written(*parts) or len(parts) == 1 else None


def written(year: int, month: int = 1, day: int | None = None) -> str | None:
    """YYYY-MM or YYYY-MM-DD, None where the calendar has no such date."""
    try:
        return date(year, month, day).isoformat() if day is not None else date(year, month, 1).isoformat()[:7]
    except ValueError:
        return None
