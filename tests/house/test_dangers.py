"""Dangerous things are not there, or stand in a short list with its reason. Each rule reads the code and catches a plant."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

import pytest

from encircle.config import settings
from encircle.host.provider.setting import ALGORITHMS
from tests.house.source import ROOT, Python, python_files, read_python, text_files

SOURCE = tuple(python_files("src"))
MIGRATIONS = "src/encircle/records/migrations/"
Finds = Callable[[Python], Iterator[str]]

RUNS_WORDS = {"eval", "exec", "compile", "__import__"}
COMPILES = {
    "src/encircle/law/condition/compiling.py": "conditions of packs; tests/law/condition/test_grammar.py"
}
SHELLS = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput", "pty.spawn"}
READS_CODE = {"pickle", "marshal", "shelve", "dill", "jsonpickle"}
YAML = {"yaml.load", "yaml.unsafe_load", "yaml.full_load"}
WEAK = {"MD5", "SHA1", "ECB", "CBC", "ARC4", "TripleDES", "Blowfish", "IDEA", "PKCS1v15", "Fernet"}
WEAK_HASHES = {"md5", "sha1", "new"}
NOT_THERE = {
    *("ldap", "ldap3", "memcache", "pymemcache", "pylibmc", "redis", "graphene", "strawberry", "channels"),
    *("xml", "lxml", "defusedxml", "xmltodict", "saml2", "onelogin", "authlib", "oauthlib"),
}
"""Libraries of services and formats that are not spoken here."""
NETWORK = {"socket", "smtplib", "http", "ftplib", "ssl", "requests", "httpx", "aiohttp", "urllib3"}
REACHES = {
    "src/encircle/cli/serve.py": "asks its own pages whether they are up",
    "src/encircle/host/lines.py": "counts bytes of lines that are open here, and opens none",
    "src/encircle/host/file/scanner.py": "shows files to the scanner on this machine that the operator named",
    "src/encircle/host/provider/fetch.py": "asks the identity providers that the operator named",
    "src/encircle/host/mail.py": "hands a notice to the mail server that the operator named",
}
CHANCE = ("src/encircle/actions/synthetic/", "src/encircle/actions/loading.py")
"""Where the invented country of a demonstration is drawn by a seed."""
SECRET = re.compile(
    r"(^|_)(secret|token|mac|hmac|signature|password|passphrase|digest|nonce|otp|cookie|hashed|session_key)(_|$)"
)
COMPARED = {
    "src/encircle/actions/access_file.py": "the digest of a paper that who asks has before them",
    "src/encircle/actions/childs_page/handing.py": "the id of a form, found again in a list of ids",
    "src/encircle/actions/invitation.py": "two fields that the same person typed",
    "src/encircle/actions/sessions.py": "which of the own sessions is this one, by their hashes",
    "src/encircle/records/adopted.py": "the mark of a state of the packs",
}
"""Where something that is called so is compared with ==, and why nobody learns a secret by the time that it takes."""
SAFE_MARKUP = {
    "src/encircle/web/page/html.py": "the one place that fills markup, escaping each part",
    "src/encircle/web/page/asset.py": "an icon from our own sprite",
    "src/encircle/web/page/tags.py": "reads each part through html.py",
    "src/encircle/web/page/form_mark.py": "our own token and seal",
    "src/encircle/web/desk/day_lines.py": "fixed pieces between parts of html.py",
    "src/encircle/web/law/practice/form.py": "a list around parts of html.py",
    "src/encircle/web/law/practice/words.py": "a list around parts of html.py",
}
LIBRARIES_OF_CRYPTOGRAPHY = {"cryptography", "hashlib", "hmac", "joserfc", "secrets"}
STRANGERS = {"Crypto", "Cryptodome", "nacl", "jwt", "jose", "passlib", "bcrypt", "rsa", "ecdsa", "M2Crypto"}


@cache
def nodes(file: Python) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(file.tree))


def called(node: ast.AST) -> str:
    """The name of what is called: `f`, `a.f`, or the last part of a longer one."""
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name
        case ast.Call(func=ast.Attribute(value=ast.Name(id=of), attr=name)):
            return f"{of}.{name}"
        case ast.Call(func=ast.Attribute(attr=name)):
            return f".{name}"
    return ""


def imported(file: Python) -> Iterator[tuple[str, int]]:
    """Each module that is imported, by its whole name and line."""
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{name.name}", node.lineno) for name in node.names)


def calls(file: Python, names: set[str]) -> Iterator[str]:
    return (f"{file.path}:{n.lineno} {called(n)}" for n in nodes(file) if called(n) in names)  # type: ignore[attr-defined]  # a call has a line


def imports(file: Python, roots: set[str]) -> Iterator[str]:
    return (f"{file.path}:{line} {name}" for name, line in imported(file) if name.split(".")[0] in roots)


def code_of_words(file: Python) -> Iterator[str]:
    if file.path not in COMPILES:
        yield from calls(file, RUNS_WORDS)


def shells(file: Python) -> Iterator[str]:
    yield from calls(file, SHELLS)
    for node in nodes(file):
        if isinstance(node, ast.keyword) and node.arg == "shell":
            yield f"{file.path}:{node.value.lineno} shell"


def code_read_back(file: Python) -> Iterator[str]:
    yield from imports(file, READS_CODE)
    yield from calls(file, YAML)


def compared(file: Python) -> Iterator[str]:
    """What is called a secret, compared sign by sign: the time tells how many were right."""
    if file.path in COMPARED:
        return
    for node in nodes(file):
        if isinstance(node, ast.Compare) and any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops):
            sides = [node.left, *node.comparators]
            if not any(isinstance(side, ast.Constant) for side in sides) and any(
                SECRET.search(_named(side)) for side in sides
            ):
                yield f"{file.path}:{node.lineno} compared"


def _named(node: ast.expr) -> str:
    """The name of a value. Its length is no secret, and a name in capitals is a constant."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=ast.Name(id="len")):
            return ""
        case ast.Call(func=func):
            return _named(func)
        case ast.Subscript(value=value):
            return _named(value)
    return ""


