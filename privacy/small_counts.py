"""Counts of people below five are not shown in what leaves the portal."""

SMALLEST_SHOWN = 5


def mask_small_count(count: int | None) -> str:
    """Return a count of people as it may be shown outside the portal.

    Zero says nothing about anyone and is shown as it is; a missing count gives an empty string.

    Raises:
        ValueError: if the count is negative.
    """
    if count is None:
        return ""
    if count < 0:
        raise ValueError(f"A count of people cannot be negative: {count}")
    if 0 < count < SMALLEST_SHOWN:
        return f"färre än {SMALLEST_SHOWN}"
    return str(count)
