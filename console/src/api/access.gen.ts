// Written by tools/console_types.py from api.iam and api.sts; edit the Structs and tables there, not this file.
import type { Operation } from "./query";

/** Something of which there never is one. */
export interface Absent {
}

/** An access key with its secret, which is told once. */
export interface AccessKey {
  UserName: string;
  AccessKeyId: string;
  Status: string;
  SecretAccessKey: string;
  CreateDate: number | null;
}

/** When a key was last used, for what and where; ``N/A`` when never. */
export interface AccessKeyLastUsed {
  LastUsedDate: number | null;
  ServiceName: string;
  Region: string;
}

/** An access key without its secret. */
export interface AccessKeyMetadata {
  UserName: string | null;
  AccessKeyId: string | null;
  Status: string | null;
  CreateDate: number | null;
}

/** Another client whose tokens are accepted. */
export interface AddClientIDToOpenIDConnectProviderRequest {
  OpenIDConnectProviderArn: string;
  ClientID: string;
}

/** The one role of an instance profile. */
export interface AddRoleToInstanceProfileRequest {
  InstanceProfileName: string;
  RoleName: string;
}

/** A user to be a member. */
export interface AddUserToGroupRequest {
  GroupName: string;
  UserName: string;
}

/** The role to become for a while, and what to be held to meanwhile. */
export interface AssumeRoleRequest {
  RoleArn: string;
  RoleSessionName: string;
  PolicyArns?: PolicyDescriptorType[];
  Policy?: string;
  DurationSeconds?: number;
  Tags?: Tag[];
  TransitiveTagKeys?: string[];
  ExternalId?: string;
  SerialNumber?: string;
  TokenCode?: string;
  SourceIdentity?: string;
  ProvidedContexts?: ProvidedContext[];
  MinimumSessionTokenSize?: number;
}

/** The session's credentials. */
export interface AssumeRoleResponse {
  Credentials: Credentials;
  AssumedRoleUser: AssumedRoleUser;
  PackedPolicySize: number | null;
  SourceIdentity: string | null;
  SessionTokenUtilization: number;
  SessionTokenSize: number;
}

/** The role to become for a while, by a token of an OpenID Connect provider; not signed. */
export interface AssumeRoleWithWebIdentityRequest {
  RoleArn: string;
  RoleSessionName: string;
  WebIdentityToken: string;
  ProviderId?: string;
  PolicyArns?: PolicyDescriptorType[];
  Policy?: string;
  DurationSeconds?: number;
  MinimumSessionTokenSize?: number;
}

/** The session's credentials, and what the token said. */
export interface AssumeRoleWithWebIdentityResponse {
  Credentials: Credentials;
  SubjectFromWebIdentityToken: string;
  AssumedRoleUser: AssumedRoleUser;
  PackedPolicySize: number | null;
  Provider: string;
  Audience: string;
  SourceIdentity: string | null;
  SessionTokenUtilization: number;
  SessionTokenSize: number;
}

/** Whom the session stands for. */
export interface AssumedRoleUser {
  AssumedRoleId: string;
  Arn: string;
}

/** A managed policy for a group. */
export interface AttachGroupPolicyRequest {
  GroupName: string;
  PolicyArn: string;
}

/** A managed policy for a role. */
export interface AttachRolePolicyRequest {
  RoleName: string;
  PolicyArn: string;
}

/** A managed policy for a user. */
export interface AttachUserPolicyRequest {
  UserName: string;
  PolicyArn: string;
}

/** The managed policy that bounds a user or a role. */
export interface AttachedPermissionsBoundary {
  PermissionsBoundaryType: string | null;
  PermissionsBoundaryArn: string | null;
}

/** A managed policy, as those have it that it is attached to. */
export interface AttachedPolicy {
  PolicyName: string | null;
  PolicyArn: string | null;
}

/** The caller's own password, and the one to come. */
export interface ChangePasswordRequest {
  OldPassword: string;
  NewPassword: string;
}

/** A condition key and what a simulated request has under it. */
export interface ContextEntry {
  ContextKeyName?: string;
  ContextKeyValues?: string[];
  ContextKeyType?: "binary" | "binaryList" | "boolean" | "booleanList" | "date" | "dateList" | "ip" | "ipList" | "numeric" | "numericList" | "string" | "stringList";
}

/** A new key for a user; for the caller, when no name is given. */
export interface CreateAccessKeyRequest {
  UserName?: string;
}

/** The key, and for the only time its secret. */
export interface CreateAccessKeyResponse {
  AccessKey: AccessKey;
}

/** The account's one alias. */
export interface CreateAccountAliasRequest {
  AccountAlias: string;
}

/** A new group; names are unique whatever their case. */
export interface CreateGroupRequest {
  Path?: string;
  GroupName: string;
}

/** The group as it was made. */
export interface CreateGroupResponse {
  Group: Group;
}

/** A new instance profile. */
export interface CreateInstanceProfileRequest {
  InstanceProfileName: string;
  Path?: string;
  Tags?: Tag[];
}

/** The instance profile as it was made. */
export interface CreateInstanceProfileResponse {
  InstanceProfile: InstanceProfile;
}

/** A first password. */
export interface CreateLoginProfileRequest {
  UserName?: string;
  Password?: string;
  PasswordResetRequired?: boolean;
}

/** That the user has it. */
export interface CreateLoginProfileResponse {
  LoginProfile: LoginProfile;
}

/** A new provider of identities; tokens for one of its client ids are accepted. */
export interface CreateOpenIDConnectProviderRequest {
  Url: string;
  ClientIDList?: string[];
  ThumbprintList?: string[];
  Tags?: Tag[];
}

/** The provider's ARN. */
export interface CreateOpenIDConnectProviderResponse {
  OpenIDConnectProviderArn: string | null;
  Tags: Tag[] | null;
}

/** A new managed policy and its first version. */
export interface CreatePolicyRequest {
  PolicyName: string;
  Path?: string;
  PolicyDocument: string;
  Description?: string;
  Tags?: Tag[];
}

/** The policy as it was made. */
export interface CreatePolicyResponse {
  Policy: Policy | null;
}

/** Another document of a policy, in force from now on if said so. */
export interface CreatePolicyVersionRequest {
  PolicyArn: string;
  PolicyDocument: string;
  SetAsDefault?: boolean;
}

/** The version as it was made. */
export interface CreatePolicyVersionResponse {
  PolicyVersion: PolicyVersion | null;
}

/** A new role and whom it trusts. */
export interface CreateRoleRequest {
  Path?: string;
  RoleName: string;
  AssumeRolePolicyDocument: string;
  Description?: string;
  MaxSessionDuration?: number;
  PermissionsBoundary?: string;
  Tags?: Tag[];
}

/** The role as it was made. */
export interface CreateRoleResponse {
  Role: Role;
}

/** A new user; names are unique whatever their case. */
export interface CreateUserRequest {
  Path?: string;
  UserName: string;
  PermissionsBoundary?: string;
  Tags?: Tag[];
}

/** The user as it was made. */
export interface CreateUserResponse {
  User: User | null;
}

/** An access key of a session, with the token that goes with it. */
export interface Credentials {
  AccessKeyId: string;
  SecretAccessKey: string;
  SessionToken: string;
  Expiration: number;
}

/** The key to delete. */
export interface DeleteAccessKeyRequest {
  UserName?: string;
  AccessKeyId: string;
}

/** The alias to delete. */
export interface DeleteAccountAliasRequest {
  AccountAlias: string;
}

/** The policy of a group to delete. */
export interface DeleteGroupPolicyRequest {
  GroupName: string;
  PolicyName: string;
}

/** The group to delete, which must have nothing any more. */
export interface DeleteGroupRequest {
  GroupName: string;
}

/** The instance profile to delete, which must be empty. */
export interface DeleteInstanceProfileRequest {
  InstanceProfileName: string;
}

/** The user who is to have no password. */
export interface DeleteLoginProfileRequest {
  UserName?: string;
}

/** The provider to delete, if there is one. */
export interface DeleteOpenIDConnectProviderRequest {
  OpenIDConnectProviderArn: string;
}

/** The policy to delete, attached nowhere and with one version. */
export interface DeletePolicyRequest {
  PolicyArn: string;
}

/** The version to delete, which must not be the default. */
export interface DeletePolicyVersionRequest {
  PolicyArn: string;
  VersionId: string;
}

/** The role that is no longer bounded. */
export interface DeleteRolePermissionsBoundaryRequest {
  RoleName: string;
}

/** The policy of a role to delete. */
export interface DeleteRolePolicyRequest {
  RoleName: string;
  PolicyName: string;
}

/** The role to delete, which must have nothing any more. */
export interface DeleteRoleRequest {
  RoleName: string;
}

/** The user that is no longer bounded. */
export interface DeleteUserPermissionsBoundaryRequest {
  UserName: string;
}

/** The policy of a user to delete. */
export interface DeleteUserPolicyRequest {
  UserName: string;
  PolicyName: string;
}

