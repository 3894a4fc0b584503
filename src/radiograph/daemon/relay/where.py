"""Where to: which region, and which endpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from radiograph.config import ConfigError
from radiograph.telemetry import log

from .metadata import Ec2Metadata, region_of_ecs
from .settings import Settings

__all__ = ["endpoint_of", "region_for"]

_ELSEWHERE = "us-east-1"
_SUFFIXES = (
    ("cn-", "amazonaws.com.cn"),
    ("us-isob-", "sc2s.sgov.gov"),
    ("us-iso-", "c2s.ic.gov"),
    ("", "amazonaws.com"),
)


def region_for(
    settings: Settings, environment: Mapping[str, str], metadata: Ec2Metadata, region_of_profile: Callable[[], str]
) -> str:
    """Give the region: what is set, else AWS_REGION, else where this machine is; in local mode AWS's configuration.

    To an endpoint that is not AWS's any region will do.

    Raises: ConfigError when there is none.

    Source: aws-xray-daemon, "conn".
    """
    if settings.region:
        return settings.region
    if environment.get("AWS_REGION"):
        return environment["AWS_REGION"]
    if settings.endpoint and not _is_of_aws(settings.endpoint):
        return _ELSEWHERE
    if settings.local_mode:
        found = region_of_profile()
    else:
        found = region_of_ecs(environment) or metadata.get("placement/region")
    if not found:
        raise ConfigError(
            "no region is set: neither by --region, the configuration file nor AWS_REGION, and the metadata of ECS or "
            "EC2 do not tell one; set it, use --local-mode to take it from AWS's configuration, or name your own "
            "server with --endpoint"
        )
    log.debug("the region %s was found", found)
    return found


def endpoint_of(region: str) -> str:
    """Give the URL of X-Ray in a region."""
    return f"https://xray.{region}.{next(suffix for start, suffix in _SUFFIXES if region.startswith(start))}"


def _is_of_aws(endpoint: str) -> bool:
    host = urlsplit(endpoint).hostname or ""
    return host.endswith(tuple(f".{suffix}" for _, suffix in _SUFFIXES))
