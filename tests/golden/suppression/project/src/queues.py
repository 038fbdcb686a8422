# lambda-lint: ignore-file[performance] generated
import boto3


def tell(event):
    boto3.client("sqs").send_message(QueueUrl=event["queue"], MessageBody="done")
