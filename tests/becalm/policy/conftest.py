from collections.abc import Callable
from pathlib import Path

import pytest

from becalm.errors import PolicyInvalid
from becalm.policy import SHIPPED, load_policy


@pytest.fixture
def refused(tmp_path: Path) -> Callable[[str, str], PolicyInvalid]:
    """The error for the shipped policy with `old` replaced by `new`; `line_text` on it is the line it names."""

    def refused(old: str, new: str) -> PolicyInvalid:
        text = SHIPPED.read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        path = tmp_path / "policy.yaml"
        path.write_text(text.replace(old, new))
        with pytest.raises(PolicyInvalid) as caught:
            load_policy(path)
        caught.value.line_text = path.read_text().splitlines()[caught.value.line - 1].strip()
        return caught.value

    return refused
