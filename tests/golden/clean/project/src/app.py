import boto3

table = boto3.resource("dynamodb").Table("greetings")


def lambda_handler(event, context):
    return {"statusCode": 200, "body": greeting(event["pathParameters"]["name"])}


def greeting(name):
    return table.get_item(Key={"name": name})["Item"]["text"]
