"""What there is one of in an account: encryption · the destination of segments · indexing.

Encryption is with a key of the account's (:mod:`radiograph.keys`). The other two are kept and told, and change nothing
here: every trace is indexed, and nothing goes to CloudWatch Logs.
"""

from __future__ import annotations

from msgspec import UNSET

from radiograph.api.context import Context
from radiograph.api.paging import no_token
from radiograph.auth.caller import authorize
from radiograph.errors import InvalidRequest, ResourceNotFound
from radiograph.keys import AWS_ALIAS, NoSuchKey, Unusable, find, is_key_name, key_arn, usable
from radiograph.model.choices import Destination, Encryption, Indexing
from radiograph.model.ids import aws_arn
from radiograph.model.keys import CustomerKey
from radiograph.model.settings import (
    EncryptionConfig,
    GetEncryptionConfigRequest,
    GetEncryptionConfigResult,
    GetIndexingRulesRequest,
    GetIndexingRulesResult,
    GetTraceSegmentDestinationRequest,
    GetTraceSegmentDestinationResult,
    IndexingRule,
    IndexingRuleValue,
    ProbabilisticRuleValue,
    PutEncryptionConfigRequest,
    PutEncryptionConfigResult,
    TraceSegmentDestinationStatus,
    UpdateIndexingRuleRequest,
    UpdateIndexingRuleResult,
    UpdateTraceSegmentDestinationRequest,
    UpdateTraceSegmentDestinationResult,
)
from radiograph.storage.interfaces import CustomerKeys

from .defaults import DEFAULT

__all__ = [
    "get_encryption_config",
    "get_indexing_rules",
    "get_trace_segment_destination",
    "put_encryption_config",
    "update_indexing_rule",
    "update_trace_segment_destination",
]

_SETTLES_S = 2.0
"""How long a change is on its way; clients of AWS wait for the end of it."""

# Encryption


def get_encryption_config(request: GetEncryptionConfigRequest, ctx: Context) -> GetEncryptionConfigResult:
    """Give the encryption that was chosen; at first the default one."""
    with ctx.settings.read(ctx.account) as kept:
        return GetEncryptionConfigResult(encryption_config=_config(kept.choices.get(Encryption), ctx.clock()))


def put_encryption_config(request: PutEncryptionConfigRequest, ctx: Context) -> PutEncryptionConfigResult:
    """Give the encryption now chosen, ``UPDATING`` for two seconds; a key is told as its ARN, however it was named.

    With ``KMS``, the documents of traces that are acknowledged from here on are encrypted, in the journal and in the
    store, with data keys under this key; ``alias/aws/xray`` is a key that is made for the account when it is first
    named. With ``NONE``, they are as the installation has them by default (``--encrypt-at-rest``). What is stored
    already stays as it is, and is read with the key it came under; nothing stops meanwhile.

    The caller needs ``kms:DescribeKey`` and ``kms:CreateGrant`` on the key.

    Raises: InvalidRequestException, also for a key that does not exist in this account and region, is disabled,
    pending deletion, or destroyed.
    """
    if (request.type == "KMS") != (request.key_id is not None):
        raise InvalidRequest(f"Type is {request.type}; KMS with a KeyId, or NONE without one, is accepted")
    with ctx.settings.change(ctx.account) as kept:
        arn = None
        if request.key_id is not None:
            key = _key(kept.keys, request.key_id, ctx)
            arn = key_arn(key.id, ctx.account, ctx.region)
            if not key.managed:
                for action in ("kms:DescribeKey", "kms:CreateGrant"):
                    authorize(ctx.caller, action, arn, ctx.account, ctx.facts)
            ctx.keys.begin(kept.keys, ctx.account, key)
        choice = Encryption(ctx.clock(), request.type, arn)
        kept.choices.put(choice)
    return PutEncryptionConfigResult(encryption_config=_config(choice, choice.at_s))


def _key(keys: CustomerKeys, named: str, ctx: Context) -> CustomerKey:
    try:
        if named in (AWS_ALIAS, aws_arn("kms", ctx.region, ctx.account, AWS_ALIAS)):
            return usable(ctx.keys.managed(keys, ctx.account))
        return usable(find(keys, named, ctx.account, ctx.region))
    except ValueError as error:
        raise InvalidRequest(f"KeyId is {error}") from error
    except NoSuchKey as error:
        raise InvalidRequest(f"KeyId: {error}; list the keys with aws kms list-keys, or make one") from error
    except Unusable as error:
        raise InvalidRequest(f"KeyId: {error}") from error


