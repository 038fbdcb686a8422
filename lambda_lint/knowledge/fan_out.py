"""Requests that a loop need not make one after another: starts of jobs, and work on one thing that waits.

What has a twin for many things at once stands in `batching`, and not here.

Source: the API references of the services, such as
https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html"

STARTS: dict[tuple[str, str], str] = {
    ("athena", "start_query_execution"): "a query",
    ("batch", "submit_job"): "a job",
    ("bedrock-agentcore", "invoke_agent_runtime"): "an agent",
    ("codebuild", "start_build"): "a build",
    ("codepipeline", "start_pipeline_execution"): "a pipeline",
    ("ecs", "run_task"): "a task",
    ("ecs", "start_task"): "a task",
    ("emr-serverless", "start_job_run"): "a job",
    ("glue", "start_crawler"): "a crawler",
    ("glue", "start_job_run"): "a job",
    ("mediaconvert", "create_job"): "a job",
    ("rekognition", "start_label_detection"): "a job",
    ("sagemaker", "create_processing_job"): "a job",
    ("sagemaker", "create_training_job"): "a job",
    ("sagemaker", "create_transform_job"): "a job",
    ("sagemaker", "start_pipeline_execution"): "a pipeline",
    ("ssm", "send_command"): "a command",
    ("ssm", "start_automation_execution"): "an automation",
    ("stepfunctions", "start_execution"): "a workflow",
    ("stepfunctions", "start_sync_execution"): "a workflow",
    ("textract", "start_document_analysis"): "a job",
    ("textract", "start_document_text_detection"): "a job",
    ("transcribe", "start_transcription_job"): "a job",
}
"""Service and operation -> what a call starts, in words."""

REQUESTS: dict[str, frozenset[str]] = {
    "bedrock-agent-runtime": frozenset({"invoke_agent", "retrieve", "retrieve_and_generate"}),
    "bedrock-runtime": frozenset(
        {"converse", "converse_stream", "invoke_model", "invoke_model_with_response_stream"}
    ),
    "comprehend": frozenset({"classify_document", "detect_pii_entities"}),
    "comprehendmedical": frozenset({"detect_entities_v2", "detect_phi"}),
    "polly": frozenset({"synthesize_speech"}),
    "rekognition": frozenset(
        {
            "compare_faces",
            "detect_faces",
            "detect_labels",
            "detect_moderation_labels",
            "detect_text",
            "index_faces",
            "search_faces_by_image",
        }
    ),
    "s3": frozenset(
        {
            "copy",
            "copy_object",
            "download_file",
            "download_fileobj",
            "get_object",
            "head_object",
            "put_object",
            "upload_file",
            "upload_fileobj",
        }
    ),
    "sagemaker-runtime": frozenset({"invoke_endpoint"}),
    "ses": frozenset({"send_email", "send_raw_email", "send_templated_email"}),
    "sesv2": frozenset({"send_email"}),
    "textract": frozenset({"analyze_document", "analyze_expense", "analyze_id", "detect_document_text"}),
    "translate": frozenset({"translate_document", "translate_text"}),
}
"""Service -> operations on one thing, which answer when it is done."""

NO_HTTP_REQUESTS = frozenset({"Request", "build_request"})
"""The last names of callables that take a URL and send nothing."""
