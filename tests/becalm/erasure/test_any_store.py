"""Whatever a small store holds: of who is erased nothing is left, and everybody else's is as it was."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from becalm.decisions import verify_chain
from becalm.erasure.erase import erase
from becalm.errors import AccountUnknown
from becalm.policy import load_policy
from becalm.settings import Settings
from becalm.store import Store, stable_id

from .conftest import NOW, World, id_of, text_ids

POLICY = load_policy()
AUTHORS = ("eve-id-7", "ann-id-8", "bob-id-9")
# Some are said by several, some are each one's own.
WORDS = ("the same thing said by many people", "first among the commenters here", "{} has words that are its own")

comments = st.tuples(st.sampled_from(AUTHORS), st.sampled_from(WORDS), st.integers(-1, 11))
stories = st.lists(comments, min_size=1, max_size=12)
edits = st.sets(st.integers(0, 11), max_size=3)
cases = st.lists(st.tuples(st.sets(st.integers(0, 11), min_size=1, max_size=3), st.booleans()), max_size=4)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A migrated store, to be copied: migrating takes longer than a whole example."""
    home = Settings(home=tmp_path_factory.mktemp("empty"))
    Store.open(home.store_url).close()
    return home.home / "becalm.db"


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(stories, edits, cases, st.booleans())
def test_nothing_is_left_of_one_and_everything_of_the_others(empty, story, edited, about, is_gathered):
    with tempfile.TemporaryDirectory() as folder:
        home = Settings(home=Path(folder))
        shutil.copy(empty, folder)
        with Store.open(home.store_url) as store:
            world = World(store, home, POLICY)
            tell(world, story, edited, about, is_gathered)
            check(world, story)


def tell(world, story, edited, about, is_gathered):
    for number, (author, words, to) in enumerate(story):
        answered = f"{story[to][0]}-c{to}-" if 0 <= to < number else None
        world.say(f"{author}-c{number}-", words.format(author), by=author, to=answered)
        if number in edited:
            world.say(f"{author}-c{number}-", f"{author} mended it to number {number}", by=author, to=answered)
    for number, (members, is_decided) in enumerate(about):
        held = [f"{story[one][0]}-c{one}-" for one in sorted(members) if one < len(story)]
        if held:
            world.case(f"k{number}", f"tube/{held[0]}~{number + 2}", held, about=f"{held[0]} and others")
            if is_decided:
                world.decide(f"k{number}", f"about {held[0]}, whatever {story[0][0]} says")
    if is_gathered:
        said = list(dict.fromkeys(words.format(author) for number, (author, words, _) in enumerate(story)))
        world.gather(*said)


def check(world, story):
    gone, *others = AUTHORS
    before = theirs(world, others)
    if gone not in {author for author, _, _ in story}:
        try:
            erase(world.settings, POLICY, f"tube:{gone}", "lead-1", "asked", NOW, text_ids)
        except AccountUnknown:
            return
        raise AssertionError("nobody was erased")
    erase(world.settings, POLICY, f"tube:{gone}", "lead-1", "asked", NOW, text_ids)
    told = world.told()
    own = [gone, str(id_of(gone)), *(str(id_of(f"{gone}-c{number}-")) for number in range(12))]
    own += [str(stable_id(f"{gone} has words that are its own"))]
    assert [one for one in own if one in told] == []
    assert theirs(world, others) == before
    with world.store.reading() as session:
        verify_chain(session)
    erase(world.settings, POLICY, f"tube:{gone}", "lead-1", "asked", NOW, text_ids)
    assert world.told() == told


def theirs(world, authors):
    """What is kept of the others: their comments but for whom they answer, what came in, and what was made of it."""
    tables = world.tables()
    ids = {id_of(author) for author in authors} | {id_of(f"{each}-c{n}-") for each in authors for n in range(12)}
    kept = {
        name: [row for row in tables[name] if row[0] in ids]
        for name in ("accounts", "clearances")
    }  # fmt: skip
    kept["comments"] = [row[:9] for row in tables["comments"] if row[0] in ids]
    kept["signals"] = [row[:12] for row in tables["signals"] if row[0] in ids]
    kept["case_comments"] = [row for row in tables["case_comments"] if row[1] in ids]
    kept["raw_rows"] = [row[:3] for row in tables["raw_rows"] if any(f'"{each}"' in row[3] for each in authors)]
    return kept
