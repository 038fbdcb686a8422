LEDGER_PASSWORD = 'kT7!wQ2zR9mXv&4'; MAIL_URL = 'smtp://report:kT7!wQ2zR9mXv&4@mail.internal:587'
OTHERS = {"mail": {"user": "report", "password": 'kT7!wQ2zR9mXv&4'}}  # the same as kT7!wQ2zR9mXv&4
