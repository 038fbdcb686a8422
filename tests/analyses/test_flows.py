"""How a flow grows, and where it ends because it is too long to follow."""

from __future__ import annotations

from running import linked

from lambda_lint.analyses.flows import search_of
from lambda_lint.analyses.flows_keys import EncodedKeys
from lambda_lint.analyses.flows_model import MAX_KEYS, MAX_STEPS, MAX_THROUGH, Flow, FlowOrigin, FlowStep

EVENT = Flow(FlowOrigin.EVENT, (0, 1), (), ())


def test_it_has_the_name_that_people_write() -> None:
    flow = EVENT.taken("Records")
    flow = flow and flow.taken(0)
    flow = flow and flow.taken("body")
    assert flow is not None
    assert flow.name == "event.Records[].body"
    assert Flow(FlowOrigin.SECRET, (0, 1), (), ("SecretString",)).name == "secret.SecretString"


def test_too_many_keys_are_no_flow() -> None:
    flow: Flow | None = EVENT
    for _ in range(MAX_KEYS):
        flow = flow and flow.taken("a")
    assert flow is not None
    assert flow.taken("a") is None
    held: Flow | None = EVENT
    for _ in range(MAX_KEYS):
        held = held and held.put_into("a")
    assert held is not None
    assert held.put_into("a") is None


def test_what_goes_through_too_much_is_no_flow() -> None:
    names = [f"module.f{number}" for number in range(MAX_THROUGH)]
    flow = EVENT.via(*names)
    assert flow is not None
    assert flow.via("module.last") is None
    assert flow.via(names[-1]) == flow


def test_further_steps_are_left_out() -> None:
    flow = EVENT
    for number in range(MAX_STEPS + 3):
        flow = flow.at(FlowStep(0, number, "a", "b", "somewhere"))
    assert len(flow.steps) == MAX_STEPS


def test_reads_of_one_function_are_one_step() -> None:
    first = FlowStep(0, 1, "main", "main", "`event.a` is read", is_read=True)
    second = FlowStep(0, 2, "main", "main", "`event.a.b` is read", is_read=True)
    other = FlowStep(0, 3, "helper", "helper", "`event.a.b.c` is read", is_read=True)
    assert EVENT.at(first).at(second).at(other).steps == (second, other)
    assert second.reads("event.a.b")
    assert not second.reads("event.a")


def test_test_code_is_not_followed() -> None:
    """In a project that is looked at as a whole; else a test stands alone."""
    code = """\
        import boto3

        s3 = boto3.client("s3")

        def lambda_handler(event, context):
            key = event["Records"][0]["s3"]["object"]["key"]
            s3.get_object(Bucket="orders", Key=key)
    """
    units, project = linked({"app.py": code, "tests/test_app.py": code})
    handler, tests = range(len(units.sources))
    (root,) = project.handlers[0].roots
    assert root[0] == handler
    assert project.tests == {tests}
    entries = search_of(project).entries
    assert entries.of(root, "event") is not None
    assert entries.of((tests, root[1]), "event") is None
    keys = EncodedKeys(project)
    assert len(keys.in_module(handler)) == 1
    assert not keys.in_module(tests)
