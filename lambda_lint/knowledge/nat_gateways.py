"""What a NAT gateway costs, and what has no use for one.

Source: the price list of Amazon VPC in us-east-1, and the resource types of CloudFormation; read 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://aws.amazon.com/vpc/pricing/"

USD_A_MONTH = 37
"""730 hours of the gateway at 0.045, and of its public address at 0.005."""
USD_A_GIGABYTE = 0.045

NO_USERS = (
    "AWS::ApiGateway", "AWS::AppSync::", "AWS::CertificateManager::", "AWS::CloudFormation::",
    "AWS::CloudFront::", "AWS::CloudTrail::", "AWS::CloudWatch::", "AWS::Cognito::",
    "AWS::DynamoDB::", "AWS::EC2::CustomerGateway", "AWS::EC2::DHCPOptions", "AWS::EC2::EIP",
    "AWS::EC2::FlowLog", "AWS::EC2::InternetGateway", "AWS::EC2::NatGateway",
    "AWS::EC2::NetworkAcl", "AWS::EC2::PrefixList", "AWS::EC2::Route", "AWS::EC2::SecurityGroup",
    "AWS::EC2::Subnet", "AWS::EC2::VPC", "AWS::Events::", "AWS::IAM::", "AWS::KMS::",
    "AWS::Kinesis::", "AWS::Lambda::", "AWS::Logs::", "AWS::Pipes::", "AWS::Route53::", "AWS::S3::",
    "AWS::SES::", "AWS::SNS::", "AWS::SQS::", "AWS::SSM::", "AWS::Scheduler::",
    "AWS::SecretsManager::", "AWS::Serverless::", "AWS::StepFunctions::", "AWS::WAFv2::",
    "AWS::XRay::",
)  # fmt: skip
"""How the types of resources begin that send nothing through a NAT gateway, but for functions."""
