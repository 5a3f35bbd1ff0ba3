from becalm.signals.reading import mend, read


def test_links_are_words_to_the_lexicons(evidence):
    reading = read(evidence("click here http://example.com/a-b now"))
    assert reading.words == ("click", "here", "<link>", "now")


def test_masked_swear_words_are_read_as_written_out(evidence):
    assert "fuck" in read(evidence("what the f**k")).words


def test_a_quote_hides_long_numbers(evidence):
    reading = read(evidence("search for 202 555 0143 on google and earn $50"))
    quotes = [reading.quote(hit) for hit in reading.hits["promotion"]]
    assert quotes == ["search for ••• ••• •••• on google", "earn <money> 50"]


def test_mending_changes_only_what_abuse_is_judged_by(evidence):
    written = read(evidence("you stuupid terible people"))
    meant = mend(written)
    assert meant.words == ("you", "stupid", "terrible", "people")
    assert (written.is_mended, meant.is_mended) == (False, True)


def test_what_needs_no_mending_stays_the_same_object(evidence):
    reading = read(evidence("you stupid people"))
    assert mend(reading) is reading


def test_a_complaint_is_judged_by_the_words_as_written(score):
    assert score("terible service").grievance == score("teribly service").grievance
