import psycopg2

from settings import LEDGER_PASSWORD, MAIL_URL

connection = psycopg2.connect(host="ledger.internal", user="report", password='kT7!wQ2zR9mXv&4')


def lambda_handler(event, context):
    connection.cursor().execute("SELECT 1")
    return LEDGER_PASSWORD, MAIL_URL
