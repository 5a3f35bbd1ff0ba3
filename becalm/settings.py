"""The one place where becalm reads its surroundings; everything else gets these values passed."""

from pathlib import Path
from urllib.parse import quote

from platformdirs import user_cache_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from .connections import AnyConnection


class Settings(BaseSettings):
    """Read once at the edge, from `BECALM_*` variables; the command line's options go over them."""

    model_config = SettingsConfigDict(env_prefix="BECALM_", extra="ignore", frozen=True, hide_input_in_errors=True)

    home: Path = Field(Path("var"), description="folder of the database, the index and the published files")
    database_url: str | None = Field(None, description="any SQLAlchemy URL; default: SQLite in the home")
    policy: Path | None = Field(None, description="the policy file; default: the one shipped with becalm")
    model: str = Field("all-MiniLM-L6-v2", description="sentence-transformers model, by name or path")
    scripts: tuple[str, ...] = Field(
        ("Latin",), description="writing systems that the model reads, as a JSON list; [] for all"
    )
    texts_ahead: int = Field(
        20_000, ge=1, description="texts that a run embeds with a new model beside the old one, till it has all"
    )
    backend: str = Field("auto", pattern="^(auto|openvino|torch)$", description="how the model is run")
    threads: int = Field(2, ge=1, description="processor threads for encoding")
    batch_rows: int = Field(50_000, ge=1, description="rows read, checked and stored in one transaction")
    max_bad_share: float = Field(0.5, ge=0, le=1, description="share of bad rows above which a batch is refused")
    max_text_characters: int = Field(50_000, ge=1, description="longer comments are quarantined")
    inbox: Path = Field(Path("var/inbox"), description="the folder that the `ingest` schedule watches")
    settle_seconds: float = Field(5, ge=0, description="age below which a file of the inbox is still being written")
    wait_seconds: float = Field(0, ge=0, description="how long a run waits for another one at work on the same home")
    keep_runs_days: int = Field(400, ge=1, description="age at which `maintain` drops lines of the run log")
    alert_urls: dict[str, tuple[SecretStr, ...]] = Field(
        default_factory=dict,
        description="Apprise URLs by owner of alert lists, as JSON; `*` is for owners without their own",
    )
    case_link: str | None = Field(
        None, pattern=r"^[^{}]*\{case\}[^{}]*$", description="address of a case with {case} in it, for alerts"
    )
    connectors: dict[str, AnyConnection] = Field(
        default_factory=dict,
        description="how each platform is reached, as JSON: dry-run, file or webhook; `*` is for all others",
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("becalm"), description="converted models, shared by all homes"
    )

    @property
    def store_url(self) -> str:
        return self.database_url or f"sqlite:///{quote(str((self.home / 'becalm.db').absolute()))}"

    @property
    def index_folder(self) -> Path:
        return self.home / "index"

    @property
    def published(self) -> Path:
        return self.home / "published"

    @property
    def data_docs(self) -> Path:
        return self.home / "checks"


def settings_for(**given: Path | None) -> Settings:
    """The settings of the surroundings, with what was given over them."""
    return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
