from becalm.signals.reading import read


def test_links_are_words_to_the_lexicons(evidence):
    reading = read(evidence("click here http://example.com/a-b now"))
    assert reading.words == ("click", "here", "<link>", "now")


def test_masked_swear_words_are_read_as_written_out(evidence):
    assert "fuck" in read(evidence("what the f**k")).words


def test_a_quote_hides_long_numbers(evidence):
    reading = read(evidence("search for 202 555 0143 on google and earn $50"))
    quotes = [reading.quote(hit) for hit in reading.hits["promotion"]]
    assert quotes == ["search for ••• ••• •••• on google", "earn <money> 50"]
