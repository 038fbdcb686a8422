import boto3


def keep(*clients):
    return boto3.resource("dynamodb").Table("clients").put_item(Item={"id": len(clients)})
