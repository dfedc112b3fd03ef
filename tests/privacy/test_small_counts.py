import pytest

from privacy.small_counts import mask_small_count


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (None, ""),
        (0, "0"),
        (1, "färre än 5"),
        (4, "färre än 5"),
        (5, "5"),
        (1200, "1200"),
    ],
)
def test_mask_small_count(count, shown):
    assert mask_small_count(count) == shown


def test_mask_small_count_negative():
    with pytest.raises(ValueError, match="-1"):
        mask_small_count(-1)
