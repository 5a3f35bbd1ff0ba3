"""What is erased from the store goes from packs too."""

import shutil

import pytest
from sqlalchemy import func, select

from becalm.errors import InputError
from becalm.store import Account, QuizResult, TrainingPack, TrainingSource, stable_id
from becalm.training import drop_packs, forget, forget_person, read_pack, renew
from becalm.training.keeping import find_pack
from becalm.training.quiz import keep_score, score_answers


def erase(town, **whom):
    with town.store.writing() as session:
        return forget(session, town.home, **whom)


def dying(town, account):
    with town.store.writing() as session:
        forget(session, town.home, accounts=[account])
        raise RuntimeError("the machine stops here")


def counted(town, table):
    with town.store.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_scenarios_of_an_erased_account_are_cut_out_of_page_and_json(decided):
    pack, folder = decided.make(scenarios=14)
    page = (folder / "index.html").read_text()
    assert "fool number 5" in page
    gone = erase(decided, accounts=[stable_id("tube", "rude5")])
    assert (gone.scenarios, gone.packs, gone.removed) == (1, 1, 0)
    for name in ("index.html", "pack.json"):
        assert "fool number 5" not in (folder / name).read_text()
    rest = read_pack(folder)
    assert (rest.id, len(rest.scenarios), rest.cut) == (pack.id, 13, 1)


def test_erasing_again_finds_nothing_left(decided):
    decided.make(scenarios=14)
    erase(decided, comments=[stable_id("tube", "c1")])
    assert erase(decided, comments=[stable_id("tube", "c1")]).scenarios == 0


def test_who_is_only_answered_or_mentioned_is_forgotten_as_well(decided):
    decided.say("that was Rudi Ruff2, not me, fool", by="other", at=30, to="c4", abuse=0.9)
    decided.open()
    decided.decide("c15")
    _, folder = decided.make(scenarios=15)
    erase(decided, accounts=[stable_id("tube", name) for name in ("rude2", "rude3")])
    written = (folder / "pack.json").read_text()
    assert "not me, fool" not in written
    assert "number 3" not in written


def test_a_crash_after_the_files_leaves_the_rows_and_a_second_go_ends_it(decided):
    _, folder = decided.make(scenarios=14)
    account = stable_id("tube", "rude5")
    with pytest.raises(RuntimeError):
        dying(decided, account)
    assert erase(decided, accounts=[account]).scenarios == 1
    assert len(read_pack(folder).scenarios) == 13


def test_a_pack_whose_last_scenario_goes_is_removed(decided):
    _, folder = decided.make(scenarios=14)
    everybody = [stable_id("tube", f"{kind}{one}") for kind in ("rude", "sell") for one in range(8)]
    assert erase(decided, accounts=everybody).removed == 1
    assert not folder.exists()
    assert (counted(decided, TrainingPack), counted(decided, TrainingSource)) == (0, 0)


def test_a_copy_elsewhere_is_cut_when_it_is_renewed(decided, tmp_path):
    _, folder = decided.make(scenarios=14)
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    erase(decided, accounts=[stable_id("tube", "rude5")])
    with decided.store.reading() as session:
        assert renew(session, copy).scenarios == 1
        assert renew(session, copy).scenarios == 0
    assert "fool number 5" not in (copy / "index.html").read_text()


def test_a_home_that_moved_is_still_reached(decided, tmp_path):
    _, folder = decided.make(scenarios=14)
    moved = tmp_path / "moved"
    shutil.copytree(decided.home / "published", moved / "published")
    shutil.rmtree(folder)
    with decided.store.writing() as session:
        assert forget(session, moved, accounts=[stable_id("tube", "rude5")]).packs == 1


def test_the_same_pack_in_two_folders_is_cut_in_both(decided, tmp_path):
    from becalm.training import Wanted, write_new_pack

    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        write_new_pack(decided.store, decided.home, decided.policy, Wanted(14), decided.now, folder)
    assert erase(decided, accounts=[stable_id("tube", "rude5")]).packs == 2
    assert {len(read_pack(folder).scenarios) for folder in folders} == {13}


def test_a_newer_pack_in_the_same_folder_is_not_cut_in_the_name_of_the_older(decided, tmp_path):
    from becalm.training import Wanted, write_new_pack

    for seed in ("old", "new"):
        pack, folder = write_new_pack(
            decided.store, decided.home, decided.policy, Wanted(6, seed), decided.now, tmp_path / "pack"
        )
    with decided.store.reading() as session:
        assert set(session.scalars(select(TrainingPack.id))) == set(session.scalars(select(TrainingSource.pack_id)))
        assert list(session.scalars(select(TrainingPack.id))) == [pack.id]
        shown = set(session.scalars(select(TrainingSource.account_id)))
    with decided.store.writing() as session:
        others = set(session.scalars(select(Account.id))) - shown
    assert erase(decided, accounts=others).scenarios == 0
    assert read_pack(folder) == pack


def test_a_page_of_somebody_else_is_never_overwritten(decided, tmp_path):
    from becalm.training import Wanted, write_new_pack

    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(InputError, match="choose another folder"):
        write_new_pack(decided.store, decided.home, decided.policy, Wanted(6), decided.now, tmp_path)
    assert (tmp_path / "index.html").read_text() == "mine"
    assert counted(decided, TrainingPack) == 0


def test_a_pack_that_cannot_be_read_is_removed_rather_than_kept_unforgotten(decided):
    _, folder = decided.make(scenarios=14)
    (folder / "pack.json").write_text((folder / "pack.json").read_text()[:500])
    erase(decided, accounts=[stable_id("tube", "rude5")])
    assert not folder.exists()


def test_files_that_are_not_ours_stay(decided):
    _, folder = decided.make(scenarios=14)
    (folder / "notes.txt").write_text("of the trainer")
    with decided.store.writing() as session:
        assert drop_packs(session, decided.home, decided.now) == 0
        later = decided.now.replace(year=2027)
        assert drop_packs(session, decided.home, later) == 1
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]
    assert counted(decided, TrainingSource) == 0


def test_who_leaves_the_staff_leaves_no_answers(decided):
    pack, _ = decided.make(scenarios=14)
    with decided.store.writing() as session:
        keep_score(session, decided.policy, pack, score_answers(pack, {"s1": "a"}), "moderator-1", decided.now)
        assert forget_person(session, "moderator-1") == 1
    assert counted(decided, QuizResult) == 0


def test_a_pack_is_found_by_its_id_or_its_path(decided):
    pack, folder = decided.make(scenarios=14)
    with decided.store.reading() as session:
        assert find_pack(session, decided.home, pack.id) == folder
        assert find_pack(session, decided.home, str(folder)) == folder
        with pytest.raises(InputError, match="no training pack `nothing`"):
            find_pack(session, decided.home, "nothing")