def glued_sql(file: Python) -> Iterator[str]:
    """A statement with a value in it: f-strings whose part is no constant in capitals or name of a closed list."""
    if file.path.startswith(MIGRATIONS):
        return
    for node in nodes(file):
        if called(node).endswith((".execute", ".executemany", ".raw", ".extra", "RawSQL")) and isinstance(
            node, ast.Call
        ):
            for part in ast.walk(node.args[0]) if node.args else ():
                if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mod | ast.Add):
                    yield f"{file.path}:{node.lineno} glued"
                if isinstance(part, ast.FormattedValue) and not _is_fixed(part.value, file, node):
                    yield f"{file.path}:{node.lineno} glued"


def _is_fixed(part: ast.expr, file: Python, statement: ast.Call) -> bool:
    """A constant of the module; or the statement says, with a code, from which closed list the name comes."""
    constant = isinstance(part, ast.Name) and part.id.lstrip("_").isupper()
    lines = file.lines[statement.lineno - 1 : statement.end_lineno]
    return constant or any("# nosec B608  # " in line for line in lines)


def weak(file: Python) -> Iterator[str]:
    for node in nodes(file):
        if called(node) in {f"hashlib.{name}" for name in WEAK_HASHES}:
            yield f"{file.path}:{node.lineno} {called(node)}"  # type: ignore[attr-defined]  # a call has a line
    for name, line in imported(file):
        if name.startswith(("cryptography", "hashlib")) and name.split(".")[-1] in WEAK | WEAK_HASHES:
            yield f"{file.path}:{line} {name}"


def strange_cryptography(file: Python) -> Iterator[str]:
    yield from imports(file, STRANGERS)


def not_there(file: Python) -> Iterator[str]:
    yield from imports(file, NOT_THERE)
    yield from (f"{file.path}:{n} {m}" for m, n in imported(file) if m.startswith("allauth.socialaccount"))


def network(file: Python) -> Iterator[str]:
    if file.path in REACHES:
        return
    found = [*imports(file, NETWORK)]
    found += [f"{file.path}:{n} {m}" for m, n in imported(file) if m.startswith("urllib.request")]
    yield from found


def chance(file: Python) -> Iterator[str]:
    if not file.path.startswith(CHANCE):
        yield from imports(file, {"random", "numpy"})


def safe_markup(file: Python) -> Iterator[str]:
    if file.path not in SAFE_MARKUP:
        yield from calls(file, {"SafeString", "mark_safe", "format_html"})


def files_taken(file: Python) -> Iterator[str]:
    for node in nodes(file):
        taken = isinstance(node, ast.Attribute) and node.attr == "FILES"
        if taken and file.path != "src/encircle/web/page/kept.py":  # says only that files cannot be kept
            yield f"{file.path}:{node.lineno} FILES"
    yield from (
        f"{file.path}:{n} {m}" for m, n in imported(file) if m.endswith((".FileField", "UploadedFile"))
    )


def templates_of_words(file: Python) -> Iterator[str]:
    yield from calls(file, {".from_string", "engine.from_string", "template.Template", "jinja2.Template"})


def patterns_of_words(file: Python) -> Iterator[str]:
    """A pattern with something typed in it: a part that is neither a constant nor escaped, outside law and vocabulary."""
    if file.path.startswith(("src/encircle/law/", "src/encircle/core/", "src/encircle/vocabulary/")):
        return  # these read packs and closed lists, never what somebody typed into a form
    for node in nodes(file):
        if called(node).startswith("re.") and isinstance(node, ast.Call) and node.args:
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.FormattedValue) and called(part.value) != "re.escape":
                    yield f"{file.path}:{node.lineno} {called(node)}"


def found(rule: Finds) -> list[str]:
    return [one for file in SOURCE for one in rule(file)]


def test_no_code_is_made_of_words():
    assert found(code_of_words) == []


def test_no_shell_is_started():
    assert found(shells) == []


def test_nothing_is_read_back_that_could_run():
    assert found(code_read_back) == []


def test_no_value_is_glued_into_sql():
    assert found(glued_sql) == []


