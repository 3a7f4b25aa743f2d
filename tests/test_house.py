"""The house's habits as facts: what every action, view, model and template here looks like."""

import ast
import inspect
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

import casework.actions
import casework.decisions.actions
import casework.engagement.actions
import casework.keying.actions
import casework.material.actions
import casework.reports.actions
import casework.support.actions
import casework.tribunal.actions
import nexus.accounts.actions
import nexus.notifications.actions
import nexus.retention.actions
import nexus.rights.actions
import referrals.actions
import referrals.desk.actions
import referrals.duty_desk.actions
import referrals.quality.actions
from casework.decisions.permissions import WHO_MAY as DECISIONS
from casework.engagement.permissions import WHO_MAY as ENGAGEMENT
from casework.keying.permissions import WHO_MAY as KEYING
from casework.material.permissions import WHO_MAY as MATERIAL
from casework.permissions import ABSENCES
from casework.permissions import WHO_MAY as CASEWORK
from casework.reports.permissions import WHO_MAY as REPORTS
from casework.support.permissions import WHO_MAY as SUPPORT
from casework.tribunal.permissions import WHO_MAY as TRIBUNAL
from nexus.accounts.permissions import WHO_MAY as ACCOUNTS
from nexus.accounts.permissions import WhoMay
from nexus.notifications.permissions import WHO_MAY as NOTIFICATIONS
from nexus.retention.permissions import WHO_MAY as RETENTION
from nexus.rights.permissions import WHO_MAY as RIGHTS
from referrals.desk.permissions import WHO_MAY as DESK
from referrals.duty_desk.permissions import CALLS, MATTERS, ROTA
from referrals.duty_desk.permissions import WHO_MAY as ENQUIRIES
from referrals.permissions import PROPOSALS
from referrals.permissions import WHO_MAY as REFERRALS
from referrals.quality.permissions import WHO_MAY as QUALITY

CHECKOUT = Path(__file__).resolve().parent.parent
OURS = [path for app in ("nexus", "referrals", "casework") for path in sorted((CHECKOUT / app).rglob("*.py"))]
CODE = {path: ast.parse(path.read_text()) for path in OURS if "migrations" not in path.parts}
TEMPLATES = sorted((CHECKOUT / "templates").rglob("*.html"))
ACTIONS = (
    nexus.accounts.actions,
    referrals.actions,
    referrals.desk.actions,
    referrals.duty_desk.actions,
    referrals.quality.actions,
    casework.actions,
    casework.engagement.actions,
    casework.decisions.actions,
    casework.keying.actions,
    casework.material.actions,
    casework.reports.actions,
    casework.support.actions,
    casework.tribunal.actions,
    nexus.notifications.actions,
    nexus.retention.actions,
    nexus.rights.actions,
)

# Done by the schedule or a worker: nobody's name stands behind them.
BY_ITSELF = {
    "queue_due",
    "begin",
    "build",
    "finish",
    "fail",
    "sweep",
    "open_case",
    "chase",
    "remind",
    "end_idle_claims",
    "draw_due",
    "tell_of_clocks",
    "tell_of_gaps",
    "tell_of_views",
}
BY_ITSELF |= {"expire", "tell_of_overdue", "watch_appeal_time"}
BY_ITSELF |= {"exchange", "remind", "reckon_again"}
BY_ITSELF |= {"notify", "notify_all", "send", "send_digests", "read_documents"}
# A view is a door: it parses, makes one call and shows the result.
LONGEST_VIEW = 40


# Keyword-only, and answers by the name of their column.
NAMED = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(CHECKOUT)}:{getattr(node, 'lineno', 0)}"


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def actions() -> Iterator[tuple[str, Any]]:
    for package in ACTIONS:
        for name in package.__all__:
            found = getattr(package, name)
            if inspect.isfunction(found):
                yield f"{package.__name__}.{name}", found


