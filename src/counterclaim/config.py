"""Settings: one frozen value made at the edge and handed down."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Literal

import msgspec
import platformdirs

from counterclaim.errors import SettingsError

ReaderName = Literal["rules", "trained"]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a user may set, in `settings.toml` or on the command line.

    reader: which reader parses the text: `trained` (the engine) or `rules` (the plain reference, needs no model).
    weights: a folder of engine weights to use instead of the packaged ones.
    processes: how many processes read at once; 0 is one a core.
    largest: the largest file read, in bytes; larger ones are refused with a reason.
    gazetteers: the imported gazetteers to use beside the packaged one, by name; by default all of them.
    by: whose judgements yours are; by default the name you are logged in by.
    """

    reader: ReaderName = "trained"
    weights: str | None = None
    processes: int = 0
    largest: int = 50_000_000
    gazetteers: tuple[str, ...] | None = None
    by: str | None = None


def settings_file() -> Path:
    """Where the user's settings file would be: `$COUNTERCLAIM_SETTINGS` or the platform's own place."""
    return Path(os.environ.get("COUNTERCLAIM_SETTINGS") or platformdirs.user_config_path("counterclaim") / "settings.toml")


def gazetteer_folder() -> Path:
    """Where imported gazetteers lie: `$COUNTERCLAIM_GAZETTEERS`, or the platform's own place for an application's data."""
    return Path(os.environ.get("COUNTERCLAIM_GAZETTEERS") or platformdirs.user_data_path("counterclaim") / "gazetteers")


def load(path: Path | None = None) -> Settings:
    """The defaults, overridden by what the settings file sets. Raises SettingsError for a file that says something else."""
    path = path or settings_file()
    if not path.is_file():
        return Settings()
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Settings)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise SettingsError(f"{path}: {error}; settings are {', '.join(Settings.__struct_fields__)}") from error
