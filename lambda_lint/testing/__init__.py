"""The page-test harness, public for rule packs.

A pack tests its pages with two lines::

    @pytest.mark.parametrize("case", cases_of(Path("my_rules")), ids=str)
    def test_page(case): check_case(case)
"""

from lambda_lint.testing.annotations import CaseError
from lambda_lint.testing.cases import Case, cases_of
from lambda_lint.testing.check import CaseFailedError, check_case, check_mutants

__all__ = ["Case", "CaseError", "CaseFailedError", "cases_of", "check_case", "check_mutants"]
