from pathlib import Path

import pytest
from pydantic import ValidationError

from becalm.cli.surroundings import read_settings
from becalm.errors import InputError
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


def test_addresses_of_owners_are_read_and_never_shown(monkeypatch):
    monkeypatch.setenv("BECALM_ALERT_URLS", '{"safety lead": ["slack://s3cr3t", "json://s3cr3t"], "*": []}')
    urls = settings_for().alert_urls
    assert [url.get_secret_value() for url in urls["safety lead"]] == ["slack://s3cr3t", "json://s3cr3t"]
    assert "s3cr3t" not in repr(settings_for())
    assert "s3cr3t" not in settings_for().model_dump_json()


@pytest.mark.parametrize(
    "said", ['{"safety lead": "slack://s3cr3t"}', '["slack://s3cr3t"]', '{"*": [["slack://s3cr3t"]]}', "slack://s3cr3t"]
)
def test_addresses_that_make_no_sense_are_refused_without_being_shown(monkeypatch, said):
    monkeypatch.setenv("BECALM_ALERT_URLS", said)
    with pytest.raises(InputError, match=r"alert_urls|ALERT_URLS") as caught:
        read_settings()
    assert "s3cr3t" not in str(caught.value)
    assert "s3cr3t" not in repr(caught.value.__cause__)


@pytest.mark.parametrize("link", ["https://console.example/cases", "https://console.example/{id}", "{case}{other}"])
def test_a_link_to_cases_needs_a_place_for_the_case(link):
    with pytest.raises(ValidationError):
        Settings(case_link=link)
