"""Where a region stands among arguments, which texts name one, and which services have one of their own.

Source: boto3 1.44 and botocore 1.44 (`botocore/data/endpoints.json`: services with one endpoint for the whole
partition, or in one region only), "Endpoints and quotas" and "Global services" in the AWS documentation, the
documentation of the packages that sign requests; as of 2026-11.
"""

from __future__ import annotations

import re

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html"

REGION = re.compile(
    r"(?:us|eu|ap|sa|ca|me|af|il|mx|cn|us-gov|us-iso[a-z]?|eu-isoe|eusc-de)"
    r"-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d"
)
"""The form of a region's code (https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html)."""

ENDPOINT = re.compile(rf"[./-](?P<region>{REGION.pattern})\.[\w.-]*amazonaws\.com(?:\.cn)?\b")
"""A host of an AWS service that names a region."""

REGION_ARGUMENTS: dict[str, tuple[int | None, str]] = {
    "boto3.client": (1, "region_name"),
    "boto3.resource": (1, "region_name"),
    "boto3.Session": (3, "region_name"),
    "boto3.session.Session": (3, "region_name"),
    "boto3.setup_default_session": (3, "region_name"),
    "aioboto3.Session": (3, "region_name"),
    "aioboto3.session.Session": (3, "region_name"),
    "botocore.config.Config": (0, "region_name"),
    "botocore.client.Config": (0, "region_name"),
    "aiobotocore.config.AioConfig": (None, "region_name"),
    "botocore.auth.SigV4Auth": (2, "region_name"),
    "requests_aws4auth.AWS4Auth": (2, "region"),
    "aws_requests_auth.aws_auth.AWSRequestsAuth": (3, "aws_region"),
    "opensearchpy.AWSV4SignerAuth": (1, "region"),
    "opensearchpy.RequestsAWSV4SignerAuth": (1, "region"),
    "opensearchpy.Urllib3AWSV4SignerAuth": (1, "region"),
    "opensearchpy.AWSV4SignerAsyncAuth": (1, "region"),
}
"""Full name of a callable -> where it takes a region: position and keyword."""

REGION_METHODS = {
    ("session", "client"): (1, "region_name"),
    ("session", "resource"): (1, "region_name"),
    ("botocore-session", "create_client"): (1, "region_name"),
}
"""Kind of SDK session and method -> where it takes a region."""

REGION_KEYWORD = "region_name"

DROPPABLE = frozenset(
    name
    for name in REGION_ARGUMENTS
    if name.startswith(("boto3.", "aioboto3.", "botocore.config", "botocore.client", "aiobotocore."))
)
"""Those that take the region of the function without the argument."""

ENDPOINT_ARGUMENT = "endpoint_url"

EAST = frozenset({"us-east-1"})
WEST = frozenset({"us-west-2"})

IN_EAST = """
account acm acm-pca alexaforbusiness bcm-dashboards bcm-data-exports bcm-pricing-calculator
bcm-recommended-actions billing billingconductor budgets ce chime cloudfront cloudfront-keyvaluestore
cost-optimization-hub cur ecr-public freetier health iam importexport invoicing managedblockchain-query
marketplace-agreement marketplace-catalog marketplace-deployment marketplace-entitlement
marketplace-reporting marketplacecommerceanalytics meteringmarketplace mturk notifications
notificationscontacts nova-act organizations partnercentral-account partnercentral-benefits
partnercentral-channel partnercentral-selling payments route53 route53domains savingsplans shield sts
support support-app sustainability taxsettings trustedadvisor waf wafv2
"""
IN_WEST = """
arc-region-switch devicefarm globalaccelerator networkmanager route53-recovery-cluster
route53-recovery-control-config route53-recovery-readiness sagemaker-geospatial
"""

FIXED_REGIONS: dict[str, frozenset[str]] = {
    **dict.fromkeys(IN_EAST.split(), EAST),
    **dict.fromkeys(IN_WEST.split(), WEST),
    "pricing": frozenset({"us-east-1", "ap-south-1", "eu-central-1"}),
}
"""Service -> the regions in which it, or its part for the whole account, is found: it is right to name one.

Certificates (`acm`) and web ACLs (`wafv2`) for CloudFront live in us-east-1, and so do the domains' DNS.
The `sts` endpoint that stood for all regions is in us-east-1.
"""

CHOSEN_SERVICES = frozenset(
    {
        "bedrock",
        "bedrock-agent",
        "bedrock-agent-runtime",
        "bedrock-agentcore",
        "bedrock-agentcore-control",
        "bedrock-data-automation",
        "bedrock-data-automation-runtime",
        "bedrock-runtime",
    }
)
"""Services whose offer differs from region to region so much that the region is part of the choice: a model
is not found everywhere (https://docs.aws.amazon.com/bedrock/latest/userguide/models-regions.html)."""

FINDERS = {"s3": "get_bucket_location"}
"""Service -> the operation that tells in which region something is; us-east-1 answers for all of them
(https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html)."""

ACCOUNT_METRICS = frozenset(
    {
        "AWS/Billing",
        "AWS/CertificateManager",
        "AWS/CloudFront",
        "AWS/DDoSProtection",
        "AWS/Route53",
        "AWS/WAFV2",
    }
)
"""Namespaces whose metrics, for the whole account or for CloudFront, are found in us-east-1 only."""
