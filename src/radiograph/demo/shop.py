"""The shop's services: what each is called, where it runs, what it is written in."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from radiograph.demo.identifiers import stable_hex

__all__ = [
    "ACCOUNT",
    "BACK_OFFICE",
    "CART",
    "CATALOG",
    "CHECKOUT",
    "GATEWAY",
    "INVENTORY",
    "NOTIFICATIONS",
    "PAYMENT",
    "RECOMMENDATIONS",
    "REGION",
    "SERVICES",
    "SHIPPING",
    "STOREFRONT",
    "Runtime",
    "Service",
    "placement",
]

ACCOUNT = "000000000000"
REGION = "eu-west-1"


class Runtime(enum.Enum):
    """What a service is written in: runtime, its version, the SDK's name and the SDK's version."""

    PYTHON = ("CPython", "3.12.8", "X-Ray for Python", "2.15.0")
    NODE = ("node", "22.14.0", "X-Ray for Node.js", "3.12.0")
    JAVA = ("OpenJDK 64-Bit Server VM", "21.0.7", "X-Ray for Java", "2.18.2")
    GO = ("gc", "go1.24.3", "X-Ray for Go", "1.8.5")
    AWS = ("", "", "", "")
    """AWS itself: API Gateway and the Lambda service write their own segments."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service of the shop; ``instances`` is how many machines, tasks or pods share its traffic."""

    name: str
    origin: str
    host: str
    runtime: Runtime
    version: str
    instances: int = 3


STOREFRONT = Service("storefront", "AWS::ECS::Container", "www.shop.example", Runtime.NODE, "7.42.1")
GATEWAY = Service("shop-api/prod", "AWS::APIGateway::Stage", "api.shop.example", Runtime.AWS, "", 1)
CATALOG = Service("catalog", "AWS::Lambda::Function", "catalog", Runtime.PYTHON, "3.8.0", 4)
CART = Service("cart", "AWS::ECS::Fargate", "cart.shop.internal", Runtime.GO, "1.19.4")
CHECKOUT = Service("checkout", "AWS::EKS::Container", "checkout.shop.internal", Runtime.JAVA, "5.3.2", 4)
PAYMENT = Service("payment", "AWS::EC2::Instance", "payment.shop.internal", Runtime.PYTHON, "2.14.0", 4)
INVENTORY = Service("inventory", "AWS::EKS::Container", "inventory.shop.internal", Runtime.JAVA, "4.0.11")
RECOMMENDATIONS = Service("recommendations", "AWS::ECS::Fargate", "recs.shop.internal", Runtime.PYTHON, "0.27.3")
SHIPPING = Service("shipping-worker", "AWS::EC2::Instance", "shipping", Runtime.PYTHON, "1.6.0", 2)
NOTIFICATIONS = Service("notifications", "AWS::Lambda::Function", "notifications", Runtime.NODE, "2.2.7", 2)
BACK_OFFICE = Service(
    "back-office", "AWS::ElasticBeanstalk::Environment", "office.shop.example", Runtime.PYTHON, "1.1.0", 1
)

SERVICES: tuple[Service, ...] = (
    STOREFRONT,
    GATEWAY,
    CATALOG,
    CART,
    CHECKOUT,
    PAYMENT,
    INVENTORY,
    RECOMMENDATIONS,
    SHIPPING,
    NOTIFICATIONS,
    BACK_OFFICE,
)


def placement(service: Service, instance: int) -> dict[str, Any]:
    """Return the ``aws`` block of one instance of a service, the same at every call."""
    key = f"{service.name}/{instance}"
    zone = f"{REGION}{'abc'[instance % 3]}"
    _, _, sdk, sdk_version = service.runtime.value
    block: dict[str, Any] = {"xray": {"sdk": sdk, "sdk_version": sdk_version, "sampling_rule_name": "Default"}}
    match service.origin:
        case "AWS::EC2::Instance":
            block["ec2"] = _machine(key, zone, "c7g.large")
        case "AWS::ECS::Container":
            block["ec2"] = _machine(key, zone, "m7g.xlarge")
            block["ecs"] = _task(service, key)
        case "AWS::ECS::Fargate":
            block["ecs"] = _task(service, key) | {"launch_type": "fargate", "availability_zone": zone}
        case "AWS::EKS::Container":
            block["eks"] = {
                "cluster_name": "shop",
                "pod": f"{service.name}-{stable_hex(service.name, 9)}-{stable_hex(key, 5)}",
                "container_id": stable_hex(key, 64),
            }
            block["ec2"] = _machine(f"node/{instance}", zone, "m7g.2xlarge")
        case "AWS::ElasticBeanstalk::Environment":
            block["elastic_beanstalk"] = {
                "environment_name": f"{service.name}-prod",
                "version_label": service.version,
                "deployment_id": 41,
            }
            block["ec2"] = _machine(key, zone, "t4g.medium")
    if "ec2" in block or "ecs" in block or "eks" in block:
        group = f"/shop/{service.name}"
        block["cloudwatch_logs"] = [{"log_group": group, "arn": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}"}]
    return block


def _machine(key: str, zone: str, size: str) -> dict[str, Any]:
    return {
        "instance_id": f"i-0{stable_hex(f'machine/{key}', 16)}",
        "availability_zone": zone,
        "instance_size": size,
        "ami_id": f"ami-0{stable_hex('ami', 16)}",
    }


def _task(service: Service, key: str) -> dict[str, Any]:
    task = stable_hex(f"task/{key}", 32)
    arn = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
    return {
        "container": f"ip-10-0-{int(task[:2], 16)}-{int(task[2:4], 16)}.{REGION}.compute.internal",
        "container_id": stable_hex(key, 64),
        "container_arn": f"{arn}:container/shop/{task}/{stable_hex(key, 32)}",
        "task_arn": f"{arn}:task/shop/{task}",
        "task_family": service.name,
        "cluster_arn": f"{arn}:cluster/shop",
    }
