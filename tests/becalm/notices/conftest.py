"""The desk, the carrier and the platform that actions are tested with."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

_SPEC = spec_from_file_location("action_fixtures", Path(__file__).parents[1] / "actions" / "conftest.py")
assert _SPEC
assert _SPEC.loader
_actions = module_from_spec(_SPEC)
_SPEC.loader.exec_module(_actions)

store, stream, policy, changed, strict, desk, told = (
    _actions.store, _actions.stream, _actions.policy, _actions.changed, _actions.strict, _actions.desk, _actions.told,
)  # fmt: skip
platform, carrier, carry, rows, desk_under = (
    _actions.platform, _actions.carrier, _actions.carry, _actions.rows, _actions.desk_under,
)  # fmt: skip