def test_no_secret_is_compared_sign_by_sign():
    assert found(compared) == []
    paths = {file.path for file in SOURCE}
    assert COMPARED.keys() <= paths


def test_no_weak_hash_or_cipher_is_used():
    assert found(weak) == []


def test_cryptography_comes_from_named_libraries():
    assert found(strange_cryptography) == []
    used = {name.split(".")[0] for file in SOURCE for name, _ in imported(file)}
    assert used >= LIBRARIES_OF_CRYPTOGRAPHY


def test_nothing_speaks_to_a_service_that_is_not_there():
    assert found(not_there) == []


def test_no_one_else_signs_people_in():
    """But by OpenID Connect, as we check it ourselves: no library signs people in beside us, and no SAML is spoken."""
    assert [app for app in settings.INSTALLED_APPS if "social" in app or "oidc" in app or "saml" in app] == []
    believes = {file.path for file in SOURCE for name, _ in imported(file) if name.startswith("joserfc")}
    assert believes == {f"src/encircle/host/provider/{name}.py" for name in ("known", "token")}


def test_a_token_names_a_way_of_signing_that_is_taken_from_a_list_without_shared_secrets():
    assert {one[:2] for one in ALGORITHMS} == {"ES", "PS", "RS"}


def test_only_named_files_reach_the_network():
    assert found(network) == []
    assert [path for path in REACHES if not (ROOT / path).exists()] == []


def test_secrets_come_from_the_source_of_the_system():
    assert found(chance) == []


def test_markup_is_called_safe_in_named_places_only():
    assert found(safe_markup) == []
    templates = text_files("src/encircle/web/templates/**/*.html")
    wild = [path for path, text in templates if re.search(r"\|\s*safe\b|autoescape|safeseq", text)]
    assert wild == ["src/encircle/web/templates/mfa/totp/activate_form.html"], (
        "the picture that allauth draws"
    )


def test_the_door_and_its_desk_alone_take_files_and_seal_them_as_they_come_in():
    assert found(files_taken) == []
    templates = text_files("src/encircle/web/templates/**/*.html")
    assert [path for path, text in templates if re.search(r'type="file"|multipart', text)] == [
        "src/encircle/web/templates/desk/report.html",
        "src/encircle/web/templates/door/files.html",
    ]
    assert settings.FILE_UPLOAD_HANDLERS == ["encircle.web.page.no_files.NoFiles"]


def test_no_template_is_made_of_words():
    assert found(templates_of_words) == []


def test_no_pattern_is_made_of_what_was_typed():
    assert found(patterns_of_words) == []


def test_our_scripts_keep_nothing_and_listen_to_nobody():
    wild = re.compile(
        r"localStorage|sessionStorage|indexedDB|document\.cookie|postMessage|onmessage|\"message\"|__proto__"
        r"|\beval\(|new Function|innerHTML|document\.write"
    )
    scripts = [path for path in settings.STATIC_ROOT.rglob("*.js") if "vendor" not in path.parts]
    assert sorted(path.name for path in scripts) == ["door.js", "passkey.js"]
    assert [path.name for path in scripts if wild.search(path.read_text("utf-8"))] == []
    (htmx,) = (settings.STATIC_ROOT / "vendor").glob("*.js")
    kept = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|postMessage")
    assert kept.findall(htmx.read_text("utf-8")) == []


PLANTED: Mapping[str, tuple[Finds, str]] = {
    "eval": (code_of_words, "eval('1')"),
    "exec": (code_of_words, "exec(words)"),
    "system": (shells, "import os\nos.system(words)"),
    "shell": (shells, "import subprocess\nsubprocess.run(words, shell=True)"),
    "pickle": (code_read_back, "from pickle import loads"),
    "yaml": (code_read_back, "import yaml\nyaml.load(text)"),
    "equal": (compared, "if token == given:\n    pass"),
    "unequal": (compared, "wrong = row.code_digest != digest(typed)"),
    "f-string": (glued_sql, "cursor.execute(f'SELECT {name}')"),
    "plus": (glued_sql, "cursor.execute('SELECT ' + name)"),
    "percent": (glued_sql, "cursor.execute('SELECT %s' % name)"),
    "md5": (weak, "import hashlib\nhashlib.md5(b'')"),
    "sha1": (weak, "from hashlib import sha1"),
    "ecb": (weak, "from cryptography.hazmat.primitives.ciphers.modes import ECB"),
    "jwt": (strange_cryptography, "import jwt"),
    "ldap": (not_there, "import ldap3"),
    "xml": (not_there, "from xml.etree import ElementTree"),
    "provider": (not_there, "from allauth.socialaccount.models import SocialApp"),
    "http": (network, "import urllib.request"),
    "socket": (network, "from socket import create_connection"),
    "random": (chance, "import random"),
    "mark_safe": (safe_markup, "mark_safe(words)"),
    "upload": (files_taken, "request.FILES['x']"),
    "template": (templates_of_words, "engine.from_string(words)"),
    "pattern": (patterns_of_words, "import re\nre.search(f'{words}', text)"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_danger_is_caught(name: str):
    rule, text = PLANTED[name]
    assert len([*rule(read_python("src/encircle/web/planted.py", text))]) == 1
