from collections.abc import Callable
from pathlib import Path

import pytest

from becalm.errors import PolicyInvalid
from becalm.policy import SHIPPED, load_policy


@pytest.fixture
def refused(tmp_path: Path) -> Callable[[str, str], PolicyInvalid]:
    """The error for the shipped policy with `old` replaced by `new` in one of its files; `line_text` on it is the line
    it names."""

    def refused(old: str, new: str, file: str = "policy.yaml") -> PolicyInvalid:
        text = (SHIPPED.parent / file).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        policy = tmp_path / "policy.yaml"
        policy.write_text(SHIPPED.read_text("utf-8"), "utf-8")
        (tmp_path / file).write_text(text.replace(old, new), "utf-8")
        with pytest.raises(PolicyInvalid) as caught:
            load_policy(policy)
        lines = caught.value.path.read_text("utf-8").splitlines()
        caught.value.line_text = lines[caught.value.line - 1].strip()
        return caught.value

    return refused
