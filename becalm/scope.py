"""Where an alert list listens: on which channels, and in which languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Empty means everywhere. `channels` are `channel`, `platform/channel` or `platform/*`; `languages` are BCP 47."""

    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def covers(self, platform: str, channel: str, language: str | None) -> bool:
        """Whether a comment that stands there is listened to; one whose language nobody told always may be meant."""
        names = (channel, f"{platform}/{channel}", f"{platform}/*")
        if self.channels and not any(name in self.channels for name in names):
            return False
        return not (self.languages and language) or _main(language) in map(_main, self.languages)


EVERYWHERE = Scope()


def _main(language: str | None) -> str:
    """`de` of `de-AT`."""
    return (language or "").replace("_", "-").split("-")[0].lower()