@pytest.mark.parametrize(
    ("name", "action"), list(actions()), ids=lambda given: given if isinstance(given, str) else ""
)
def test_actions_are_keyword_only_and_take_by_and_now(name: str, action: Any) -> None:
    parameters = inspect.signature(action).parameters
    assert {each.kind for each in parameters.values()} <= NAMED
    assert {"now", "clock"} & set(parameters)
    assert "by" in parameters or name.rpartition(".")[2] in BY_ITSELF
    assert (action.__doc__ or "").strip()


# Verbs that are no action of their own: reading, and what several actions are permitted by.
READING = {
    "view",
    "view_asked",
    "view_assessment",
    "view_bundle",
    "view_released",
    "view_inside",
    "view_discussion",
    "view_verbal",
    "view_dashboard",
    "view_officers",
    "view_calls",
    "view_desk",
    "view_every_force",
    "view_figures",
    "view_flags",
    "view_hearings",
    "view_ledger",
    "view_litigation",
    "view_mine",
    "view_parked",
    "view_print",
    "view_proposals",
    "view_queue",
    "view_reviews",
    "view_views",
    "export",
    "view_workload",
    "read_audit",
    "hold_account",
}
PERMITS = {"confirm_flag": "confirm", "confirm_allocation": "confirm"}
PERMITS |= {"edit": "save_section", "administer": "add_user"}


@pytest.mark.parametrize(
    ("who_may", "package"),
    [
        (REFERRALS, referrals.actions),
        (PROPOSALS, referrals.actions),
        (QUALITY, referrals.quality.actions),
        (DESK, referrals.desk.actions),
        (ENQUIRIES, referrals.duty_desk.actions),
        (ROTA, referrals.duty_desk.actions),
        (MATTERS, referrals.duty_desk.actions),
        (CALLS, referrals.duty_desk.actions),
        (CASEWORK, casework.actions),
        (ENGAGEMENT, casework.engagement.actions),
        (DECISIONS, casework.decisions.actions),
        (KEYING, casework.keying.actions),
        (MATERIAL, casework.material.actions),
        (ABSENCES, casework.actions),
        (REPORTS, casework.reports.actions),
        (TRIBUNAL, casework.tribunal.actions),
        (SUPPORT, casework.support.actions),
        (ACCOUNTS, nexus.accounts.actions),
        (NOTIFICATIONS, nexus.notifications.actions),
        (RETENTION, nexus.retention.actions),
        (RIGHTS, nexus.rights.actions),
    ],
    ids=[
        "referrals",
        "proposals",
        "quality",
        "desk",
        "enquiries",
        "rota",
        "matters",
        "calls",
        "casework",
        "engagement",
        "decisions",
        "keying",
        "material",
        "absences",
        "reports",
        "tribunal",
        "support",
        "accounts",
        "notifications",
        "retention",
        "rights",
    ],
)
def test_every_verb_has_its_action(who_may: WhoMay, package: Any) -> None:
    missing = [
        verb for verb in who_may if verb not in READING and not hasattr(package, PERMITS.get(verb, verb))
    ]
    assert missing == []
    assert [verb for verb, roles in who_may.items() if not roles] == []


