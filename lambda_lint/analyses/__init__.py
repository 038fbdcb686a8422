"""The larger questions of rules, answered from the model: flows of the event, uses of results, waits."""
