"""Writes requirements.lock, the exact dependencies with the hashes of their wheels, and bom.json, what they are and
under which licence (CycloneDX 1.6). ``--check`` only tells whether the two fit each other and pyproject.toml; without
network.

The hashes are of the wheels for Linux on x86-64 with CPython 3.11, which is where ``pip lock`` was asked: install there
with ``pip install --require-hashes --only-binary :all: -r requirements.lock``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK, BOM = ROOT / "requirements.lock", ROOT / "bom.json"
_PIN = re.compile(r"^([a-z0-9-]+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M)
_PERMISSIVE = re.compile(r"MIT|Apache|BSD|ISC|PSF|Python|Zlib|MPL|Unlicense|0BSD|CC0|Public Domain", re.I)
_COPYLEFT = re.compile(r"GPL|AGPL|SSPL|BUSL|Commons Clause|Elastic", re.I)


def update() -> None:
    """Ask pip which versions there are, and write both files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    with tempfile.TemporaryDirectory() as directory:
        wanted, locked = Path(directory) / "wanted.txt", Path(directory) / "pylock.toml"
        wanted.write_text("\n".join(project["dependencies"]))
        command = [sys.executable, "-m", "pip", "lock", "--quiet", "--only-binary", ":all:"]
        subprocess.run([*command, "-r", str(wanted), "-o", str(locked)], check=True)
        write(tomllib.loads(locked.read_text())["packages"])


def write(packages: list[dict[str, Any]]) -> None:
    """Write both files, of what pip has locked."""
    lines = [f"# {line}".rstrip() for line in (__doc__ or "").strip().splitlines()] + [""]
    for package in sorted(packages, key=lambda one: str(one["name"])):
        hashes = [f"    --hash=sha256:{wheel['hashes']['sha256']}" for wheel in package["wheels"]]
        lines.append(f"{package['name']}=={package['version']} \\\n" + " \\\n".join(sorted(hashes)))
    LOCK.write_text("\n".join(lines) + "\n")
    BOM.write_text(json.dumps(bill(pins()), indent=1, sort_keys=True) + "\n")


def pins() -> dict[str, tuple[str, list[str]]]:
    """Give version and hashes by name, as requirements.lock has them."""
    found = _PIN.findall(LOCK.read_text())
    return {name: (version, re.findall(r"[0-9a-f]{64}", hashes)) for name, version, hashes in found}


def bill(pinned: dict[str, tuple[str, list[str]]]) -> dict[str, Any]:
    """Give the bill of materials."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "radiograph", "licenses": [_licence("Apache-2.0")]}},
        "components": [
            {
                "type": "library",
                "name": name,
                "version": version,
                "purl": f"pkg:pypi/{name}@{version}",
                "bom-ref": f"pkg:pypi/{name}@{version}",
                "hashes": [{"alg": "SHA-256", "content": one} for one in hashes],
                "licenses": [_licence(licence_of(name))],
            }
            for name, (version, hashes) in pinned.items()
        ],
    }


def licence_of(name: str) -> str:
    """Give what an installed distribution says of its licence; empty when it says nothing, or is not there."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    classified = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or [] if one.startswith("License")]
    expression, short = ((said.get_all(one) or [""])[0].strip() for one in ("License-Expression", "License"))
    return expression or " AND ".join(classified) or short.partition("\n")[0][:80]


def _licence(text: str) -> dict[str, Any]:
    return {"license": {"name": text}}


def problems() -> list[str]:
    """Give what is wrong with the two files."""
    pinned = pins()
    found = [f"{name} has no hash" for name, (_, hashes) in pinned.items() if not hashes]
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]:
        wanted = Requirement(line)
        name = canonicalize_name(wanted.name)
        if name not in pinned:
            found.append(f"{name} is a dependency, and not in {LOCK.name}")
        elif not wanted.specifier.contains(pinned[name][0]):
            found.append(f"{name} is locked to {pinned[name][0]}; {wanted.specifier} is wanted")
    bom = json.loads(BOM.read_text())
    told = {one["name"]: (one["version"], [each["content"] for each in one["hashes"]]) for one in bom["components"]}
    if told != pinned:
        found.append(
            f"{BOM.name} is not of {LOCK.name}: {sorted(set(told) ^ set(pinned)) or 'other versions or hashes'}"
        )
    for one in bom["components"]:
        licence = one["licenses"][0]["license"]["name"]
        if not _PERMISSIVE.search(licence) or _COPYLEFT.search(licence):
            found.append(f"{one['name']} has the licence {licence!r}, which is not known to be permissive")
    return found


def main() -> int:
    """Give the exit code."""
    if "--check" not in sys.argv:
        update()
    found = problems()
    for problem in found:
        print(f"{problem}; python tools/lock.py makes both anew")
    print(f"{len(pins())} dependencies locked, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
