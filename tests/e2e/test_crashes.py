"""What was acknowledged outlives kill -9, once."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.crashes import crash


def test_no_acknowledged_document_is_lost_or_doubled_by_twenty_kills(tmp_path: Path) -> None:
    verdict = crash(tmp_path / "data", rounds=20, seed=3, longest_s=0.8)
    print(verdict)
    assert verdict.acknowledged > 1_000, "kills without load would prove nothing"
    assert verdict.lost == []
    assert verdict.duplicates == []
    assert verdict.counted == verdict.stored, "the service graph counts every document once"
