import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["GREETINGS"])


def lambda_handler(event, context):
    return {"statusCode": 200, "body": greeting(event["pathParameters"]["name"])}


def greeting(name):
    answer = table.get_item(Key={"name": name}, ProjectionExpression="greeting")
    return answer["Item"]["greeting"]