/** The user to delete, which must have nothing any more. */
export interface DeleteUserRequest {
  UserName: string;
}

/** A managed policy that a group shall not have any more. */
export interface DetachGroupPolicyRequest {
  GroupName: string;
  PolicyArn: string;
}

/** A managed policy that a role shall not have any more. */
export interface DetachRolePolicyRequest {
  RoleName: string;
  PolicyArn: string;
}

/** A managed policy that a user shall not have any more. */
export interface DetachUserPolicyRequest {
  UserName: string;
  PolicyArn: string;
}

/** What came of one action. */
export interface EvaluationResult {
  EvalActionName: string;
  EvalResourceName: string | null;
  EvalDecision: string;
  MatchedStatements: Statement[];
  MissingContextValues: string[];
  PermissionsBoundaryDecisionDetail: PermissionsBoundaryDecisionDetail | null;
  EvalDecisionDetails: Record<string, string> | null;
  ResourceSpecificResults: ResourceSpecificResult[];
}

/** The access key of which to tell the account. */
export interface GetAccessKeyInfoRequest {
  AccessKeyId: string;
}

/** The account that a key is of. */
export interface GetAccessKeyInfoResponse {
  Account: string;
}

/** The key to tell of, whoever has it. */
export interface GetAccessKeyLastUsedRequest {
  AccessKeyId: string;
}

/** Whose key it is, and when it was last used. */
export interface GetAccessKeyLastUsedResponse {
  UserName: string | null;
  AccessKeyLastUsed: AccessKeyLastUsed | null;
}

/** What to tell of; everything, when nothing is chosen. */
export interface GetAccountAuthorizationDetailsRequest {
  Filter?: ("AWSManagedPolicy" | "Group" | "LocalManagedPolicy" | "Role" | "User")[];
  MaxItems?: number;
  Marker?: string;
}

