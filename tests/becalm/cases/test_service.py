from becalm.store import Comment, ConsentState, keep_consent, stable_id


def told(case, signal):
    return [reason["text"] for reason in case.reasons if reason["signal"] == signal]


def answer(stream, comment_name, at):
    """The brand answers under a comment."""
    reply = stream.say("we look into it", by="shop", is_brand=True, at=at)
    with stream.store.writing() as session:
        session.get(Comment, reply).parent_id = comment_name


def test_a_case_says_how_often_and_where_somebody_asked_without_an_answer(stream, run):
    stream.say("it broke", name="one", complaint=0.8)
    stream.say("still broken", under="t2", at=20, complaint=0.8)
    run(stream)
    case = stream.case(queue="care")
    assert told(case, "answered") == ["no answer by the brand: 2 comments in 2 threads since 2026-03-02 09:00"]
    assert told(case, "repeats") == ["the same person came 2 times"]


def test_asking_again_is_more_urgent_and_stays_in_care(stream, run):
    stream.say("it broke", by="ann", complaint=0.8)
    for hour in range(3):
        stream.say(f"broken {hour}", by="bob", under=f"t{hour}", at=hour, complaint=0.8)
    run(stream)
    first, second = stream.cases()
    assert {first.queue, second.queue} == {"care"}
    assert len(stream.comments_of(first)) == 3
    assert first.priority > second.priority


def test_an_answer_is_told_and_so_is_who_asked_again_after_it(stream, run):
    stream.say("it broke", name="one", complaint=0.8)
    answer(stream, "one", at=2)
    run(stream)
    assert told(stream.case(queue="care"), "answered") == ["the brand answered on 2026-03-02 11:00"]
    stream.say("still broken", at=5, complaint=0.8)
    run(stream)
    assert told(stream.case(queue="care"), "answered") == [
        "the brand answered on 2026-03-02 11:00; asked again since: 1 comment"
    ]


def test_a_case_of_a_surge_says_so_and_no_campaign_is_made_of_it(stream, run):
    stream.say("hello", by="zoe", at=-24 * 5)
    for number in range(12):
        stream.say(f"it broke {number}", by=f"c{number}", at=number / 4, complaint=0.8, topics=["broken"])
    run(stream)
    cases = stream.cases(queue="care")
    words = "one of 12 customers with the same complaint (what does not work) since 2026-03-02 09:00; usual are 0 a day"
    assert len(cases) == 12
    assert all(told(case, "surge") == [words] for case in cases)
    assert stream.cases(queue="moderation") == []


def test_praise_that_names_something_waits_once_an_account_and_says_the_consent(stream, run):
    stream.say("lovely soup", by="ann", praise=0.9, praised=["soup"])
    stream.say("lovely bread", by="ann", at=30, praise=0.9, praised=["bread"])
    stream.say("lovely", by="bob", praise=0.9)
    run(stream)
    case = stream.case(queue="advocacy")
    assert told(case, "consent") == ["was never asked whether it may be shared"]
    for state, words in (
        (ConsentState.ASKED, "was asked whether it may be shared, no answer yet"),
        (ConsentState.GIVEN, "agreed that it may be shared"),
        (ConsentState.REFUSED, "does not want it to be shared"),
    ):
        with stream.store.writing() as session:
            keep_consent(session, stable_id("youtube", "ann"), state, stream.now)
        run(stream)
        assert told(stream.case(queue="advocacy"), "consent") == [words]
