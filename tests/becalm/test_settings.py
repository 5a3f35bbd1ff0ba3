from pathlib import Path

import pytest
from pydantic import ValidationError

from becalm.settings import Settings, settings_for
from becalm.store import Store


def test_options_go_over_variables_and_variables_over_defaults(monkeypatch, tmp_path):
    monkeypatch.setenv("BECALM_HOME", str(tmp_path / "variable"))
    monkeypatch.setenv("BECALM_THREADS", "7")
    assert settings_for().home == tmp_path / "variable"
    assert settings_for(home=None).home == tmp_path / "variable"
    assert settings_for(home=tmp_path / "option").home == tmp_path / "option"
    assert settings_for().threads == 7
    monkeypatch.delenv("BECALM_HOME")
    assert settings_for().home == Path("var")


def test_variables_of_others_are_none_of_our_business(monkeypatch):
    monkeypatch.setenv("BECALM_COLOUR", "blue")
    monkeypatch.setenv("THREADS", "7")
    assert settings_for().threads == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("threads", 0), ("backend", "gpu"), ("batch_rows", 0), ("max_bad_share", 1.1), ("max_bad_share", "nan")],
)
def test_values_without_sense_are_refused(name, value):
    with pytest.raises(ValidationError):
        Settings(**{name: value})


def test_settings_are_not_changed_on_the_way():
    with pytest.raises(ValidationError):
        settings_for().threads = 3


def test_everything_lies_under_the_home(tmp_path):
    settings = settings_for(home=tmp_path)
    assert {settings.index_folder, settings.published, settings.data_docs} == {
        tmp_path / "index", tmp_path / "published", tmp_path / "checks",
    }  # fmt: skip
    assert settings.store_url == f"sqlite:///{tmp_path}/becalm.db"
    assert settings_for(home=tmp_path, database_url="sqlite://").store_url == "sqlite://"


@pytest.mark.parametrize("name", ["a b", "what?x=1", "100%41", "#1", "żółw"])
def test_a_home_of_any_name_holds_its_own_store(tmp_path, name):
    settings = settings_for(home=tmp_path / name)
    Store.open(settings.store_url).close()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name / "becalm.db").exists()
