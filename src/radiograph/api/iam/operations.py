"""THE TABLE of IAM: every operation that is answered, the function that answers it, and what it acts upon.

Source: botocore's service model of IAM, 2010-05-08; a test holds this table against it. What is not here has no use
without the rest of AWS: server certificates, SAML, organisations, service-linked roles.
"""

from __future__ import annotations

from . import (
    absent,
    access_keys,
    account,
    attachments,
    authorization_details,
    boundaries,
    context_keys,
    groups,
    inline_policies,
    instance_profiles,
    passwords,
    policies,
    policy_versions,
    providers,
    roles,
    simulation,
    tags,
    users,
)
from . import targets as on
from .operation import Operation, Service

__all__ = ["IAM"]

_ROWS = (
    # users
    Operation("CreateUser", users.create_user, on.new_user),
    Operation("GetUser", users.get_user, on.user),
    Operation("ListUsers", users.list_users, on.users),
    Operation("UpdateUser", users.update_user, on.user),
    Operation("DeleteUser", users.delete_user, on.user),
    Operation("PutUserPermissionsBoundary", boundaries.put_user_permissions_boundary, on.user),
    Operation("DeleteUserPermissionsBoundary", boundaries.delete_user_permissions_boundary, on.user),
    # access keys
    Operation("CreateAccessKey", access_keys.create_access_key, on.user),
    Operation("ListAccessKeys", access_keys.list_access_keys, on.user),
    Operation("UpdateAccessKey", access_keys.update_access_key, on.user),
    Operation("DeleteAccessKey", access_keys.delete_access_key, on.user),
    Operation("GetAccessKeyLastUsed", access_keys.get_access_key_last_used, on.key_owner),
    # passwords
    Operation("CreateLoginProfile", passwords.create_login_profile, on.user, ahead=passwords.work_out_first),
    Operation("GetLoginProfile", passwords.get_login_profile, on.user),
    Operation("UpdateLoginProfile", passwords.update_login_profile, on.user, ahead=passwords.work_out_other),
    Operation("DeleteLoginProfile", passwords.delete_login_profile, on.user),
    Operation("ChangePassword", passwords.change_password, ahead=passwords.work_out_own),
    Operation("GetAccountPasswordPolicy", passwords.get_account_password_policy, on.anything),
    Operation("UpdateAccountPasswordPolicy", passwords.update_account_password_policy, on.anything),
    Operation("DeleteAccountPasswordPolicy", passwords.delete_account_password_policy, on.anything),
    # groups
    Operation("CreateGroup", groups.create_group, on.new_group),
    Operation("GetGroup", groups.get_group, on.group),
    Operation("ListGroups", groups.list_groups, on.groups),
    Operation("UpdateGroup", groups.update_group, on.group),
    Operation("DeleteGroup", groups.delete_group, on.group),
    Operation("AddUserToGroup", groups.add_user_to_group, on.group),
    Operation("RemoveUserFromGroup", groups.remove_user_from_group, on.group),
    Operation("ListGroupsForUser", groups.list_groups_for_user, on.user),
    # roles
    Operation("CreateRole", roles.create_role, on.new_role),
    Operation("GetRole", roles.get_role, on.role),
    Operation("ListRoles", roles.list_roles, on.roles),
    Operation("UpdateRole", roles.update_role, on.role),
    Operation("UpdateRoleDescription", roles.update_role_description, on.role),
    Operation("UpdateAssumeRolePolicy", roles.update_assume_role_policy, on.role),
    Operation("DeleteRole", roles.delete_role, on.role),
    Operation("PutRolePermissionsBoundary", boundaries.put_role_permissions_boundary, on.role),
    Operation("DeleteRolePermissionsBoundary", boundaries.delete_role_permissions_boundary, on.role),
    # managed policies
    Operation("CreatePolicy", policies.create_policy, on.new_policy),
    Operation("GetPolicy", policies.get_policy, on.policy),
    Operation("ListPolicies", policies.list_policies, on.policies),
    Operation("DeletePolicy", policies.delete_policy, on.policy),
    Operation("ListEntitiesForPolicy", policies.list_entities_for_policy, on.policy),
    Operation("CreatePolicyVersion", policy_versions.create_policy_version, on.policy),
    Operation("GetPolicyVersion", policy_versions.get_policy_version, on.policy),
    Operation("ListPolicyVersions", policy_versions.list_policy_versions, on.policy),
    Operation("SetDefaultPolicyVersion", policy_versions.set_default_policy_version, on.policy),
    Operation("DeletePolicyVersion", policy_versions.delete_policy_version, on.policy),
    # attachments
    Operation("AttachUserPolicy", attachments.attach_user_policy, on.user),
    Operation("DetachUserPolicy", attachments.detach_user_policy, on.user),
    Operation("ListAttachedUserPolicies", attachments.list_attached_user_policies, on.user),
    Operation("AttachGroupPolicy", attachments.attach_group_policy, on.group),
    Operation("DetachGroupPolicy", attachments.detach_group_policy, on.group),
    Operation("ListAttachedGroupPolicies", attachments.list_attached_group_policies, on.group),
    Operation("AttachRolePolicy", attachments.attach_role_policy, on.role),
    Operation("DetachRolePolicy", attachments.detach_role_policy, on.role),
    Operation("ListAttachedRolePolicies", attachments.list_attached_role_policies, on.role),
    # inline policies
    Operation("PutUserPolicy", inline_policies.put_user_policy, on.user),
    Operation("GetUserPolicy", inline_policies.get_user_policy, on.user),
    Operation("ListUserPolicies", inline_policies.list_user_policies, on.user),
    Operation("DeleteUserPolicy", inline_policies.delete_user_policy, on.user),
    Operation("PutGroupPolicy", inline_policies.put_group_policy, on.group),
    Operation("GetGroupPolicy", inline_policies.get_group_policy, on.group),
    Operation("ListGroupPolicies", inline_policies.list_group_policies, on.group),
    Operation("DeleteGroupPolicy", inline_policies.delete_group_policy, on.group),
    Operation("PutRolePolicy", inline_policies.put_role_policy, on.role),
    Operation("GetRolePolicy", inline_policies.get_role_policy, on.role),
    Operation("ListRolePolicies", inline_policies.list_role_policies, on.role),
    Operation("DeleteRolePolicy", inline_policies.delete_role_policy, on.role),
    # tags
    Operation("TagUser", tags.tag_user, on.user),
    Operation("UntagUser", tags.untag_user, on.user),
    Operation("ListUserTags", tags.list_user_tags, on.user),
    Operation("TagRole", tags.tag_role, on.role),
    Operation("UntagRole", tags.untag_role, on.role),
    Operation("ListRoleTags", tags.list_role_tags, on.role),
    Operation("TagPolicy", tags.tag_policy, on.policy),
    Operation("UntagPolicy", tags.untag_policy, on.policy),
    Operation("ListPolicyTags", tags.list_policy_tags, on.policy),
    Operation("TagInstanceProfile", tags.tag_instance_profile, on.profile),
    Operation("UntagInstanceProfile", tags.untag_instance_profile, on.profile),
    Operation("ListInstanceProfileTags", tags.list_instance_profile_tags, on.profile),
    Operation("TagOpenIDConnectProvider", tags.tag_openid_connect_provider, on.provider),
    Operation("UntagOpenIDConnectProvider", tags.untag_openid_connect_provider, on.provider),
    Operation("ListOpenIDConnectProviderTags", tags.list_openid_connect_provider_tags, on.provider),
    # instance profiles
    Operation("CreateInstanceProfile", instance_profiles.create_instance_profile, on.new_profile),
    Operation("GetInstanceProfile", instance_profiles.get_instance_profile, on.profile),
    Operation("ListInstanceProfiles", instance_profiles.list_instance_profiles, on.profiles),
    Operation("DeleteInstanceProfile", instance_profiles.delete_instance_profile, on.profile),
    Operation("AddRoleToInstanceProfile", instance_profiles.add_role_to_instance_profile, on.profile),
    Operation("RemoveRoleFromInstanceProfile", instance_profiles.remove_role_from_instance_profile, on.profile),
    Operation("ListInstanceProfilesForRole", instance_profiles.list_instance_profiles_for_role, on.role),
    # OpenID Connect providers
    Operation("CreateOpenIDConnectProvider", providers.create_openid_connect_provider, on.new_provider),
    Operation("GetOpenIDConnectProvider", providers.get_openid_connect_provider, on.provider),
    Operation("ListOpenIDConnectProviders", providers.list_openid_connect_providers, on.anything),
    Operation("DeleteOpenIDConnectProvider", providers.delete_openid_connect_provider, on.provider),
    Operation("AddClientIDToOpenIDConnectProvider", providers.add_client_id, on.provider),
    Operation("RemoveClientIDFromOpenIDConnectProvider", providers.remove_client_id, on.provider),
    Operation("UpdateOpenIDConnectProviderThumbprint", providers.update_thumbprint, on.provider),
    # simulation
    Operation("SimulatePrincipalPolicy", simulation.simulate_principal_policy, on.simulated),
    Operation("SimulateCustomPolicy", simulation.simulate_custom_policy, on.anything),
    Operation("GetContextKeysForPrincipalPolicy", context_keys.get_context_keys_for_principal_policy, on.simulated),
    Operation("GetContextKeysForCustomPolicy", context_keys.get_context_keys_for_custom_policy, on.anything),
    # account
    Operation("GetAccountSummary", account.get_account_summary, on.anything),
    Operation("GetAccountAuthorizationDetails", authorization_details.get_account_authorization_details, on.anything),
    Operation("CreateAccountAlias", account.create_account_alias, on.anything),
    Operation("ListAccountAliases", account.list_account_aliases, on.anything),
    Operation("DeleteAccountAlias", account.delete_account_alias, on.anything),
    # what there never is
    Operation("ListMFADevices", absent.list_mfa_devices, on.user),
    Operation("ListVirtualMFADevices", absent.list_virtual_mfa_devices, on.anything),
    Operation("ListSSHPublicKeys", absent.list_ssh_public_keys, on.user),
    Operation("ListSigningCertificates", absent.list_signing_certificates, on.user),
    Operation("ListServiceSpecificCredentials", absent.list_service_specific_credentials, on.user),
)

IAM = Service(
    name="iam",
    version="2010-05-08",
    namespace="https://iam.amazonaws.com/doc/2010-05-08/",
    operations={operation.name: operation for operation in _ROWS},
)
