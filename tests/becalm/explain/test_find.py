import pytest

from becalm.explain.find import CommentUnknown, find_comment


@pytest.fixture
def find(scene):
    def found(asked: str) -> tuple[str, str]:
        with scene.store.reading() as session:
            one = find_comment(session, asked)
            return one.platform, one.comment_id

    return found


def test_a_comment_is_found_by_its_id_with_its_platform_or_without(scene, find):
    scene.comment("c1", "hello")
    assert find("c1") == find("clipshare/c1") == ("clipshare", "c1")


def test_an_id_with_a_slash_is_an_id(scene, find):
    scene.comment("a/b", "hello")
    assert find("a/b") == find("clipshare/a/b") == ("clipshare", "a/b")


def test_an_id_of_two_platforms_needs_the_platform(scene, find):
    scene.comment("c1", "hello")
    scene.comment("c1", "hello", platform="reviews")
    with pytest.raises(CommentUnknown, match="clipshare/c1, reviews/c1"):
        find("c1")
    assert find("reviews/c1") == ("reviews", "c1")


@pytest.mark.parametrize("asked", ["c2", "reviews/c1", "clipshare/", "/c1", ""])
def test_what_is_not_stored_is_told(scene, find, asked):
    scene.comment("c1", "hello")
    with pytest.raises(CommentUnknown, match="no comment of this id"):
        find(asked)
