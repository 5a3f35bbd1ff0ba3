import pytest

from becalm.errors import PolicyInvalid
from becalm.policy import SHIPPED, load_policy, policy_of


def write(folder, name, text):
    (folder / name).write_text(text)
    return folder / name


def test_what_a_file_does_not_say_it_takes_over(tmp_path):
    own = write(tmp_path, "own.yaml", "extends: shipped\nversion: '3'\nthresholds: {abuse: 0.9}\n")
    policy, shipped = load_policy(own), load_policy()
    assert (policy.version, policy.thresholds["abuse"]) == ("3", 0.9)
    assert policy.rules == shipped.rules


def test_what_is_stored_stands_by_itself(tmp_path):
    own = load_policy(write(tmp_path, "own.yaml", "extends: shipped\nversion: '3'\nreview: {period_days: 9}\n"))
    assert policy_of(own.document, "policy 2").model_dump() == own.model_dump()


def test_a_rule_is_changed_by_its_id_and_left_out_by_it(tmp_path):
    text = (
        "extends: shipped\nversion: '3'\nrules: [{id: flood, severity: 0.51}]\nleave_out: {rules: [likely-alternate], "
    )
    policy = load_policy(write(tmp_path, "own.yaml", text + "thresholds: [alternate]}\n"))
    assert policy.rule("flood").severity == 0.51
    assert policy.rule("likely-alternate") is None
    again = policy_of(policy.document, "policy 2")
    assert (again.rules, again.tree) == (policy.rules, policy.tree)


def test_a_loop_is_refused_with_its_way_and_line(tmp_path):
    one = write(tmp_path, "one.yaml", "version: '3'\nextends: two.yaml\n")
    write(tmp_path, "two.yaml", "version: '1'\n\nextends: one.yaml\n")
    with pytest.raises(PolicyInvalid, match=r"one\.yaml -> two\.yaml -> one\.yaml") as caught:
        load_policy(one)
    assert (caught.value.path.name, caught.value.line) == ("two.yaml", 3)


def test_a_mistake_in_what_is_extended_names_that_file(tmp_path):
    base = write(
        tmp_path,
        "base.yaml",
        SHIPPED.read_text().replace("    queue: accounts\n    severity: 0.4", "    queue: x\n    severity: 0.4"),
    )
    own = write(tmp_path, "own.yaml", "extends: base.yaml\nversion: '3'\n")
    with pytest.raises(PolicyInvalid) as caught:
        load_policy(own)
    assert caught.value.path == base
    assert base.read_text().splitlines()[caught.value.line - 1].strip() == "queue: x"
