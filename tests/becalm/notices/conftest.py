"""The desk and the stream that cases are tested with."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

_SPEC = spec_from_file_location("case_fixtures", Path(__file__).parents[1] / "cases" / "conftest.py")
assert _SPEC
assert _SPEC.loader
_cases = module_from_spec(_SPEC)
_SPEC.loader.exec_module(_cases)

store, stream, policy, changed, strict, desk = (
    _cases.store, _cases.stream, _cases.policy, _cases.changed, _cases.strict, _cases.desk,
)  # fmt: skip
