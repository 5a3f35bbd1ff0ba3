"""A page of headings, paragraphs and lists, written as HTML and as Markdown."""

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from ..files import replacing

STYLE = (Path(__file__).parent / "guidelines.css").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 2 is a section, 3 a part of one; the title of the page is its only 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `is_ordered` where the order says something."""

    texts: tuple[str, ...]
    is_ordered: bool = False


Block = Heading | Paragraph | Items


@dataclass(frozen=True, slots=True)
class Page:
    """`name` is that of its files; `language` is two letters."""

    name: str
    title: str
    language: str
    blocks: tuple[Block, ...]


def write_pages(folder: Path, page: Page) -> tuple[Path, Path]:
    """Writes `name`.html and `name`.md into `folder`, each swapped in whole; returns both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / f"{page.name}.html", folder / f"{page.name}.md"
    for path, text in zip(paths, (as_html(page), as_markdown(page)), strict=True):
        with replacing(path) as file:
            file.write(text.encode())
    return paths


def as_html(page: Page) -> str:
    """A page that stands by itself and loads nothing; every text in it is escaped."""
    body = "\n".join(_html(block) for block in page.blocks)
    return (
        f'<!doctype html>\n<html lang="{escape(page.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(page.title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(page.title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def as_markdown(page: Page) -> str:
    return "\n\n".join([f"# {_plain(page.title)}", *(_markdown(block) for block in page.blocks)]) + "\n"


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    tag = "ol" if block.is_ordered else "ul"
    items = "\n".join(f"<li>{escape(text)}</li>" for text in block.texts)
    return f"<{tag}>\n{items}\n</{tag}>"


def _markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_plain(block.text)}"
    if isinstance(block, Paragraph):
        return _plain(block.text)
    marks = [f"{number}." if block.is_ordered else "-" for number in range(1, len(block.texts) + 1)]
    return "\n".join(f"{mark} {_plain(text)}" for mark, text in zip(marks, block.texts, strict=True))


def _plain(text: str) -> str:
    """As Markdown that says these characters and no others."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))
