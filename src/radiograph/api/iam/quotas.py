"""How many there may be of what. Source: IAM user guide, "IAM and AWS STS quotas": AWS's default quotas."""

from __future__ import annotations

from typing import Final, NamedTuple

from .errors import LimitExceeded

__all__ = [
    "ATTACHED_POLICIES",
    "CLIENTS_PER_PROVIDER",
    "GROUPS",
    "GROUPS_PER_USER",
    "KEYS_PER_USER",
    "POLICIES",
    "PROFILES",
    "PROVIDERS",
    "ROLES",
    "ROLES_PER_PROFILE",
    "TAGS",
    "THUMBPRINTS_PER_PROVIDER",
    "USERS",
    "VERSIONS_PER_POLICY",
    "Quota",
]


class Quota(NamedTuple):
    """How many there may be, and what errors call it."""

    name: str
    most: int

    def check(self, count: int) -> None:
        """Return when there may be so many.

        Raises: LimitExceeded.
        """
        if count > self.most:
            raise LimitExceeded(f"Cannot exceed quota for {self.name}: {self.most}")


USERS: Final = Quota("UsersPerAccount", 5000)
GROUPS: Final = Quota("GroupsPerAccount", 300)
ROLES: Final = Quota("RolesPerAccount", 1000)
POLICIES: Final = Quota("PoliciesPerAccount", 1500)
PROFILES: Final = Quota("InstanceProfilesPerAccount", 1000)
PROVIDERS: Final = Quota("OpenIdConnectProvidersPerAccount", 100)
KEYS_PER_USER: Final = Quota("AccessKeysPerUser", 2)
GROUPS_PER_USER: Final = Quota("GroupsPerUser", 10)
ROLES_PER_PROFILE: Final = Quota("InstanceSessionsPerInstanceProfile", 1)
CLIENTS_PER_PROVIDER: Final = Quota("ClientIdsPerOpenIdConnectProvider", 100)
THUMBPRINTS_PER_PROVIDER: Final = 5
VERSIONS_PER_POLICY: Final = 5
TAGS: Final = 50
ATTACHED_POLICIES: Final = 10
"""To one user, group or role."""
