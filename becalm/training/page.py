"""A pack as one HTML page that needs nothing else: it loads nothing, sends nothing, and reads without its script."""

import hashlib
from base64 import b64encode
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from .pack import Pack
from .wording import wording_of

FOLDER = Path(__file__).parent
REVIEW_STYLE = FOLDER.parent / "review" / "review.css"


def write_page(pack: Pack) -> bytes:
    """The whole page; every text of the store in it is escaped."""
    script = (FOLDER / "pack.js").read_text("utf-8")
    page = _template().render(
        pack=pack,
        wording=wording_of(pack.language),
        style=Markup(REVIEW_STYLE.read_text("utf-8") + (FOLDER / "pack.css").read_text("utf-8")),
        script=Markup(script),
        script_digest=b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    return page.encode("utf-8", "replace")


@lru_cache(maxsize=1)
def _template() -> Template:
    pages = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("pack.html")
