"""`encircle policy`: who may see what, as an auditor reads it: the policies, their legal basis, and the mandates."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from encircle.cli.options import CountryHelp

if TYPE_CHECKING:
    from encircle.core.access.policies import Policy
    from encircle.law.law import Law
    from encircle.law.mandate import Mandate


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its verb."""
    command = commands.add_parser("policy", help="who may see what, and by which rule")
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("show", help="the policies of access, and the mandates of a country")
    show.add_argument("country", metavar="CC", nargs="?", default="eu", help=f"{CountryHelp}; default: eu")
    show.add_argument("--role", metavar="ROLE", help="only the mandate of this role")
    show.add_argument(
        "--cedar", action="store_true", help="only the policies, as one file of Cedar, for the tools of Cedar"
    )
    show.add_argument(
        "--schema", action="store_true", help="only the schema of Cedar: what a policy may speak of"
    )
    show.set_defaults(run=run_show)


def run_show(asked: argparse.Namespace) -> int:
    """Each policy with what it means, rests on and says; then each mandate. Refuses: BadInput, no such role."""
    from encircle.actions.law import law_of  # loaded when asked for
    from encircle.core.access.policies import POLICIES, SCHEMA, text_of

    if asked.schema or asked.cedar:
        print((SCHEMA if asked.schema else text_of()).strip())
        return 0
    law = law_of(asked.country)
    if asked.role is None:
        for policy in POLICIES:
            print("\n".join(_policy(policy, law)), end="\n\n")
    for mandate in _mandates(law, asked.role):
        print("\n".join(_mandate(mandate)))
    return 0


def _policy(policy: "Policy", law: "Law") -> Iterator[str]:
    binding = {act.code for act in law.acts if act.binds(law.country)}
    yield f"{policy.id}: {policy.words}"
    for basis in policy.rests_on:
        bound = "" if basis.act in binding else f"; does not bind {law.country}"
        read = "not read by us" if basis.read is None else f"read: {basis.read}"
        yield f"  rests on: {basis.act} {basis.at} ({read}{bound})"
    yield from (f"    {line}" for line in policy.text.splitlines())


def _mandates(law: "Law", role: str | None) -> Iterator["Mandate"]:
    from encircle.vocabulary.refusal import BadInput
    from encircle.vocabulary.role import Role

    if role is not None and role not in set(Role):
        reason = f"There is no role {role!r}. There are: {', '.join(sorted(Role))}."
        raise BadInput(code="bad_role", reason=reason, where="--role")
    yield from (mandate for mandate in law.mandates if role in (None, mandate.role.value))


def _mandate(mandate: "Mandate") -> Iterator[str]:
    yield f"{mandate.role.value}: {mandate.told()}"
    yield f"  purposes: {', '.join(sorted(mandate.purposes)) or 'none'}"
    for visit, groups in mandate.opened_for().items():
        yield f"  visits a record to {visit.value}: {', '.join(sorted(groups)) or 'nothing of it'}"
    if mandate.widened_by:
        yield f"  may hold as well the mandate of: {', '.join(sorted(mandate.widened_by))}"
    for source in mandate.sources:
        read = "not read by us" if source.read is None else f"read: {source.read.where}"
        yield f"  rests on: {source.cite()} ({read})"
    if mandate.set_by is not None:
        yield f"  practice, not law: {mandate.set_by}"
    yield f"  stands in: {', '.join(map(str, mandate.origins))}"
