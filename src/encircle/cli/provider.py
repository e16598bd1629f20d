"""`encircle provider`: ask each identity provider that is set, and say in a line whether people can sign in by it."""

import argparse
import os
from pathlib import Path

MEANINGS = {
    "busy": "is asked by others just now: try again",
    "elsewhere": "names an address without https, or at a host that is not in its `hosts`",
    "no_answer": "does not answer in time, or its certificate is not one that is trusted (`ca_file`)",
    "no_keys": "has no key of a kind that is believed",
    "no_pkce": "says that it does not know PKCE with S256",
    "not_json": "answers something that is no object of JSON",
    "not_ok": "answers with something else than 200: look at `issuer`",
    "other_issuer": "calls itself otherwise than `issuer`, letter by letter",
    "too_large": "answers too much",
}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its options."""
    command = commands.add_parser(
        "provider", help="ask each identity provider whether people can sign in by it"
    )
    command.add_argument(
        "--file", type=Path, metavar="FILE", help="the file of providers (default: ENCIRCLE_PROVIDERS)"
    )
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """A line for each; 1 if one cannot be used. Refuses: ProvidersRefused, a file that cannot be used."""
    from encircle.host.provider.fetch import ProviderAway  # loaded when asked for
    from encircle.host.provider.known import known
    from encircle.host.provider.setting import read_providers

    named = asked.file or os.environ.get("ENCIRCLE_PROVIDERS")
    if not named:
        print("No identity provider is set: staff sign in with login and password.")
        return 0
    failed = 0
    for one in read_providers(Path(named)):
        try:
            found = known(one)
            agencies = ", ".join(sorted(one.agencies))
            print(f"{one.code}: answers, {len(found.keys.keys)} keys; for the people of {agencies}.")
        except ProviderAway as away:
            failed = 1
            print(f"{one.code}: {MEANINGS.get(away.code, 'cannot be used')} ({away.code}).")
    return failed
