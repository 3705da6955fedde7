"""Keep, and check, what the weights were made from: hashes of inputs and outputs, seed, words read.

python -m training.lock [--work training/scratch/data] [--run training/scratch/six] [--claims training/scratch/full] [--write]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LOCK = HERE / "lock.json"
WEIGHTS = HERE.parent / "src" / "counterclaim" / "knowledge" / "engine-2"
# The steps in order: what each reads and writes, by name.
STEPS = {
    "prepare": ("sources.toml", "prepare.py"),
    "train": ("train.py", "model.py", "batches.py"),
    "export": ("export.py",),
    "claims": ("claims_data.py", "claims_model.py", "claims_train.py", "claims_export.py", "judge.py"),
}


def state(work: Path, run: Path, claims: Path) -> dict[str, Any]:
    """What is on disk now, as the lock would write it."""
    sources = work / "sources.json"
    done, heads = run / "run.json", claims / "run.json"
    return {
        "code": {step: {name: _sha(HERE / name) for name in names} for step, names in STEPS.items()},
        "sources": json.loads(sources.read_text(encoding="utf-8")) if sources.exists() else None,
        "run": json.loads(done.read_text(encoding="utf-8")) if done.exists() else None,
        "claims": json.loads(heads.read_text(encoding="utf-8")) if heads.exists() else None,
        "weights": {p.name: _sha(p) for p in sorted(WEIGHTS.iterdir())} if WEIGHTS.exists() else None,
    }


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> int:
    """Write the lock, or say what differs from it; 1 when something does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("training/scratch/data"))
    parser.add_argument("--run", type=Path, default=Path("training/scratch/six"))
    parser.add_argument("--claims", type=Path, default=Path("training/scratch/full"))
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    now = state(args.work, args.run, args.claims)
    if args.write:
        # A part that is not on disk keeps what the lock says of it: the engine and its claim heads are trained apart.
        if LOCK.exists():
            kept = json.loads(LOCK.read_text(encoding="utf-8"))
            now = {part: kept.get(part) if value is None else value for part, value in now.items()}
        LOCK.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    kept = json.loads(LOCK.read_text(encoding="utf-8"))
    differs = [part for part in kept if now[part] is not None and now[part] != kept[part]]
    print("as locked" if not differs else f"differs from the lock: {', '.join(differs)}")
    return int(bool(differs))


if __name__ == "__main__":
    sys.exit(main())
