"""The evaluator and the oracle decide alike, whatever the policies; ``POLICY_EXAMPLES`` lets them try longer."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, event, given, settings

from tests.auth.policy_cases import Json, decided
from tests.auth.policy_strategies import cases
from tests.oracle.policies import decide

EXAMPLES = int(os.environ.get("POLICY_EXAMPLES", "300"))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_evaluator_and_oracle_decide_alike(case: Json) -> None:
    expected = decide(case)
    event(expected)
    assert decided(case)[1].outcome == expected