/** A page of users, groups, roles and policies. */
export interface GetAccountAuthorizationDetailsResponse {
  UserDetailList: UserDetail[];
  GroupDetailList: GroupDetail[];
  RoleDetailList: RoleDetail[];
  Policies: ManagedPolicyDetail[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** What is demanded. */
export interface GetAccountPasswordPolicyResponse {
  PasswordPolicy: PasswordPolicy;
}

/** How many there are of what, and how many there may be. */
export interface GetAccountSummaryResponse {
  SummaryMap: Record<string, number> | null;
}

/** Who am I; there is nothing to choose. */
export interface GetCallerIdentityRequest {
}

/** Who signed the request. */
export interface GetCallerIdentityResponse {
  UserId: string;
  Account: string;
  Arn: string;
}

/** The policies to look through for condition keys. */
export interface GetContextKeysForCustomPolicyRequest {
  PolicyInputList: string[];
}

/** The condition keys that were found. */
export interface GetContextKeysForPolicyResponse {
  ContextKeyNames: string[];
}

/** The user, group or role whose policies to look through for condition keys. */
export interface GetContextKeysForPrincipalPolicyRequest {
  PolicySourceArn: string;
  PolicyInputList?: string[];
}

/** The policy of a group to tell. */
export interface GetGroupPolicyRequest {
  GroupName: string;
  PolicyName: string;
}

/** The policy with its document. */
export interface GetGroupPolicyResponse {
  GroupName: string;
  PolicyName: string;
  PolicyDocument: string;
}

/** The group whose members to tell. */
export interface GetGroupRequest {
  GroupName: string;
  Marker?: string;
  MaxItems?: number;
}

/** The group, and a page of its members. */
export interface GetGroupResponse {
  Group: Group;
  Users: User[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The instance profile to tell of. */
export interface GetInstanceProfileRequest {
  InstanceProfileName: string;
}

/** The instance profile asked for. */
export interface GetInstanceProfileResponse {
  InstanceProfile: InstanceProfile;
}

/** The user to tell of. */
export interface GetLoginProfileRequest {
  UserName?: string;
}

/** That the user has a password. */
export interface GetLoginProfileResponse {
  LoginProfile: LoginProfile;
}

/** The provider to tell of. */
export interface GetOpenIDConnectProviderRequest {
  OpenIDConnectProviderArn: string;
}

/** The provider asked for; its URL without ``https://``. */
export interface GetOpenIDConnectProviderResponse {
  Url: string | null;
  ClientIDList: string[];
  ThumbprintList: string[];
  CreateDate: number | null;
  Tags: Tag[] | null;
}

/** The policy to tell of. */
export interface GetPolicyRequest {
  PolicyArn: string;
}

/** The policy asked for. */
export interface GetPolicyResponse {
  Policy: Policy | null;
}

/** The version to tell of. */
export interface GetPolicyVersionRequest {
  PolicyArn: string;
  VersionId: string;
}

/** The version asked for, with its document. */
export interface GetPolicyVersionResponse {
  PolicyVersion: PolicyVersion | null;
}

/** The policy of a role to tell. */
export interface GetRolePolicyRequest {
  RoleName: string;
  PolicyName: string;
}

/** The policy with its document. */
export interface GetRolePolicyResponse {
  RoleName: string;
  PolicyName: string;
  PolicyDocument: string;
}

/** The role to tell of. */
export interface GetRoleRequest {
  RoleName: string;
}

/** The role asked for. */
export interface GetRoleResponse {
  Role: Role;
}

/** For how long the caller wants credentials that end by themselves. */
export interface GetSessionTokenRequest {
  DurationSeconds?: number;
  SerialNumber?: string;
  TokenCode?: string;
  MinimumSessionTokenSize?: number;
}

/** The session's credentials. */
export interface GetSessionTokenResponse {
  Credentials: Credentials;
  SessionTokenUtilization: number;
  SessionTokenSize: number;
}

/** The policy of a user to tell. */
export interface GetUserPolicyRequest {
  UserName: string;
  PolicyName: string;
}

/** The policy with its document. */
export interface GetUserPolicyResponse {
  UserName: string;
  PolicyName: string;
  PolicyDocument: string;
}

/** The user to tell of; the caller, when no name is given. */
export interface GetUserRequest {
  UserName?: string;
}

/** The user asked for. */
export interface GetUserResponse {
  User: User;
}

/** A name for users that have policies in common. */
export interface Group {
  Path: string;
  GroupName: string;
  GroupId: string;
  Arn: string;
  CreateDate: number;
}

/** A group and all that says what its members may do. */
export interface GroupDetail {
  Path: string | null;
  GroupName: string | null;
  GroupId: string | null;
  Arn: string | null;
  CreateDate: number | null;
  GroupPolicyList: PolicyDetail[];
  AttachedManagedPolicies: AttachedPolicy[];
}

/** A policy that is part of a user, a group or a role. */
export interface InlinePolicyIdentifierType {
  PolicyName: string;
  AttachmentType: "group" | "role" | "user";
  AttachmentName: string;
}

/** A box for one role, which EC2 instances are given. */
export interface InstanceProfile {
  Path: string;
  InstanceProfileName: string;
  InstanceProfileId: string;
  Arn: string;
  CreateDate: number;
  Roles: Role[];
  Tags: Tag[] | null;
}

/** The keys of a user; of the caller, when no name is given. */
export interface ListAccessKeysRequest {
  UserName?: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of keys, without their secrets. */
export interface ListAccessKeysResponse {
  AccessKeyMetadata: AccessKeyMetadata[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The account's alias; there is nothing to choose. */
export interface ListAccountAliasesRequest {
  Marker?: string;
  MaxItems?: number;
}

/** The account's alias, if it has one. */
export interface ListAccountAliasesResponse {
  AccountAliases: string[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The group whose managed policies to tell. */
export interface ListAttachedGroupPoliciesRequest {
  GroupName: string;
  PathPrefix?: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of a group's managed policies. */
export interface ListAttachedGroupPoliciesResponse {
  AttachedPolicies: AttachedPolicy[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The role whose managed policies to tell. */
export interface ListAttachedRolePoliciesRequest {
  RoleName: string;
  PathPrefix?: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of a role's managed policies. */
export interface ListAttachedRolePoliciesResponse {
  AttachedPolicies: AttachedPolicy[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The user whose managed policies to tell. */
export interface ListAttachedUserPoliciesRequest {
  UserName: string;
  PathPrefix?: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of a user's managed policies. */
export interface ListAttachedUserPoliciesResponse {
  AttachedPolicies: AttachedPolicy[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The policy of which to tell where it is attached. */
export interface ListEntitiesForPolicyRequest {
  PolicyArn: string;
  EntityFilter?: "AWSManagedPolicy" | "Group" | "LocalManagedPolicy" | "Role" | "User";
  PathPrefix?: string;
  PolicyUsageFilter?: "PermissionsBoundary" | "PermissionsPolicy";
  Marker?: string;
  MaxItems?: number;
}

/** A page of groups, users and roles that have the policy. */
export interface ListEntitiesForPolicyResponse {
  PolicyGroups: PolicyGroup[];
  PolicyUsers: PolicyUser[];
  PolicyRoles: PolicyRole[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The group whose own policies to name. */
export interface ListGroupPoliciesRequest {
  GroupName: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of names. */
export interface ListGroupPoliciesResponse {
  PolicyNames: string[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The user whose groups to tell. */
export interface ListGroupsForUserRequest {
  UserName: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of a user's groups, by name. */
export interface ListGroupsForUserResponse {
  Groups: Group[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The groups under a path. */
export interface ListGroupsRequest {
  PathPrefix?: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of groups, by name. */
export interface ListGroupsResponse {
  Groups: Group[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The instance profile whose tags to tell. */
export interface ListInstanceProfileTagsRequest {
  InstanceProfileName: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of tags, by key. */
export interface ListInstanceProfileTagsResponse {
  Tags: Tag[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The role of which to tell where it is. */
export interface ListInstanceProfilesForRoleRequest {
  RoleName: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of instance profiles that have the role. */
export interface ListInstanceProfilesForRoleResponse {
  InstanceProfiles: InstanceProfile[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The instance profiles under a path. */
export interface ListInstanceProfilesRequest {
  PathPrefix?: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of instance profiles, by name. */
export interface ListInstanceProfilesResponse {
  InstanceProfiles: InstanceProfile[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The user whose devices to tell. */
export interface ListMFADevicesRequest {
  UserName?: string;
  Marker?: string;
  MaxItems?: number;
}

/** No devices. */
export interface ListMFADevicesResponse {
  MFADevices: Absent[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The provider whose tags to tell. */
export interface ListOpenIDConnectProviderTagsRequest {
  OpenIDConnectProviderArn: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of tags, by key. */
export interface ListOpenIDConnectProviderTagsResponse {
  Tags: Tag[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** All providers; there is nothing to choose. */
export interface ListOpenIDConnectProvidersRequest {
}

/** All providers. */
export interface ListOpenIDConnectProvidersResponse {
  OpenIDConnectProviderList: OpenIDConnectProviderListEntry[];
}

/** The policies under a path: the account's, AWS's, or both. */
export interface ListPoliciesRequest {
  Scope?: "AWS" | "All" | "Local";
  OnlyAttached?: boolean;
  PathPrefix?: string;
  PolicyUsageFilter?: "PermissionsBoundary" | "PermissionsPolicy";
  Marker?: string;
  MaxItems?: number;
}

/** A page of policies. */
export interface ListPoliciesResponse {
  Policies: Policy[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The managed policy whose tags to tell. */
export interface ListPolicyTagsRequest {
  PolicyArn: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of tags, by key. */
export interface ListPolicyTagsResponse {
  Tags: Tag[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The policy whose versions to tell. */
export interface ListPolicyVersionsRequest {
  PolicyArn: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of versions, newest first, without their documents. */
export interface ListPolicyVersionsResponse {
  Versions: PolicyVersion[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The role whose own policies to name. */
export interface ListRolePoliciesRequest {
  RoleName: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of names. */
export interface ListRolePoliciesResponse {
  PolicyNames: string[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The role whose tags to tell. */
export interface ListRoleTagsRequest {
  RoleName: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of tags, by key. */
export interface ListRoleTagsResponse {
  Tags: Tag[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The roles under a path. */
export interface ListRolesRequest {
  PathPrefix?: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of roles, by name. */
export interface ListRolesResponse {
  Roles: Role[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The user whose keys to tell. */
export interface ListSSHPublicKeysRequest {
  UserName?: string;
  Marker?: string;
  MaxItems?: number;
}

/** No keys. */
export interface ListSSHPublicKeysResponse {
  SSHPublicKeys: Absent[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The user whose credentials to tell. */
export interface ListServiceSpecificCredentialsRequest {
  UserName?: string;
  ServiceName?: string;
  AllUsers?: boolean;
  Marker?: string;
  MaxItems?: number;
}

/** No credentials. */
export interface ListServiceSpecificCredentialsResponse {
  ServiceSpecificCredentials: Absent[];
  Marker: string | null;
  IsTruncated: boolean | null;
}

/** The user whose certificates to tell. */
export interface ListSigningCertificatesRequest {
  UserName?: string;
  Marker?: string;
  MaxItems?: number;
}

/** No certificates. */
export interface ListSigningCertificatesResponse {
  Certificates: Absent[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The user whose own policies to name. */
export interface ListUserPoliciesRequest {
  UserName: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of names. */
export interface ListUserPoliciesResponse {
  PolicyNames: string[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The user whose tags to tell. */
export interface ListUserTagsRequest {
  UserName: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of tags, by key. */
export interface ListUserTagsResponse {
  Tags: Tag[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** The users under a path. */
export interface ListUsersRequest {
  PathPrefix?: string;
  Marker?: string;
  MaxItems?: number;
}

/** A page of users, by name. */
export interface ListUsersResponse {
  Users: User[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** Which devices to tell. */
export interface ListVirtualMFADevicesRequest {
  AssignmentStatus?: "Any" | "Assigned" | "Unassigned";
  Marker?: string;
  MaxItems?: number;
}

/** No devices. */
export interface ListVirtualMFADevicesResponse {
  VirtualMFADevices: Absent[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** That a user has a password. */
export interface LoginProfile {
  UserName: string;
  CreateDate: number;
  PasswordResetRequired: boolean | null;
}

/** A managed policy and its versions. */
export interface ManagedPolicyDetail {
  PolicyName: string | null;
  PolicyId: string | null;
  Arn: string | null;
  Path: string | null;
  DefaultVersionId: string | null;
  AttachmentCount: number | null;
  PermissionsBoundaryUsageCount: number | null;
  IsAttachable: boolean | null;
  Description: string | null;
  CreateDate: number | null;
  UpdateDate: number | null;
  PolicyVersionList: PolicyVersion[];
}

/** A request that has none. */
export interface NoMembers {
}

/** A provider, as lists have it. */
export interface OpenIDConnectProviderListEntry {
  Arn: string | null;
}

/** Policies of one level of an organisation. */
export interface OrderedOrganizationPolicyType {
  ServiceControlPolicyInputList?: string[];
}

/** What an account demands of passwords. */
export interface PasswordPolicy {
  MinimumPasswordLength: number | null;
  RequireSymbols: boolean | null;
  RequireNumbers: boolean | null;
  RequireUppercaseCharacters: boolean | null;
  RequireLowercaseCharacters: boolean | null;
  AllowUsersToChangePassword: boolean | null;
  ExpirePasswords: boolean | null;
  MaxPasswordAge: number | null;
  PasswordReusePrevention: number | null;
  HardExpiry: boolean | null;
}

/** Whether the boundary lets it pass. */
export interface PermissionsBoundaryDecisionDetail {
  AllowedByPermissionsBoundary: boolean | null;
}

/** A managed policy: a document with versions, to attach to any number of users, groups and roles. */
export interface Policy {
  PolicyName: string | null;
  PolicyId: string | null;
  Arn: string | null;
  Path: string | null;
  DefaultVersionId: string | null;
  AttachmentCount: number | null;
  PermissionsBoundaryUsageCount: number | null;
  IsAttachable: boolean | null;
  Description: string | null;
  CreateDate: number | null;
  UpdateDate: number | null;
  Tags: Tag[] | null;
}

/** A managed policy that the session is held to. */
export interface PolicyDescriptorType {
  arn?: string;
}

/** A policy that is part of a user, a group or a role, with its document. */
export interface PolicyDetail {
  PolicyName: string | null;
  PolicyDocument: string | null;
}

/** A group that a policy is attached to. */
export interface PolicyGroup {
  GroupName: string | null;
  GroupId: string | null;
}

/** A policy that a simulation shall leave out. */
export interface PolicyIdentifier {
  PolicyType?: "aws-managed" | "inline" | "permission-boundary" | "rcp" | "scp" | "user-managed";
  PolicyArn?: string;
  InlinePolicyIdentifier?: InlinePolicyIdentifierType;
}

/** A role that a policy is attached to. */
export interface PolicyRole {
  RoleName: string | null;
  RoleId: string | null;
}

/** A user that a policy is attached to. */
export interface PolicyUser {
  UserName: string | null;
  UserId: string | null;
}

/** One version of a policy's document; the default one is in force. */
export interface PolicyVersion {
  Document: string | null;
  VersionId: string | null;
  IsDefaultVersion: boolean | null;
  CreateDate: number | null;
}

/** A place in a document, from 1 on. */
export interface Position {
  Line: number | null;
  Column: number | null;
}

/** A claim of a trusted provider of contexts. */
export interface ProvidedContext {
  ProviderArn?: string;
  ContextAssertion?: string;
}

/** A policy that is part of a group. */
export interface PutGroupPolicyRequest {
  GroupName: string;
  PolicyName: string;
  PolicyDocument: string;
}

/** The managed policy that bounds what a role may ever do. */
export interface PutRolePermissionsBoundaryRequest {
  RoleName: string;
  PermissionsBoundary: string;
}

/** A policy that is part of a role. */
export interface PutRolePolicyRequest {
  RoleName: string;
  PolicyName: string;
  PolicyDocument: string;
}

/** The managed policy that bounds what a user may ever do. */
export interface PutUserPermissionsBoundaryRequest {
  UserName: string;
  PermissionsBoundary: string;
}

/** A policy that is part of a user. */
export interface PutUserPolicyRequest {
  UserName: string;
  PolicyName: string;
  PolicyDocument: string;
}

/** A client whose tokens are accepted no more. */
export interface RemoveClientIDFromOpenIDConnectProviderRequest {
  OpenIDConnectProviderArn: string;
  ClientID: string;
}

/** The role to take out of an instance profile. */
export interface RemoveRoleFromInstanceProfileRequest {
  InstanceProfileName: string;
  RoleName: string;
}

/** A member to be none any more. */
export interface RemoveUserFromGroupRequest {
  GroupName: string;
  UserName: string;
}

/** What came of it for one resource of several. */
export interface ResourceSpecificResult {
  EvalResourceName: string;
  EvalResourceDecision: string;
  MatchedStatements: Statement[];
  MissingContextValues: string[];
  EvalDecisionDetails: Record<string, string> | null;
  PermissionsBoundaryDecisionDetail: PermissionsBoundaryDecisionDetail | null;
}

/** What others may become for a while; its trust policy says who. */
export interface Role {
  Path: string;
  RoleName: string;
  RoleId: string;
  Arn: string;
  CreateDate: number;
  AssumeRolePolicyDocument: string | null;
  Description: string | null;
  MaxSessionDuration: number | null;
  PermissionsBoundary: AttachedPermissionsBoundary | null;
  Tags: Tag[] | null;
  RoleLastUsed: RoleLastUsed | null;
}

/** A role and all that says what it may do. */
export interface RoleDetail {
  Path: string | null;
  RoleName: string | null;
  RoleId: string | null;
  Arn: string | null;
  CreateDate: number | null;
  AssumeRolePolicyDocument: string | null;
  InstanceProfileList: InstanceProfile[];
  RolePolicyList: PolicyDetail[];
  AttachedManagedPolicies: AttachedPolicy[];
  PermissionsBoundary: AttachedPermissionsBoundary | null;
  Tags: Tag[] | null;
  RoleLastUsed: RoleLastUsed | null;
}

/** When a session of a role last signed something, and where; empty when never. */
export interface RoleLastUsed {
  LastUsedDate: number | null;
  Region: string | null;
}

/** The version to be in force. */
export interface SetDefaultPolicyVersionRequest {
  PolicyArn: string;
  VersionId: string;
}

/** What policies would let somebody do who has these and no others. */
export interface SimulateCustomPolicyRequest {
  PolicyInputList: string[];
  PermissionsBoundaryPolicyInputList?: string[];
  OrderedOrganizationPolicyInputList?: OrderedOrganizationPolicyType[];
  ActionNames: string[];
  ResourceArns?: string[];
  ResourcePolicy?: string;
  ResourceOwner?: string;
  CallerArn?: string;
  ContextEntries?: ContextEntry[];
  ResourceHandlingOption?: string;
  MaxItems?: number;
  Marker?: string;
}

/** A page of results, in the order of actions and resources. */
export interface SimulatePolicyResponse {
  EvaluationResults: EvaluationResult[];
  IsTruncated: boolean | null;
  Marker: string | null;
}

/** What a user, a group or a role may do, with further policies if wanted. */
export interface SimulatePrincipalPolicyRequest {
  PolicySourceArn: string;
  PolicyInputList?: string[];
  PermissionsBoundaryPolicyInputList?: string[];
  PolicyExclusionList?: PolicyIdentifier[];
  ActionNames: string[];
  ResourceArns?: string[];
  ResourcePolicy?: string;
  ResourceOwner?: string;
  CallerArn?: string;
  ContextEntries?: ContextEntry[];
  ResourceHandlingOption?: string;
  MaxItems?: number;
  Marker?: string;
}

/** A statement that decided, and the policy it is in. */
export interface Statement {
  SourcePolicyId: string | null;
  SourcePolicyType: string | null;
  StartPosition: Position | null;
  EndPosition: Position | null;
}

/** A key and its value; keys differ by more than their case. */
export interface Tag {
  Key: string;
  Value: string;
}

/** Tags for an instance profile, in place of those with their keys. */
export interface TagInstanceProfileRequest {
  InstanceProfileName: string;
  Tags: Tag[];
}

/** Tags for a provider, in place of those with their keys. */
export interface TagOpenIDConnectProviderRequest {
  OpenIDConnectProviderArn: string;
  Tags: Tag[];
}

/** Tags for a managed policy, in place of those with their keys. */
export interface TagPolicyRequest {
  PolicyArn: string;
  Tags: Tag[];
}

/** Tags for a role, in place of those with their keys. */
export interface TagRoleRequest {
  RoleName: string;
  Tags: Tag[];
}

/** Tags for a user, in place of those with their keys. */
export interface TagUserRequest {
  UserName: string;
  Tags: Tag[];
}

/** The keys of the tags to take from an instance profile. */
export interface UntagInstanceProfileRequest {
  InstanceProfileName: string;
  TagKeys: string[];
}

/** The keys of the tags to take from a provider. */
export interface UntagOpenIDConnectProviderRequest {
  OpenIDConnectProviderArn: string;
  TagKeys: string[];
}

/** The keys of the tags to take from a managed policy. */
export interface UntagPolicyRequest {
  PolicyArn: string;
  TagKeys: string[];
}

/** The keys of the tags to take from a role. */
export interface UntagRoleRequest {
  RoleName: string;
  TagKeys: string[];
}

/** The keys of the tags to take from a user. */
export interface UntagUserRequest {
  UserName: string;
  TagKeys: string[];
}

/** Whether a key may be used. */
export interface UpdateAccessKeyRequest {
  UserName?: string;
  AccessKeyId: string;
  Status: "Active" | "Expired" | "Inactive";
}

/** What to demand; what is left out is not demanded. */
export interface UpdateAccountPasswordPolicyRequest {
  MinimumPasswordLength?: number;
  RequireSymbols?: boolean;
  RequireNumbers?: boolean;
  RequireUppercaseCharacters?: boolean;
  RequireLowercaseCharacters?: boolean;
  AllowUsersToChangePassword?: boolean;
  MaxPasswordAge?: number;
  PasswordReusePrevention?: number;
  HardExpiry?: boolean;
}

/** Whom a role trusts from now on. */
export interface UpdateAssumeRolePolicyRequest {
  RoleName: string;
  PolicyDocument: string;
}

/** A new name or path of a group; its members and policies stay. */
export interface UpdateGroupRequest {
  GroupName: string;
  NewPath?: string;
  NewGroupName?: string;
}

/** Another password. */
export interface UpdateLoginProfileRequest {
  UserName: string;
  Password?: string;
  PasswordResetRequired?: boolean;
}

/** All certificates of a provider's keys, by their thumbprints. */
export interface UpdateOpenIDConnectProviderThumbprintRequest {
  OpenIDConnectProviderArn: string;
  ThumbprintList: string[];
}

/** A role's new description. */
export interface UpdateRoleDescriptionRequest {
  RoleName: string;
  Description: string;
}

/** The role as it is now. */
export interface UpdateRoleDescriptionResponse {
  Role: Role | null;
}

/** What is to change of a role; what is absent stays. */
export interface UpdateRoleRequest {
  RoleName: string;
  Description?: string;
  MaxSessionDuration?: number;
}

/** Nothing: the role is changed. */
export interface UpdateRoleResponse {
}

/** A new name or path of a user; its id, keys and policies stay. */
export interface UpdateUserRequest {
  UserName: string;
  NewPath?: string;
  NewUserName?: string;
}

/** A person or a program with access keys of its own. */
export interface User {
  Path: string;
  UserName: string;
  UserId: string;
  Arn: string;
  CreateDate: number;
  PasswordLastUsed: number | null;
  PermissionsBoundary: AttachedPermissionsBoundary | null;
  Tags: Tag[] | null;
}

/** A user and all that says what it may do. */
export interface UserDetail {
  Path: string | null;
  UserName: string | null;
  UserId: string | null;
  Arn: string | null;
  CreateDate: number | null;
  UserPolicyList: PolicyDetail[];
  GroupList: string[];
  AttachedManagedPolicies: AttachedPolicy[];
  PermissionsBoundary: AttachedPermissionsBoundary | null;
  Tags: Tag[] | null;
}

const AbsentShape = { } as const;
const AccessKeyShape = { UserName: "text", AccessKeyId: "text", Status: "text", SecretAccessKey: "text", CreateDate: "moment" } as const;
const AccessKeyLastUsedShape = { LastUsedDate: "moment", ServiceName: "text", Region: "text" } as const;
const AccessKeyMetadataShape = { UserName: "text", AccessKeyId: "text", Status: "text", CreateDate: "moment" } as const;
const CredentialsShape = { AccessKeyId: "text", SecretAccessKey: "text", SessionToken: "text", Expiration: "moment" } as const;
const AssumedRoleUserShape = { AssumedRoleId: "text", Arn: "text" } as const;
const AssumeRoleResponseShape = { Credentials: CredentialsShape, AssumedRoleUser: AssumedRoleUserShape, PackedPolicySize: "number", SourceIdentity: "text", SessionTokenUtilization: "number", SessionTokenSize: "number" } as const;
const AssumeRoleWithWebIdentityResponseShape = { Credentials: CredentialsShape, SubjectFromWebIdentityToken: "text", AssumedRoleUser: AssumedRoleUserShape, PackedPolicySize: "number", Provider: "text", Audience: "text", SourceIdentity: "text", SessionTokenUtilization: "number", SessionTokenSize: "number" } as const;
const AttachedPermissionsBoundaryShape = { PermissionsBoundaryType: "text", PermissionsBoundaryArn: "text" } as const;
const AttachedPolicyShape = { PolicyName: "text", PolicyArn: "text" } as const;
const CreateAccessKeyResponseShape = { AccessKey: AccessKeyShape } as const;
const GroupShape = { Path: "text", GroupName: "text", GroupId: "text", Arn: "text", CreateDate: "moment" } as const;
const CreateGroupResponseShape = { Group: GroupShape } as const;
const TagShape = { Key: "text", Value: "text" } as const;
const RoleLastUsedShape = { LastUsedDate: "moment", Region: "text" } as const;
const RoleShape = { Path: "text", RoleName: "text", RoleId: "text", Arn: "text", CreateDate: "moment", AssumeRolePolicyDocument: "text", Description: "text", MaxSessionDuration: "number", PermissionsBoundary: AttachedPermissionsBoundaryShape, Tags: [TagShape], RoleLastUsed: RoleLastUsedShape } as const;
const InstanceProfileShape = { Path: "text", InstanceProfileName: "text", InstanceProfileId: "text", Arn: "text", CreateDate: "moment", Roles: [RoleShape], Tags: [TagShape] } as const;
const CreateInstanceProfileResponseShape = { InstanceProfile: InstanceProfileShape } as const;
const LoginProfileShape = { UserName: "text", CreateDate: "moment", PasswordResetRequired: "flag" } as const;
const CreateLoginProfileResponseShape = { LoginProfile: LoginProfileShape } as const;
const CreateOpenIDConnectProviderResponseShape = { OpenIDConnectProviderArn: "text", Tags: [TagShape] } as const;
const PolicyShape = { PolicyName: "text", PolicyId: "text", Arn: "text", Path: "text", DefaultVersionId: "text", AttachmentCount: "number", PermissionsBoundaryUsageCount: "number", IsAttachable: "flag", Description: "text", CreateDate: "moment", UpdateDate: "moment", Tags: [TagShape] } as const;
const CreatePolicyResponseShape = { Policy: PolicyShape } as const;
const PolicyVersionShape = { Document: "text", VersionId: "text", IsDefaultVersion: "flag", CreateDate: "moment" } as const;
const CreatePolicyVersionResponseShape = { PolicyVersion: PolicyVersionShape } as const;
const CreateRoleResponseShape = { Role: RoleShape } as const;
const UserShape = { Path: "text", UserName: "text", UserId: "text", Arn: "text", CreateDate: "moment", PasswordLastUsed: "moment", PermissionsBoundary: AttachedPermissionsBoundaryShape, Tags: [TagShape] } as const;
const CreateUserResponseShape = { User: UserShape } as const;
const PositionShape = { Line: "number", Column: "number" } as const;
const StatementShape = { SourcePolicyId: "text", SourcePolicyType: "text", StartPosition: PositionShape, EndPosition: PositionShape } as const;
const PermissionsBoundaryDecisionDetailShape = { AllowedByPermissionsBoundary: "flag" } as const;
const ResourceSpecificResultShape = { EvalResourceName: "text", EvalResourceDecision: "text", MatchedStatements: [StatementShape], MissingContextValues: ["text"], EvalDecisionDetails: { each: "text" }, PermissionsBoundaryDecisionDetail: PermissionsBoundaryDecisionDetailShape } as const;
const EvaluationResultShape = { EvalActionName: "text", EvalResourceName: "text", EvalDecision: "text", MatchedStatements: [StatementShape], MissingContextValues: ["text"], PermissionsBoundaryDecisionDetail: PermissionsBoundaryDecisionDetailShape, EvalDecisionDetails: { each: "text" }, ResourceSpecificResults: [ResourceSpecificResultShape] } as const;
const GetAccessKeyInfoResponseShape = { Account: "text" } as const;
const GetAccessKeyLastUsedResponseShape = { UserName: "text", AccessKeyLastUsed: AccessKeyLastUsedShape } as const;
const PolicyDetailShape = { PolicyName: "text", PolicyDocument: "text" } as const;
const UserDetailShape = { Path: "text", UserName: "text", UserId: "text", Arn: "text", CreateDate: "moment", UserPolicyList: [PolicyDetailShape], GroupList: ["text"], AttachedManagedPolicies: [AttachedPolicyShape], PermissionsBoundary: AttachedPermissionsBoundaryShape, Tags: [TagShape] } as const;
const GroupDetailShape = { Path: "text", GroupName: "text", GroupId: "text", Arn: "text", CreateDate: "moment", GroupPolicyList: [PolicyDetailShape], AttachedManagedPolicies: [AttachedPolicyShape] } as const;
const RoleDetailShape = { Path: "text", RoleName: "text", RoleId: "text", Arn: "text", CreateDate: "moment", AssumeRolePolicyDocument: "text", InstanceProfileList: [InstanceProfileShape], RolePolicyList: [PolicyDetailShape], AttachedManagedPolicies: [AttachedPolicyShape], PermissionsBoundary: AttachedPermissionsBoundaryShape, Tags: [TagShape], RoleLastUsed: RoleLastUsedShape } as const;
const ManagedPolicyDetailShape = { PolicyName: "text", PolicyId: "text", Arn: "text", Path: "text", DefaultVersionId: "text", AttachmentCount: "number", PermissionsBoundaryUsageCount: "number", IsAttachable: "flag", Description: "text", CreateDate: "moment", UpdateDate: "moment", PolicyVersionList: [PolicyVersionShape] } as const;
const GetAccountAuthorizationDetailsResponseShape = { UserDetailList: [UserDetailShape], GroupDetailList: [GroupDetailShape], RoleDetailList: [RoleDetailShape], Policies: [ManagedPolicyDetailShape], IsTruncated: "flag", Marker: "text" } as const;
const PasswordPolicyShape = { MinimumPasswordLength: "number", RequireSymbols: "flag", RequireNumbers: "flag", RequireUppercaseCharacters: "flag", RequireLowercaseCharacters: "flag", AllowUsersToChangePassword: "flag", ExpirePasswords: "flag", MaxPasswordAge: "number", PasswordReusePrevention: "number", HardExpiry: "flag" } as const;
const GetAccountPasswordPolicyResponseShape = { PasswordPolicy: PasswordPolicyShape } as const;
const GetAccountSummaryResponseShape = { SummaryMap: { each: "number" } } as const;
const GetCallerIdentityResponseShape = { UserId: "text", Account: "text", Arn: "text" } as const;
const GetContextKeysForPolicyResponseShape = { ContextKeyNames: ["text"] } as const;
const GetGroupPolicyResponseShape = { GroupName: "text", PolicyName: "text", PolicyDocument: "text" } as const;
const GetGroupResponseShape = { Group: GroupShape, Users: [UserShape], IsTruncated: "flag", Marker: "text" } as const;
const GetInstanceProfileResponseShape = { InstanceProfile: InstanceProfileShape } as const;
const GetLoginProfileResponseShape = { LoginProfile: LoginProfileShape } as const;
const GetOpenIDConnectProviderResponseShape = { Url: "text", ClientIDList: ["text"], ThumbprintList: ["text"], CreateDate: "moment", Tags: [TagShape] } as const;
const GetPolicyResponseShape = { Policy: PolicyShape } as const;
const GetPolicyVersionResponseShape = { PolicyVersion: PolicyVersionShape } as const;
const GetRolePolicyResponseShape = { RoleName: "text", PolicyName: "text", PolicyDocument: "text" } as const;
const GetRoleResponseShape = { Role: RoleShape } as const;
const GetSessionTokenResponseShape = { Credentials: CredentialsShape, SessionTokenUtilization: "number", SessionTokenSize: "number" } as const;
const GetUserPolicyResponseShape = { UserName: "text", PolicyName: "text", PolicyDocument: "text" } as const;
const GetUserResponseShape = { User: UserShape } as const;
const ListAccessKeysResponseShape = { AccessKeyMetadata: [AccessKeyMetadataShape], IsTruncated: "flag", Marker: "text" } as const;
const ListAccountAliasesResponseShape = { AccountAliases: ["text"], IsTruncated: "flag", Marker: "text" } as const;
const ListAttachedGroupPoliciesResponseShape = { AttachedPolicies: [AttachedPolicyShape], IsTruncated: "flag", Marker: "text" } as const;
const ListAttachedRolePoliciesResponseShape = { AttachedPolicies: [AttachedPolicyShape], IsTruncated: "flag", Marker: "text" } as const;
const ListAttachedUserPoliciesResponseShape = { AttachedPolicies: [AttachedPolicyShape], IsTruncated: "flag", Marker: "text" } as const;
const PolicyGroupShape = { GroupName: "text", GroupId: "text" } as const;
const PolicyUserShape = { UserName: "text", UserId: "text" } as const;
const PolicyRoleShape = { RoleName: "text", RoleId: "text" } as const;
const ListEntitiesForPolicyResponseShape = { PolicyGroups: [PolicyGroupShape], PolicyUsers: [PolicyUserShape], PolicyRoles: [PolicyRoleShape], IsTruncated: "flag", Marker: "text" } as const;
const ListGroupPoliciesResponseShape = { PolicyNames: ["text"], IsTruncated: "flag", Marker: "text" } as const;
const ListGroupsForUserResponseShape = { Groups: [GroupShape], IsTruncated: "flag", Marker: "text" } as const;
const ListGroupsResponseShape = { Groups: [GroupShape], IsTruncated: "flag", Marker: "text" } as const;
const ListInstanceProfileTagsResponseShape = { Tags: [TagShape], IsTruncated: "flag", Marker: "text" } as const;
const ListInstanceProfilesForRoleResponseShape = { InstanceProfiles: [InstanceProfileShape], IsTruncated: "flag", Marker: "text" } as const;
const ListInstanceProfilesResponseShape = { InstanceProfiles: [InstanceProfileShape], IsTruncated: "flag", Marker: "text" } as const;
const ListMFADevicesResponseShape = { MFADevices: [AbsentShape], IsTruncated: "flag", Marker: "text" } as const;
const ListOpenIDConnectProviderTagsResponseShape = { Tags: [TagShape], IsTruncated: "flag", Marker: "text" } as const;
const OpenIDConnectProviderListEntryShape = { Arn: "text" } as const;
const ListOpenIDConnectProvidersResponseShape = { OpenIDConnectProviderList: [OpenIDConnectProviderListEntryShape] } as const;
const ListPoliciesResponseShape = { Policies: [PolicyShape], IsTruncated: "flag", Marker: "text" } as const;
const ListPolicyTagsResponseShape = { Tags: [TagShape], IsTruncated: "flag", Marker: "text" } as const;
const ListPolicyVersionsResponseShape = { Versions: [PolicyVersionShape], IsTruncated: "flag", Marker: "text" } as const;
const ListRolePoliciesResponseShape = { PolicyNames: ["text"], IsTruncated: "flag", Marker: "text" } as const;
const ListRoleTagsResponseShape = { Tags: [TagShape], IsTruncated: "flag", Marker: "text" } as const;
const ListRolesResponseShape = { Roles: [RoleShape], IsTruncated: "flag", Marker: "text" } as const;
const ListSSHPublicKeysResponseShape = { SSHPublicKeys: [AbsentShape], IsTruncated: "flag", Marker: "text" } as const;
const ListServiceSpecificCredentialsResponseShape = { ServiceSpecificCredentials: [AbsentShape], Marker: "text", IsTruncated: "flag" } as const;
const ListSigningCertificatesResponseShape = { Certificates: [AbsentShape], IsTruncated: "flag", Marker: "text" } as const;
const ListUserPoliciesResponseShape = { PolicyNames: ["text"], IsTruncated: "flag", Marker: "text" } as const;
const ListUserTagsResponseShape = { Tags: [TagShape], IsTruncated: "flag", Marker: "text" } as const;
const ListUsersResponseShape = { Users: [UserShape], IsTruncated: "flag", Marker: "text" } as const;
const ListVirtualMFADevicesResponseShape = { VirtualMFADevices: [AbsentShape], IsTruncated: "flag", Marker: "text" } as const;
const SimulatePolicyResponseShape = { EvaluationResults: [EvaluationResultShape], IsTruncated: "flag", Marker: "text" } as const;
const UpdateRoleDescriptionResponseShape = { Role: RoleShape } as const;
const UpdateRoleResponseShape = { } as const;
export const CreateUser: Operation<CreateUserRequest, CreateUserResponse> = { service: "iam", version: "2010-05-08", name: "CreateUser", shape: CreateUserResponseShape };
export const GetUser: Operation<GetUserRequest, GetUserResponse> = { service: "iam", version: "2010-05-08", name: "GetUser", shape: GetUserResponseShape };
export const ListUsers: Operation<ListUsersRequest, ListUsersResponse> = { service: "iam", version: "2010-05-08", name: "ListUsers", shape: ListUsersResponseShape };
export const UpdateUser: Operation<UpdateUserRequest, null> = { service: "iam", version: "2010-05-08", name: "UpdateUser", shape: null };
export const DeleteUser: Operation<DeleteUserRequest, null> = { service: "iam", version: "2010-05-08", name: "DeleteUser", shape: null };
export const PutUserPermissionsBoundary: Operation<PutUserPermissionsBoundaryRequest, null> = { service: "iam", version: "2010-05-08", name: "PutUserPermissionsBoundary", shape: null };
export const DeleteUserPermissionsBoundary: Operation<DeleteUserPermissionsBoundaryRequest, null> = { service: "iam", version: "2010-05-08", name: "DeleteUserPermissionsBoundary", shape: null };
export const CreateAccessKey: Operation<CreateAccessKeyRequest, CreateAccessKeyResponse> = { service: "iam", version: "2010-05-08", name: "CreateAccessKey", shape: CreateAccessKeyResponseShape };
export const ListAccessKeys: Operation<ListAccessKeysRequest, ListAccessKeysResponse> = { service: "iam", version: "2010-05-08", name: "ListAccessKeys", shape: ListAccessKeysResponseShape };
export const UpdateAccessKey: Operation<UpdateAccessKeyRequest, null> = { service: "iam", version: "2010-05-08", name: "UpdateAccessKey", shape: null };
export const DeleteAccessKey: Operation<DeleteAccessKeyRequest, null> = { service: "iam", version: "2010-05-08", name: "DeleteAccessKey", shape: null };
export const GetAccessKeyLastUsed: Operation<GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse> = { service: "iam", version: "2010-05-08", name: "GetAccessKeyLastUsed", shape: GetAccessKeyLastUsedResponseShape };
export const CreateLoginProfile: Operation<CreateLoginProfileRequest, CreateLoginProfileResponse> = { service: "iam", version: "2010-05-08", name: "CreateLoginProfile", shape: CreateLoginProfileResponseShape };
export const GetLoginProfile: Operation<GetLoginProfileRequest, GetLoginProfileResponse> = { service: "iam", version: "2010-05-08", name: "GetLoginProfile", shape: GetLoginProfileResponseShape };
export const UpdateLoginProfile: Operation<UpdateLoginProfileRequest, null> = { service: "iam", version: "2010-05-08", name: "UpdateLoginProfile", shape: null };
export const DeleteLoginProfile: Operation<DeleteLoginProfileRequest, null> = { service: "iam", version: "2010-05-08", name: "DeleteLoginProfile", shape: null };
export const ChangePassword: Operation<ChangePasswordRequest, null> = { service: "iam", version: "2010-05-08", name: "ChangePassword", shape: null };
export const GetAccountPasswordPolicy: Operation<NoMembers, GetAccountPasswordPolicyResponse> = { service: "iam", version: "2010-05-08", name: "GetAccountPasswordPolicy", shape: GetAccountPasswordPolicyResponseShape };
export const UpdateAccountPasswordPolicy: Operation<UpdateAccountPasswordPolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "UpdateAccountPasswordPolicy", shape: null };
export const DeleteAccountPasswordPolicy: Operation<NoMembers, null> = { service: "iam", version: "2010-05-08", name: "DeleteAccountPasswordPolicy", shape: null };
export const CreateGroup: Operation<CreateGroupRequest, CreateGroupResponse> = { service: "iam", version: "2010-05-08", name: "CreateGroup", shape: CreateGroupResponseShape };
export const GetGroup: Operation<GetGroupRequest, GetGroupResponse> = { service: "iam", version: "2010-05-08", name: "GetGroup", shape: GetGroupResponseShape };
export const ListGroups: Operation<ListGroupsRequest, ListGroupsResponse> = { service: "iam", version: "2010-05-08", name: "ListGroups", shape: ListGroupsResponseShape };
export const UpdateGroup: Operation<UpdateGroupRequest, null> = { service: "iam", version: "2010-05-08", name: "UpdateGroup", shape: null };
export const DeleteGroup: Operation<DeleteGroupRequest, null> = { service: "iam", version: "2010-05-08", name: "DeleteGroup", shape: null };
export const AddUserToGroup: Operation<AddUserToGroupRequest, null> = { service: "iam", version: "2010-05-08", name: "AddUserToGroup", shape: null };
export const RemoveUserFromGroup: Operation<RemoveUserFromGroupRequest, null> = { service: "iam", version: "2010-05-08", name: "RemoveUserFromGroup", shape: null };
export const ListGroupsForUser: Operation<ListGroupsForUserRequest, ListGroupsForUserResponse> = { service: "iam", version: "2010-05-08", name: "ListGroupsForUser", shape: ListGroupsForUserResponseShape };
export const CreateRole: Operation<CreateRoleRequest, CreateRoleResponse> = { service: "iam", version: "2010-05-08", name: "CreateRole", shape: CreateRoleResponseShape };
export const GetRole: Operation<GetRoleRequest, GetRoleResponse> = { service: "iam", version: "2010-05-08", name: "GetRole", shape: GetRoleResponseShape };
export const ListRoles: Operation<ListRolesRequest, ListRolesResponse> = { service: "iam", version: "2010-05-08", name: "ListRoles", shape: ListRolesResponseShape };
export const UpdateRole: Operation<UpdateRoleRequest, UpdateRoleResponse> = { service: "iam", version: "2010-05-08", name: "UpdateRole", shape: UpdateRoleResponseShape };
export const UpdateRoleDescription: Operation<UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse> = { service: "iam", version: "2010-05-08", name: "UpdateRoleDescription", shape: UpdateRoleDescriptionResponseShape };
export const UpdateAssumeRolePolicy: Operation<UpdateAssumeRolePolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "UpdateAssumeRolePolicy", shape: null };
export const DeleteRole: Operation<DeleteRoleRequest, null> = { service: "iam", version: "2010-05-08", name: "DeleteRole", shape: null };
export const PutRolePermissionsBoundary: Operation<PutRolePermissionsBoundaryRequest, null> = { service: "iam", version: "2010-05-08", name: "PutRolePermissionsBoundary", shape: null };
export const DeleteRolePermissionsBoundary: Operation<DeleteRolePermissionsBoundaryRequest, null> = { service: "iam", version: "2010-05-08", name: "DeleteRolePermissionsBoundary", shape: null };
export const CreatePolicy: Operation<CreatePolicyRequest, CreatePolicyResponse> = { service: "iam", version: "2010-05-08", name: "CreatePolicy", shape: CreatePolicyResponseShape };
export const GetPolicy: Operation<GetPolicyRequest, GetPolicyResponse> = { service: "iam", version: "2010-05-08", name: "GetPolicy", shape: GetPolicyResponseShape };
export const ListPolicies: Operation<ListPoliciesRequest, ListPoliciesResponse> = { service: "iam", version: "2010-05-08", name: "ListPolicies", shape: ListPoliciesResponseShape };
export const DeletePolicy: Operation<DeletePolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "DeletePolicy", shape: null };
export const ListEntitiesForPolicy: Operation<ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse> = { service: "iam", version: "2010-05-08", name: "ListEntitiesForPolicy", shape: ListEntitiesForPolicyResponseShape };
export const CreatePolicyVersion: Operation<CreatePolicyVersionRequest, CreatePolicyVersionResponse> = { service: "iam", version: "2010-05-08", name: "CreatePolicyVersion", shape: CreatePolicyVersionResponseShape };
export const GetPolicyVersion: Operation<GetPolicyVersionRequest, GetPolicyVersionResponse> = { service: "iam", version: "2010-05-08", name: "GetPolicyVersion", shape: GetPolicyVersionResponseShape };
export const ListPolicyVersions: Operation<ListPolicyVersionsRequest, ListPolicyVersionsResponse> = { service: "iam", version: "2010-05-08", name: "ListPolicyVersions", shape: ListPolicyVersionsResponseShape };
export const SetDefaultPolicyVersion: Operation<SetDefaultPolicyVersionRequest, null> = { service: "iam", version: "2010-05-08", name: "SetDefaultPolicyVersion", shape: null };
export const DeletePolicyVersion: Operation<DeletePolicyVersionRequest, null> = { service: "iam", version: "2010-05-08", name: "DeletePolicyVersion", shape: null };
export const AttachUserPolicy: Operation<AttachUserPolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "AttachUserPolicy", shape: null };
export const DetachUserPolicy: Operation<DetachUserPolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "DetachUserPolicy", shape: null };
export const ListAttachedUserPolicies: Operation<ListAttachedUserPoliciesRequest, ListAttachedUserPoliciesResponse> = { service: "iam", version: "2010-05-08", name: "ListAttachedUserPolicies", shape: ListAttachedUserPoliciesResponseShape };
export const AttachGroupPolicy: Operation<AttachGroupPolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "AttachGroupPolicy", shape: null };
export const DetachGroupPolicy: Operation<DetachGroupPolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "DetachGroupPolicy", shape: null };
export const ListAttachedGroupPolicies: Operation<ListAttachedGroupPoliciesRequest, ListAttachedGroupPoliciesResponse> = { service: "iam", version: "2010-05-08", name: "ListAttachedGroupPolicies", shape: ListAttachedGroupPoliciesResponseShape };
export const AttachRolePolicy: Operation<AttachRolePolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "AttachRolePolicy", shape: null };
export const DetachRolePolicy: Operation<DetachRolePolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "DetachRolePolicy", shape: null };
export const ListAttachedRolePolicies: Operation<ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse> = { service: "iam", version: "2010-05-08", name: "ListAttachedRolePolicies", shape: ListAttachedRolePoliciesResponseShape };
export const PutUserPolicy: Operation<PutUserPolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "PutUserPolicy", shape: null };
export const GetUserPolicy: Operation<GetUserPolicyRequest, GetUserPolicyResponse> = { service: "iam", version: "2010-05-08", name: "GetUserPolicy", shape: GetUserPolicyResponseShape };
export const ListUserPolicies: Operation<ListUserPoliciesRequest, ListUserPoliciesResponse> = { service: "iam", version: "2010-05-08", name: "ListUserPolicies", shape: ListUserPoliciesResponseShape };
export const DeleteUserPolicy: Operation<DeleteUserPolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "DeleteUserPolicy", shape: null };
export const PutGroupPolicy: Operation<PutGroupPolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "PutGroupPolicy", shape: null };
export const GetGroupPolicy: Operation<GetGroupPolicyRequest, GetGroupPolicyResponse> = { service: "iam", version: "2010-05-08", name: "GetGroupPolicy", shape: GetGroupPolicyResponseShape };
export const ListGroupPolicies: Operation<ListGroupPoliciesRequest, ListGroupPoliciesResponse> = { service: "iam", version: "2010-05-08", name: "ListGroupPolicies", shape: ListGroupPoliciesResponseShape };
export const DeleteGroupPolicy: Operation<DeleteGroupPolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "DeleteGroupPolicy", shape: null };
export const PutRolePolicy: Operation<PutRolePolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "PutRolePolicy", shape: null };
export const GetRolePolicy: Operation<GetRolePolicyRequest, GetRolePolicyResponse> = { service: "iam", version: "2010-05-08", name: "GetRolePolicy", shape: GetRolePolicyResponseShape };
export const ListRolePolicies: Operation<ListRolePoliciesRequest, ListRolePoliciesResponse> = { service: "iam", version: "2010-05-08", name: "ListRolePolicies", shape: ListRolePoliciesResponseShape };
export const DeleteRolePolicy: Operation<DeleteRolePolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "DeleteRolePolicy", shape: null };
export const TagUser: Operation<TagUserRequest, null> = { service: "iam", version: "2010-05-08", name: "TagUser", shape: null };
export const UntagUser: Operation<UntagUserRequest, null> = { service: "iam", version: "2010-05-08", name: "UntagUser", shape: null };
export const ListUserTags: Operation<ListUserTagsRequest, ListUserTagsResponse> = { service: "iam", version: "2010-05-08", name: "ListUserTags", shape: ListUserTagsResponseShape };
export const TagRole: Operation<TagRoleRequest, null> = { service: "iam", version: "2010-05-08", name: "TagRole", shape: null };
export const UntagRole: Operation<UntagRoleRequest, null> = { service: "iam", version: "2010-05-08", name: "UntagRole", shape: null };
export const ListRoleTags: Operation<ListRoleTagsRequest, ListRoleTagsResponse> = { service: "iam", version: "2010-05-08", name: "ListRoleTags", shape: ListRoleTagsResponseShape };
export const TagPolicy: Operation<TagPolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "TagPolicy", shape: null };
export const UntagPolicy: Operation<UntagPolicyRequest, null> = { service: "iam", version: "2010-05-08", name: "UntagPolicy", shape: null };
export const ListPolicyTags: Operation<ListPolicyTagsRequest, ListPolicyTagsResponse> = { service: "iam", version: "2010-05-08", name: "ListPolicyTags", shape: ListPolicyTagsResponseShape };
export const TagInstanceProfile: Operation<TagInstanceProfileRequest, null> = { service: "iam", version: "2010-05-08", name: "TagInstanceProfile", shape: null };
export const UntagInstanceProfile: Operation<UntagInstanceProfileRequest, null> = { service: "iam", version: "2010-05-08", name: "UntagInstanceProfile", shape: null };
export const ListInstanceProfileTags: Operation<ListInstanceProfileTagsRequest, ListInstanceProfileTagsResponse> = { service: "iam", version: "2010-05-08", name: "ListInstanceProfileTags", shape: ListInstanceProfileTagsResponseShape };
export const TagOpenIDConnectProvider: Operation<TagOpenIDConnectProviderRequest, null> = { service: "iam", version: "2010-05-08", name: "TagOpenIDConnectProvider", shape: null };
export const UntagOpenIDConnectProvider: Operation<UntagOpenIDConnectProviderRequest, null> = { service: "iam", version: "2010-05-08", name: "UntagOpenIDConnectProvider", shape: null };
export const ListOpenIDConnectProviderTags: Operation<ListOpenIDConnectProviderTagsRequest, ListOpenIDConnectProviderTagsResponse> = { service: "iam", version: "2010-05-08", name: "ListOpenIDConnectProviderTags", shape: ListOpenIDConnectProviderTagsResponseShape };
export const CreateInstanceProfile: Operation<CreateInstanceProfileRequest, CreateInstanceProfileResponse> = { service: "iam", version: "2010-05-08", name: "CreateInstanceProfile", shape: CreateInstanceProfileResponseShape };
export const GetInstanceProfile: Operation<GetInstanceProfileRequest, GetInstanceProfileResponse> = { service: "iam", version: "2010-05-08", name: "GetInstanceProfile", shape: GetInstanceProfileResponseShape };
export const ListInstanceProfiles: Operation<ListInstanceProfilesRequest, ListInstanceProfilesResponse> = { service: "iam", version: "2010-05-08", name: "ListInstanceProfiles", shape: ListInstanceProfilesResponseShape };
export const DeleteInstanceProfile: Operation<DeleteInstanceProfileRequest, null> = { service: "iam", version: "2010-05-08", name: "DeleteInstanceProfile", shape: null };
export const AddRoleToInstanceProfile: Operation<AddRoleToInstanceProfileRequest, null> = { service: "iam", version: "2010-05-08", name: "AddRoleToInstanceProfile", shape: null };
export const RemoveRoleFromInstanceProfile: Operation<RemoveRoleFromInstanceProfileRequest, null> = { service: "iam", version: "2010-05-08", name: "RemoveRoleFromInstanceProfile", shape: null };
export const ListInstanceProfilesForRole: Operation<ListInstanceProfilesForRoleRequest, ListInstanceProfilesForRoleResponse> = { service: "iam", version: "2010-05-08", name: "ListInstanceProfilesForRole", shape: ListInstanceProfilesForRoleResponseShape };
export const CreateOpenIDConnectProvider: Operation<CreateOpenIDConnectProviderRequest, CreateOpenIDConnectProviderResponse> = { service: "iam", version: "2010-05-08", name: "CreateOpenIDConnectProvider", shape: CreateOpenIDConnectProviderResponseShape };
export const GetOpenIDConnectProvider: Operation<GetOpenIDConnectProviderRequest, GetOpenIDConnectProviderResponse> = { service: "iam", version: "2010-05-08", name: "GetOpenIDConnectProvider", shape: GetOpenIDConnectProviderResponseShape };
export const ListOpenIDConnectProviders: Operation<ListOpenIDConnectProvidersRequest, ListOpenIDConnectProvidersResponse> = { service: "iam", version: "2010-05-08", name: "ListOpenIDConnectProviders", shape: ListOpenIDConnectProvidersResponseShape };
export const DeleteOpenIDConnectProvider: Operation<DeleteOpenIDConnectProviderRequest, null> = { service: "iam", version: "2010-05-08", name: "DeleteOpenIDConnectProvider", shape: null };
export const AddClientIDToOpenIDConnectProvider: Operation<AddClientIDToOpenIDConnectProviderRequest, null> = { service: "iam", version: "2010-05-08", name: "AddClientIDToOpenIDConnectProvider", shape: null };
export const RemoveClientIDFromOpenIDConnectProvider: Operation<RemoveClientIDFromOpenIDConnectProviderRequest, null> = { service: "iam", version: "2010-05-08", name: "RemoveClientIDFromOpenIDConnectProvider", shape: null };
export const UpdateOpenIDConnectProviderThumbprint: Operation<UpdateOpenIDConnectProviderThumbprintRequest, null> = { service: "iam", version: "2010-05-08", name: "UpdateOpenIDConnectProviderThumbprint", shape: null };
export const SimulatePrincipalPolicy: Operation<SimulatePrincipalPolicyRequest, SimulatePolicyResponse> = { service: "iam", version: "2010-05-08", name: "SimulatePrincipalPolicy", shape: SimulatePolicyResponseShape };
export const SimulateCustomPolicy: Operation<SimulateCustomPolicyRequest, SimulatePolicyResponse> = { service: "iam", version: "2010-05-08", name: "SimulateCustomPolicy", shape: SimulatePolicyResponseShape };
export const GetContextKeysForPrincipalPolicy: Operation<GetContextKeysForPrincipalPolicyRequest, GetContextKeysForPolicyResponse> = { service: "iam", version: "2010-05-08", name: "GetContextKeysForPrincipalPolicy", shape: GetContextKeysForPolicyResponseShape };
export const GetContextKeysForCustomPolicy: Operation<GetContextKeysForCustomPolicyRequest, GetContextKeysForPolicyResponse> = { service: "iam", version: "2010-05-08", name: "GetContextKeysForCustomPolicy", shape: GetContextKeysForPolicyResponseShape };
export const GetAccountSummary: Operation<NoMembers, GetAccountSummaryResponse> = { service: "iam", version: "2010-05-08", name: "GetAccountSummary", shape: GetAccountSummaryResponseShape };
export const GetAccountAuthorizationDetails: Operation<GetAccountAuthorizationDetailsRequest, GetAccountAuthorizationDetailsResponse> = { service: "iam", version: "2010-05-08", name: "GetAccountAuthorizationDetails", shape: GetAccountAuthorizationDetailsResponseShape };
export const CreateAccountAlias: Operation<CreateAccountAliasRequest, null> = { service: "iam", version: "2010-05-08", name: "CreateAccountAlias", shape: null };
export const ListAccountAliases: Operation<ListAccountAliasesRequest, ListAccountAliasesResponse> = { service: "iam", version: "2010-05-08", name: "ListAccountAliases", shape: ListAccountAliasesResponseShape };
export const DeleteAccountAlias: Operation<DeleteAccountAliasRequest, null> = { service: "iam", version: "2010-05-08", name: "DeleteAccountAlias", shape: null };
export const ListMFADevices: Operation<ListMFADevicesRequest, ListMFADevicesResponse> = { service: "iam", version: "2010-05-08", name: "ListMFADevices", shape: ListMFADevicesResponseShape };
export const ListVirtualMFADevices: Operation<ListVirtualMFADevicesRequest, ListVirtualMFADevicesResponse> = { service: "iam", version: "2010-05-08", name: "ListVirtualMFADevices", shape: ListVirtualMFADevicesResponseShape };
export const ListSSHPublicKeys: Operation<ListSSHPublicKeysRequest, ListSSHPublicKeysResponse> = { service: "iam", version: "2010-05-08", name: "ListSSHPublicKeys", shape: ListSSHPublicKeysResponseShape };
export const ListSigningCertificates: Operation<ListSigningCertificatesRequest, ListSigningCertificatesResponse> = { service: "iam", version: "2010-05-08", name: "ListSigningCertificates", shape: ListSigningCertificatesResponseShape };
export const ListServiceSpecificCredentials: Operation<ListServiceSpecificCredentialsRequest, ListServiceSpecificCredentialsResponse> = { service: "iam", version: "2010-05-08", name: "ListServiceSpecificCredentials", shape: ListServiceSpecificCredentialsResponseShape };
export const GetCallerIdentity: Operation<GetCallerIdentityRequest, GetCallerIdentityResponse> = { service: "sts", version: "2011-06-15", name: "GetCallerIdentity", shape: GetCallerIdentityResponseShape };
export const GetAccessKeyInfo: Operation<GetAccessKeyInfoRequest, GetAccessKeyInfoResponse> = { service: "sts", version: "2011-06-15", name: "GetAccessKeyInfo", shape: GetAccessKeyInfoResponseShape };
export const GetSessionToken: Operation<GetSessionTokenRequest, GetSessionTokenResponse> = { service: "sts", version: "2011-06-15", name: "GetSessionToken", shape: GetSessionTokenResponseShape };
export const AssumeRole: Operation<AssumeRoleRequest, AssumeRoleResponse> = { service: "sts", version: "2011-06-15", name: "AssumeRole", shape: AssumeRoleResponseShape };
export const AssumeRoleWithWebIdentity: Operation<AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse> = { service: "sts", version: "2011-06-15", name: "AssumeRoleWithWebIdentity", shape: AssumeRoleWithWebIdentityResponseShape };