def _config(chosen: Encryption | None, now: float) -> EncryptionConfig:
    if chosen is None:
        return EncryptionConfig(status="ACTIVE", type="NONE")
    return EncryptionConfig(
        key_id=chosen.key_id if chosen.key_id is not None else UNSET,
        status="ACTIVE" if _settled(chosen.at_s, now) else "UPDATING",
        type=chosen.type,
    )


# Destination


def get_trace_segment_destination(
    request: GetTraceSegmentDestinationRequest, ctx: Context
) -> GetTraceSegmentDestinationResult:
    """Give the destination that was chosen; at first ``XRay``."""
    with ctx.settings.read(ctx.account) as kept:
        chosen = kept.choices.get(Destination)
    destination = chosen.destination if chosen is not None else "XRay"
    return GetTraceSegmentDestinationResult(destination=destination, status=_status(chosen, ctx.clock()))


def update_trace_segment_destination(
    request: UpdateTraceSegmentDestinationRequest, ctx: Context
) -> UpdateTraceSegmentDestinationResult:
    """Give the destination now chosen, ``PENDING`` for two seconds when it is another one.

    The choice is kept and told. Traces are stored and found the same way with either.

    Raises: InvalidRequestException.
    """
    wanted, logs = request.destination, request.cloud_watch_logs_configuration
    if wanted is None:
        raise InvalidRequest("Destination is missing; send XRay or CloudWatchLogs")
    if logs is not None and wanted != "CloudWatchLogs":
        raise InvalidRequest(f"CloudWatchLogsConfiguration is given and Destination {wanted}; leave it out")
    key = logs.spans_log_group_kms_key_id if logs is not None else None
    if key is not None:
        _check_name(key)
    now = ctx.clock()
    with ctx.settings.change(ctx.account) as kept:
        chosen = kept.choices.get(Destination)
        if wanted != (chosen.destination if chosen is not None else "XRay"):
            chosen = Destination(now, wanted)
            kept.choices.put(chosen)
        elif key is not None:
            raise InvalidRequest("SpansLogGroupKmsKeyId is for a log group to be made; this one is there: leave it out")
    return UpdateTraceSegmentDestinationResult(destination=wanted, status=_status(chosen, now))


def _check_name(key: str) -> None:
    if not is_key_name(key):
        accepted = "a key's id or ARN, or alias/… or its ARN, is accepted"
        raise InvalidRequest(f"SpansLogGroupKmsKeyId is {key[:60]!r}; {accepted}")


def _status(chosen: Destination | None, now: float) -> TraceSegmentDestinationStatus:
    return "ACTIVE" if chosen is None or _settled(chosen.at_s, now) else "PENDING"


def _settled(at_s: float, now: float) -> bool:
    # A clock that was set back must not keep a change on its way for days.
    return not 0 <= now - at_s < _SETTLES_S


# Indexing


def get_indexing_rules(request: GetIndexingRulesRequest, ctx: Context) -> GetIndexingRulesResult:
    """Give the one rule there is, ``Default``: at first one trace in a hundred.

    Raises: InvalidRequestException.
    """
    no_token(request.next_token)
    with ctx.settings.read(ctx.account) as kept:
        return GetIndexingRulesResult(indexing_rules=[_indexing_rule(kept.choices.get(Indexing))])


def update_indexing_rule(request: UpdateIndexingRuleRequest, ctx: Context) -> UpdateIndexingRuleResult:
    """Give the rule as it now is.

    It is kept and told. Every trace is indexed, whatever the percentage.

    Raises: InvalidRequestException; ResourceNotFoundException for another name than ``Default``.
    """
    if request.name != DEFAULT:
        raise ResourceNotFound(f"there is no indexing rule {request.name!r}; Default is", ResourceName=request.name)
    wanted = request.rule.probabilistic
    if wanted is None:
        raise InvalidRequest("Rule has no member that is known; send Probabilistic")
    percentage = wanted.desired_sampling_percentage
    if not 0 <= percentage <= 100:
        raise InvalidRequest(f"DesiredSamplingPercentage is {percentage}; 0 to 100 is accepted")
    choice = Indexing(ctx.clock(), percentage)
    with ctx.settings.change(ctx.account) as kept:
        kept.choices.put(choice)
    return UpdateIndexingRuleResult(indexing_rule=_indexing_rule(choice))


def _indexing_rule(chosen: Indexing | None) -> IndexingRule:
    percentage = chosen.percentage if chosen is not None else 1.0
    value = ProbabilisticRuleValue(desired_sampling_percentage=percentage, actual_sampling_percentage=percentage)
    return IndexingRule(
        name=DEFAULT,
        modified_at=chosen.at_s if chosen is not None else UNSET,
        rule=IndexingRuleValue(probabilistic=value),
    )
