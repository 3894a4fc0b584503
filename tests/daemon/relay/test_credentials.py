"""Keys come from where AWS's tools find them, and are looked for again when there are none or they are refused.

botocore reads its process's environment, so each scene plays in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.daemon.running import environment

BEGIN = """
import asyncio, pathlib, sys
from radiograph.daemon.relay.credentials import CredentialChain, region_of_profile
now = 0.0
chain = CredentialChain("eu-west-1", clock=lambda: now)
def keys():
    found = asyncio.run(chain.keys())
    return found and tuple(found)
def write(key):
    pathlib.Path(sys.argv[1]).write_text(
        f"[default]\\naws_access_key_id={key}\\naws_secret_access_key=s\\nregion=eu-north-1\\n"
    )
"""


def play(file: Path, scene: str, **variables: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", BEGIN + scene, str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment(**{"AWS_SHARED_CREDENTIALS_FILE": str(file), "AWS_CONFIG_FILE": str(file)} | variables),
    )
    assert ran.returncode == 0, ran.stderr


def test_keys_that_appear_are_found_a_minute_later(tmp_path: Path) -> None:
    play(
        tmp_path / "credentials",
        """
assert keys() is None
write("AKIDNEW")
assert keys() is None, "nobody looks at every request"
now = 60.0
assert keys() == ("AKIDNEW", "s", None)
""",
    )


def test_keys_that_are_refused_are_looked_for_again_but_not_at_every_refusal(tmp_path: Path) -> None:
    play(
        tmp_path / "credentials",
        """
write("AKIDOLD")
assert keys()[0] == "AKIDOLD"
write("AKIDNEW")
chain.refused()
assert keys()[0] == "AKIDOLD"
now = 60.0
chain.refused()
assert keys()[0] == "AKIDNEW"
""",
    )


def test_those_of_the_environment_come_first_with_their_token(tmp_path: Path) -> None:
    play(
        tmp_path / "credentials",
        """
write("AKIDFILE")
assert keys() == ("ASIAENV", "e", "the-token")
""",
        AWS_ACCESS_KEY_ID="ASIAENV",
        AWS_SECRET_ACCESS_KEY="e",
        AWS_SESSION_TOKEN="the-token",
    )


def test_a_program_that_should_tell_them_and_fails_leaves_requests_unsigned(tmp_path: Path) -> None:
    file = tmp_path / "credentials"
    file.write_text("[default]\ncredential_process = false\nregion = eu-north-1\n")
    play(file, "assert keys() is None\nassert region_of_profile() == 'eu-north-1'\n")


def test_a_configuration_that_cannot_be_read_leaves_requests_unsigned(tmp_path: Path) -> None:
    file = tmp_path / "credentials"
    file.write_text("[default\n")
    play(file, "assert keys() is None\nassert region_of_profile() == ''\n")


def test_many_who_ask_at_first_wait_for_the_one_who_looks(tmp_path: Path) -> None:
    play(
        tmp_path / "credentials",
        """
write("AKID")
async def many():
    return await asyncio.gather(*(chain.keys() for _ in range(20)))
assert {found.access_key for found in asyncio.run(many())} == {"AKID"}
""",
    )
