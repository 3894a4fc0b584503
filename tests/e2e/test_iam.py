"""The AWS CLI and Terraform, as they are, against IAM and STS.

Terraform needs its AWS provider here: TERRAFORM_PLUGIN_DIR says where, as ``terraform init -plugin-dir`` does.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.iam.endpoint import ACCOUNT, Credentials, Endpoint, allow, trust

AWS = Path(sys.executable).with_name("aws")
TERRAFORM, PLUGINS = shutil.which("terraform"), os.environ.get("TERRAFORM_PLUGIN_DIR")
XRAY = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
Aws = Callable[..., Any]


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[Endpoint]:
    made = Endpoint(tmp_path)
    yield made
    made.close()


def environment(by: Credentials, home: Path) -> dict[str, str]:
    made = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": by.id,
        "AWS_SECRET_ACCESS_KEY": by.secret,
    }
    return made if by.token is None else made | {"AWS_SESSION_TOKEN": by.token}


@pytest.fixture
def aws(endpoint: Endpoint, tmp_path: Path) -> Aws:
    """Run ``aws SERVICE …`` as the administrator, or by other credentials; give what it printed, decoded."""
    if not AWS.exists():
        pytest.skip(f"the AWS CLI is not installed as {AWS}")
    admin = endpoint.administrator()

    def run(*arguments: str, by: Credentials = admin) -> Any:
        ran = subprocess.run(
            [str(AWS), *arguments, "--endpoint-url", endpoint.url, "--output", "json"],
            capture_output=True,
            text=True,
            env=environment(by, tmp_path),
            timeout=180,
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout) if ran.stdout else None

    return run


def test_the_first_step_of_x_rays_guide(aws: Aws) -> None:
    document = trust({"AWS": ACCOUNT})
    role = aws("iam", "create-role", "--role-name", "app", "--assume-role-policy-document", document)["Role"]
    aws("iam", "attach-role-policy", "--role-name", "app", "--policy-arn", XRAY)
    listed = aws("iam", "list-attached-role-policies", "--role-name", "app")["AttachedPolicies"]
    assert listed == [{"PolicyName": "AWSXRayDaemonWriteAccess", "PolicyArn": XRAY}]
    told = aws("sts", "assume-role", "--role-arn", role["Arn"], "--role-session-name", "me")
    session = Credentials.of(told["Credentials"])
    identity = aws("sts", "get-caller-identity", by=session)
    assert identity["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/app/me"
    asked = ("--policy-source-arn", role["Arn"], "--action-names", "xray:PutTraceSegments", "xray:DeleteGroup")
    simulated = aws("iam", "simulate-principal-policy", *asked)["EvaluationResults"]
    assert [one["EvalDecision"] for one in simulated] == ["allowed", "implicitDeny"]


def test_a_user_from_its_first_key_to_its_end(aws: Aws) -> None:
    aws("iam", "create-user", "--user-name", "u", "--tags", "Key=team,Value=red")
    aws("iam", "put-user-policy", "--user-name", "u", "--policy-name", "p", "--policy-document", allow("iam:GetUser"))
    key = Credentials.of(aws("iam", "create-access-key", "--user-name", "u")["AccessKey"])
    user = aws("iam", "get-user", by=key)["User"]
    assert (user["UserName"], user["Tags"]) == ("u", [{"Key": "team", "Value": "red"}])
    with pytest.raises(AssertionError, match=r"AccessDenied.*iam:ListUsers on resource"):
        aws("iam", "list-users", by=key)
    aws("iam", "delete-access-key", "--user-name", "u", "--access-key-id", key.id)
    with pytest.raises(AssertionError, match="InvalidClientTokenId"):
        aws("iam", "get-user", by=key)
    aws("iam", "delete-user-policy", "--user-name", "u", "--policy-name", "p")
    aws("iam", "delete-user", "--user-name", "u")


def test_a_managed_policy_and_its_versions(aws: Aws) -> None:
    policy = aws("iam", "create-policy", "--policy-name", "p", "--policy-document", allow("xray:Get*"))["Policy"]
    newer = ("--policy-document", allow("xray:*"), "--set-as-default")
    aws("iam", "create-policy-version", "--policy-arn", policy["Arn"], *newer)
    version = aws("iam", "get-policy-version", "--policy-arn", policy["Arn"], "--version-id", "v2")["PolicyVersion"]
    assert version["Document"] == json.loads(allow("xray:*"))
    versions = aws("iam", "list-policy-versions", "--policy-arn", policy["Arn"])["Versions"]
    assert [one["VersionId"] for one in versions] == ["v2", "v1"]


CONFIGURATION = """
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
  endpoints {
    iam = "%(url)s"
    sts = "%(url)s"
  }
}

variable "actions" {
  type    = list(string)
  default = ["xray:Get*"]
}

