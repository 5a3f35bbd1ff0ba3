"""What the verdict would have been at other thresholds, from what the store holds already."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select

from becalm.settings import Settings
from becalm.store import Comment, Store
from embeddings.judging import Models
from tasks.campaigns import find_campaigns
from tasks.describe import Reading
from tasks.index import word_index
from tasks.model import encoder_of, in_force, model_of
from tasks.rulings import read_rulings


def sweep(settings: Settings, thresholds: Sequence[float]) -> Iterator[tuple[float, dict[str, str]]]:
    """For each threshold the campaign of every comment that is in one; nothing is embedded or kept."""
    fitted = Models.load()
    with Store.open(settings.store_url) as store, store.reading() as session:
        encoder = encoder_of(in_force(session, settings))
        reading = Reading.of(session, model_of(session, encoder), word_index(settings))
        rulings = read_rulings(session)
        found = reading.found_groups(rulings)
        comments = session.execute(select(Comment.comment_id, Comment.text_id).where(Comment.is_brand.is_(False))).all()
        for threshold in thresholds:
            models = replace(fitted, verdict=replace(fitted.verdict, threshold=threshold))
            campaigns = find_campaigns(reading, found, rulings, models).campaigns
            of = {text_id: str(place) for place, one in enumerate(campaigns) for text_id in one.text_ids}
            yield threshold, {comment_id: of[text_id] for comment_id, text_id in comments if text_id in of}
