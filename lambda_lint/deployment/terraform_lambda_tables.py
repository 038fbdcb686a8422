"""What the module `terraform-aws-modules/lambda/aws` calls what it makes.

From https://registry.terraform.io/modules/terraform-aws-modules/lambda/aws, version 8, 2026-11.
"""

import re

SOURCE = re.compile(r"(?:^|/)terraform-aws-modules/(?:lambda/aws|terraform-aws-lambda(?:\.git)?)(?:\?|$)")
NAMES = {
    "architectures": "Architectures",
    "dead_letter_target_arn": "DeadLetterConfig.TargetArn",
    "environment_variables": "Environment.Variables",
    "ephemeral_storage_size": "EphemeralStorage.Size",
    "function_name": "FunctionName",
    "handler": "Handler",
    "image_config_command": "ImageConfig.Command",
    "image_uri": "Code.ImageUri",
    "lambda_role": "Role",
    "layers": "Layers",
    "memory_size": "MemorySize",
    "package_type": "PackageType",
    "reserved_concurrent_executions": "ReservedConcurrentExecutions",
    "runtime": "Runtime",
    "timeout": "Timeout",
    "tracing_mode": "TracingConfig.Mode",
    "vpc_security_group_ids": "VpcConfig.SecurityGroupIds",
    "vpc_subnet_ids": "VpcConfig.SubnetIds",
}
ASYNCHRONOUS = {
    "destination_on_failure": "DestinationConfig.OnFailure.Destination",
    "destination_on_success": "DestinationConfig.OnSuccess.Destination",
    "maximum_event_age_in_seconds": "MaximumEventAgeInSeconds",
    "maximum_retry_attempts": "MaximumRetryAttempts",
}
MAPPING = {"destination_arn_on_failure": "DestinationConfig.OnFailure.Destination"}
STATEMENT = {
    "actions": "Action",
    "condition": "Condition",
    "effect": "Effect",
    "not_actions": "NotAction",
    "not_resources": "NotResource",
    "resources": "Resource",
}
OPEN_POLICIES = frozenset(
    {
        "attach_async_event_policy",
        "attach_dead_letter_policy",
        "attach_network_policy",
        "attach_tracing_policy",
        "policies",
        "policy",
        "policy_jsons",
        "assume_role_policy_statements",
    }
)
"""Arguments by which the role may do more than is looked into."""
OUTPUTS = {
    "lambda_function_arn": "Arn",
    "lambda_function_invoke_arn": "Arn",
    "lambda_function_name": "",
    "lambda_function_qualified_arn": "Arn",
}