data "aws_caller_identity" "me" {}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [data.aws_caller_identity.me.account_id]
    }
  }
}

data "aws_iam_policy_document" "may" {
  statement {
    actions   = var.actions
    resources = ["*"]
  }
}

resource "aws_iam_role" "app" {
  name                 = "app"
  path                 = "/tf/"
  description          = "made by Terraform"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 7200
  permissions_boundary = aws_iam_policy.may.arn
  tags                 = { team = "red" }
}

resource "aws_iam_role_policy" "own" {
  name   = "own"
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.may.json
}

resource "aws_iam_role_policy_attachment" "daemon" {
  role       = aws_iam_role.app.name
  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
}

resource "aws_iam_policy" "may" {
  name        = "may"
  description = "what it may"
  policy      = data.aws_iam_policy_document.may.json
  tags        = { team = "red" }
}

resource "aws_iam_instance_profile" "app" {
  name = "app"
  role = aws_iam_role.app.name
}

resource "aws_iam_group" "readers" {
  name = "readers"
}

resource "aws_iam_group_policy_attachment" "readers" {
  group      = aws_iam_group.readers.name
  policy_arn = aws_iam_policy.may.arn
}

resource "aws_iam_group_policy" "readers" {
  name   = "own"
  group  = aws_iam_group.readers.name
  policy = data.aws_iam_policy_document.may.json
}

resource "aws_iam_user" "reader" {
  name          = "reader"
  force_destroy = true
  tags          = { team = "red" }
}

resource "aws_iam_user_group_membership" "reader" {
  user   = aws_iam_user.reader.name
  groups = [aws_iam_group.readers.name]
}

resource "aws_iam_user_policy_attachment" "reader" {
  user       = aws_iam_user.reader.name
  policy_arn = aws_iam_policy.may.arn
}

resource "aws_iam_user_policy" "reader" {
  name   = "own"
  user   = aws_iam_user.reader.name
  policy = data.aws_iam_policy_document.may.json
}

resource "aws_iam_access_key" "reader" {
  user = aws_iam_user.reader.name
}

resource "aws_iam_openid_connect_provider" "id" {
  url             = "https://id.example.com"
  client_id_list  = ["app"]
  thumbprint_list = ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"]
}

resource "aws_iam_account_alias" "alias" {
  account_alias = "made-by-terraform"
}

data "aws_iam_principal_policy_simulation" "reader" {
  action_names      = ["xray:GetGroups"]
  policy_source_arn = aws_iam_user.reader.arn
  depends_on        = [aws_iam_user_policy.reader]
}

output "key" {
  value     = { id = aws_iam_access_key.reader.id, secret = aws_iam_access_key.reader.secret }
  sensitive = true
}

output "allowed" {
  value = data.aws_iam_principal_policy_simulation.reader.all_allowed
}
"""


@pytest.fixture
def terraform(endpoint: Endpoint, tmp_path: Path) -> Callable[..., str]:
    """Run ``terraform …`` on the configuration; give what it printed."""
    if TERRAFORM is None or PLUGINS is None:
        pytest.skip("terraform is not on the PATH, or TERRAFORM_PLUGIN_DIR does not say where its AWS provider is")
    directory = tmp_path / "terraform"
    directory.mkdir()
    (directory / "main.tf").write_text(CONFIGURATION % {"url": endpoint.url})
    made = environment(endpoint.administrator(), tmp_path) | {"CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1"}

    def run(*arguments: str) -> str:
        ran = subprocess.run(
            [TERRAFORM, *arguments], capture_output=True, text=True, env=made, cwd=directory, timeout=300
        )
        assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"
        return ran.stdout

    run("init", "-no-color", f"-plugin-dir={PLUGINS}")
    return run


def test_terraform_makes_changes_and_takes_away_what_it_is_told(
    terraform: Callable[..., str], endpoint: Endpoint
) -> None:
    terraform("apply", "-auto-approve", "-no-color", "-input=false")
    terraform("plan", "-detailed-exitcode", "-no-color", "-input=false")
    outputs = json.loads(terraform("output", "-json"))
    assert outputs["allowed"]["value"] is True
    key = outputs["key"]["value"]
    assert endpoint.callers.with_key(key["id"])[1] == key["secret"]
    more = '-var=actions=["xray:Get*","xray:Put*"]'
    terraform("apply", "-auto-approve", "-no-color", "-input=false", more)
    terraform("plan", "-detailed-exitcode", "-no-color", "-input=false", more)
    terraform("destroy", "-auto-approve", "-no-color", "-input=false")
    with endpoint.store.read(ACCOUNT) as kept:
        assert [user.name for user in kept.users.all()] == ["administrator"]
        assert kept.roles.all() == kept.groups.all() == kept.policies.all() == kept.profiles.all() == []
        assert kept.providers.all() == []
        assert kept.alias is None
