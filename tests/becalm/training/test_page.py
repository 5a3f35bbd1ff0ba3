"""The page needs nothing else, and nothing in it acts but its own script."""

from html.parser import HTMLParser

import pytest


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.labels = [], [], 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.fixture
def page(decided):
    decided.say('<script>alert("x")</script> <img src=x onerror=alert(1)> you fool', by="xss", at=40, abuse=0.9)
    decided.open()
    decided.decide("c15", note="</script><b>bold</b>")
    return Page((decided.make(scenarios=15)[1] / "index.html").read_text())


def test_nothing_is_loaded_from_anywhere(page):
    assert not [tag for tag, attrs in page.tags if tag in ("img", "link", "iframe", "object") or "src" in attrs]
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert all(link.startswith("#") for link in links)
    policy = next(attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv"))
    assert policy.startswith("default-src 'none'")


def test_what_people_wrote_is_text_and_not_markup(page):
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not [attrs for _, attrs in page.tags if any(name.startswith("on") for name in attrs)]


def test_every_question_is_a_labelled_group_that_keys_can_reach(page):
    tags = [tag for tag, _ in page.tags]
    assert tags.count("fieldset") == tags.count("legend") == tags.count("details") == tags.count("summary") == 15
    radios = [attrs for tag, attrs in page.tags if tag == "input"]
    assert all(attrs["type"] == "radio" for attrs in radios)
    assert tags.count("label") == len(radios)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = {attrs["href"][1:] for tag, attrs in page.tags if tag == "a"}
    assert targets <= set(ids)
