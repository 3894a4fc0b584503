/** The text of a trust policy for one principal; a provider's users are told by audience and subject. */
export function trustOf(principal: Readonly<Record<string, string>>, condition?: object): string {
  const action = "Federated" in principal ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole";
  const statement = { Effect: "Allow", Principal: principal, Action: action, ...(condition && { Condition: condition }) };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 4);
}

/** How an application becomes a role: for its profile, for a terminal, for Python, for the daemon. */
export function assuming(arn: string, origin: string, region: string): { id: string; name: string; text: string }[] {
  const session = arn.split("/").at(-1)!;
  return [
    {
      id: "profile",
      name: "~/.aws/config",
      text: `[profile ${session}]\nrole_arn = ${arn}\nsource_profile = default\nregion = ${region}\nendpoint_url = ${origin}\n`,
    },
    {
      id: "cli",
      name: "AWS CLI",
      text: `export AWS_ENDPOINT_URL=${origin} AWS_REGION=${region}\naws sts assume-role --role-arn ${arn} --role-session-name ${session}`,
    },
    {
      id: "boto3",
      name: "boto3",
      text: [
        "import boto3",
        "",
        `sts = boto3.client("sts", endpoint_url="${origin}", region_name="${region}")`,
        `key = sts.assume_role(RoleArn="${arn}", RoleSessionName="${session}")["Credentials"]`,
        "xray = boto3.client(",
        `    "xray",`,
        `    endpoint_url="${origin}",`,
        `    region_name="${region}",`,
        `    aws_access_key_id=key["AccessKeyId"],`,
        `    aws_secret_access_key=key["SecretAccessKey"],`,
        `    aws_session_token=key["SessionToken"],`,
        ")",
      ].join("\n"),
    },
    { id: "daemon", name: "radiograph daemon", text: `export AWS_ENDPOINT_URL=${origin}\nradiograph daemon --region ${region} --endpoint ${origin} --role-arn ${arn}` },
  ];
}