def test_nothing_is_imported_inside_a_function() -> None:
    hidden = [
        where(path, node)
        for path, tree in CODE.items()
        for function in functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_views_are_short() -> None:
    doors = {path: tree for path, tree in CODE.items() if "views" in path.name or "views" in path.parts}
    long = [
        where(path, view)
        for path, tree in doors.items()
        for view in functions(tree)
        if (view.end_lineno or 0) - view.lineno > LONGEST_VIEW
    ]
    assert doors and long == []


def test_models_keep_no_rules_in_save() -> None:
    ours = [
        model
        for model in apps.get_models()
        if model.__module__.startswith(("nexus", "referrals", "casework"))
    ]
    assert len(ours) > 20
    for model in ours:
        saved_by = next(each for each in model.__mro__ if "save" in vars(each))
        assert not saved_by.__module__.startswith(("nexus", "referrals", "casework")), model


FORBIDDEN_CALLS = {
    "receiver": "a signal",
    "local": "a thread-local",
    "ContextVar": "a hidden argument",
    "mark_safe": "unescaped text",
    "Markup": "unescaped text",
    "csrf_exempt": "a door without its lock",
}


def test_no_signals_no_hidden_arguments_no_unescaped_text() -> None:
    found = []
    for path, tree in CODE.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if called in FORBIDDEN_CALLS:
                    found.append(f"{where(path, node)}: {FORBIDDEN_CALLS[called]}")
    assert found == []


def test_modules_have_names_a_newcomer_knows() -> None:
    vague = {"utils", "helpers", "common", "manager", "managers", "misc", "info", "data", "signals"}
    assert [str(path) for path in OURS if path.stem in vague or vague & set(path.parts)] == []


INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a style in the page": re.compile(r"<style\b|\sstyle=[\"']", re.IGNORECASE),
    "an event handler in the page": re.compile(r"\son[a-z]+=[\"']", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape\s+false", re.IGNORECASE),
    "something from elsewhere": re.compile(r"(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE),
}


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: str(path.relative_to(CHECKOUT / "templates"))
)
def test_templates_hold_markup_only(template: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.DOTALL)
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


def test_every_page_stands_in_the_frame() -> None:
    """A template is a page in the frame of base.html, or macros and parts for such pages."""
    base = CHECKOUT / "templates" / "base.html"
    strays = []
    for template in TEMPLATES:
        text = template.read_text()
        is_page = re.search(r"{%-? extends \"", text)
        is_part = re.search(r"{%-? macro ", text) or template.parent.name == "components"
        if template != base and not (is_page or is_part or is_included(template)):
            strays.append(str(template.relative_to(CHECKOUT)))
    assert strays == []


def is_included(template: Path) -> bool:
    name = str(template.relative_to(CHECKOUT / "templates"))
    return any(f'include "{name}"' in other.read_text() for other in TEMPLATES)


# What a part's files are called, in every part: whoever knows one finds their way in all.
FILES_OF_A_PART = set(
    "actions api forms views urls verbs tasks "  # doors, and what they call
    "queries lists timeline waiting requests_to_force told_by_forces resting telling exports printing messages "  # what is read, shown, told and handed out
    "models permissions rules states sql migrations part management retention records".split()
)
# What only this part has, by the word of its own subject.
OWN_FILES = {
    "casework/decisions": {"beside", "earlier", "files", "letters", "person", "wording"},
    "casework/engagement": {"exact_text", "guards", "wording"},
    "casework/keying": {"adapters"},
    "casework/disparity": {"regions"},
    "casework/reports": {
        "content",
        "counting",
        "disclosure",
        "erased",
        "findings",
        "funnel",
        "periods",
        "tombstones",
    },
    "casework/support": {"comparing", "ledger"},
    "casework/tribunal": {"binding", "candidates", "chronology", "content", "redactions"},
    "referrals/datawash": {"linkage", "queue", "register", "review_forms"},
    "referrals/duplicates": {"scoring", "searching"},
    "referrals/matrix": {"agreement", "answers", "reading"},
}


def test_a_part_has_the_same_files_as_any_other() -> None:
    parts = [CHECKOUT / each.name.replace(".", "/") for each in apps.get_app_configs() if is_ours(each.name)]
    of_casework_or_referrals = [part for part in parts if part.parent.name in {"casework", "referrals"}]
    of_casework_or_referrals.remove(CHECKOUT / "casework" / "demonstration")
    assert len(of_casework_or_referrals) >= 12
    for part in of_casework_or_referrals:
        files = {path.stem for path in part.iterdir() if not path.name.startswith("__")}
        name = part.relative_to(CHECKOUT).as_posix()
        assert files - FILES_OF_A_PART - OWN_FILES.get(name, set()) == set(), name


# Whole-system tests: what every role may reach, beside no app of ours.
BESIDE_THE_APPS = {"access"}


def folders(root: Path) -> list[Path]:
    """Every folder below this one that holds files of ours, from it on."""
    holds = {path.parent for path in root.rglob("*") if path.suffix in {".py", ".html", ".typ"}}
    beneath = {
        each.relative_to(root) for path in holds for each in (path, *path.parents) if root in each.parents
    }
    return sorted(each for each in beneath if "__pycache__" not in each.parts)


def test_tests_stand_where_the_apps_stand() -> None:
    """tests/casework/keying tests casework/keying; whoever moves a part moves its tests."""
    strays = [
        str(folder)
        for folder in folders(CHECKOUT / "tests")
        if folder.parts[0] not in BESIDE_THE_APPS
        and folder.name != "templates"
        and not (CHECKOUT / folder / "__init__.py").exists()
    ]
    assert strays == []


def test_every_app_has_tests_of_its_own() -> None:
    ours = [Path(each.path).relative_to(CHECKOUT) for each in apps.get_app_configs() if is_ours(each.name)]
    assert [str(app) for app in ours if not any((CHECKOUT / "tests" / app).rglob("test_*.py"))] == []


def is_ours(module: str) -> bool:
    return module.partition(".")[0] in {"nexus", "referrals", "casework"}


def test_templates_stand_where_the_apps_stand() -> None:
    """templates/<app>/<part>/, and within one a folder for a journey (its module of views) and for what is printed."""
    strays = []
    for folder in folders(CHECKOUT / "templates"):
        part = CHECKOUT / folder.parent
        journey = (part / "views" / f"{folder.name}.py").exists()
        printed = folder.name == "pdf" and (part / "__init__.py").exists()
        if not (journey or printed or (CHECKOUT / folder / "__init__.py").exists()):
            strays.append(str(folder))
    assert strays == ["components"]


def words_in(tree: ast.AST) -> Iterator[str]:
    return (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def beginnings_in(tree: ast.AST) -> Iterator[str]:
    """How strings begin that are put together, as in f"casework/{template}.html"."""
    together = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    return (str(each.values[0].value) for each in together if isinstance(each.values[0], ast.Constant))


WORDS = {path: set(words_in(tree)) for path, tree in CODE.items()}
BEGINNINGS = {word for tree in CODE.values() for word in beginnings_in(tree)}


def named_templates() -> set[str]:
    """What views render, and what templates extend, include and import, by its whole name."""
    quoted = {name for path in TEMPLATES for name in re.findall(r'"([a-z_0-9/]+\.html)"', path.read_text())}
    return quoted | {word for words in WORDS.values() for word in words if "/" in word}


def is_rendered(page: str, named: set[str]) -> bool:
    """Named whole, or by its last words where a part's views put its folder before them."""
    folders = [f"{folder}/" for folder in Path(page).parents if f"{folder}/" in BEGINNINGS]
    return page in named or any(is_rendered(page.removeprefix(each), named) for each in folders)


def test_every_template_is_rendered_by_somebody() -> None:
    whole = {name.removesuffix(".html") for name in named_templates()}
    forgotten = []
    for path in TEMPLATES:
        page = path.relative_to(CHECKOUT / "templates")
        of_part = {CHECKOUT / page.parent, CHECKOUT / page.parent.parent / "views"}
        last_words = set().union(*(words for module, words in WORDS.items() if of_part & set(module.parents)))
        if page.name != "base.html" and not is_rendered(str(page.with_suffix("")), whole | last_words):
            forgotten.append(str(page))
    assert forgotten == []


def test_every_template_named_in_the_code_exists() -> None:
    named = {name for name in named_templates() if re.fullmatch(r"[a-z_0-9/]+\.(html|typ)", name)}
    ours = {name for name in named if not name.startswith("govuk_frontend_jinja/")}
    assert len(ours) > 100
    assert [name for name in sorted(ours) if not (CHECKOUT / "templates" / name).exists()] == []


def test_a_click_waits_for_the_page_it_leads_to() -> None:
    """`go`, `press` and `follow` of tests/driving.py wait; a bare click leaves the next line to a race."""
    bare = []
    for path in sorted((CHECKOUT / "tests").rglob("*.py")):
        lines = path.read_text().splitlines()
        for before, line in pairwise(lines):
            if line.endswith(".click()") and "expect_download()" not in before and path.name != "driving.py":
                bare.append(f"{path.relative_to(CHECKOUT)}: {line.strip()}")
    assert not bare, "\n".join(bare)
