"""The order of the imports, and that lint notices when it is broken."""

import ast
import inspect
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.utils.module_loading import import_string

ROOT = Path(__file__).parent.parent
CONFIGURATION = ROOT / "pyproject.toml"
APPS = ("improvement", "accounts", "notices", "plans", "boards")


@pytest.fixture
def copy(tmp_path):
    """A copy of the code, to be broken."""
    for app in APPS:
        shutil.copytree(ROOT / app, tmp_path / app, ignore=shutil.ignore_patterns("static", "assets", "__pycache__"))
    shutil.copy(CONFIGURATION, tmp_path)
    return tmp_path


def lint(folder):
    """Return import-linter's exit code and what it printed."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_the_code_as_it_is_breaks_no_contract(copy):
    code, printed = lint(copy)
    assert (code, printed.count("KEPT"), printed.count("BROKEN")) == (0, 3, 0)


@pytest.mark.parametrize(
    ("module", "line", "complaint"),
    [
        ("notices/models/notice.py", "import plans.ratings", "notices is not allowed to import plans"),
        ("accounts/models/people.py", "import boards.models", "accounts is not allowed to import boards"),
        ("improvement/govuk/forms.py", "import accounts.models", "improvement.govuk is not allowed to import accounts"),
        ("boards/models/board.py", "import improvement.views", "boards is not allowed to import improvement.views"),
        ("plans/ratings.py", "import plans.models", "plans.ratings is not allowed to import plans.models"),
        (
            "notices/targets/milestones.py",
            "import notices.models",
            "milestones is not allowed to import notices.models",
        ),
        ("plans/models/plan.py", "import plans.reporting", "plans.models is not allowed to import plans.reporting"),
        ("plans/months/sets.py", "import plans.views", "plans.months is not allowed to import plans.views"),
    ],
)
def test_an_import_that_points_upward_breaks_a_contract(copy, module, line, complaint):
    broken = copy / module
    broken.write_text(f"{broken.read_text()}\n{line}  # upward\n")
    code, printed = lint(copy)
    assert (code, complaint in " ".join(printed.split())) == (1, True)


def test_a_new_file_has_to_take_its_place_among_the_layers(copy):
    (copy / "plans" / "helpers.py").touch()
    code, printed = lint(copy)
    assert (code, "plans.helpers" in printed) == (1, True)


def test_every_module_of_improvement_has_its_place_among_the_layers():
    contracts = tomllib.loads(CONFIGURATION.read_text())["tool"]["importlinter"]["contracts"]
    named = {name.strip() for layer in contracts[0]["layers"] for name in layer.split("|")} - set(APPS)
    files = [file for file in (ROOT / "improvement").rglob("*.py") if file.name != "__init__.py"]
    modules = {file.relative_to(ROOT / "improvement").parts[0].removesuffix(".py") for file in files}
    assert named == {f"improvement.{module}" for module in modules}


# What one process has once, for all requests and threads: nothing of a request may be kept there.


def shared():
    """Return our classes of which one instance answers all requests: of the administration, middleware and settings."""
    administration = [type(kept) for kept in admin.site._registry.values()]
    inlines = [inline for kept in admin.site._registry.values() for inline in kept.inlines]
    named = [*settings.MIDDLEWARE, settings.FORM_RENDERER, *(each["BACKEND"] for each in settings.STORAGES.values())]
    single = [found for found in map(import_string, named) if inspect.isclass(found)]
    bases = {base for found in (*administration, *inlines, *single) for base in found.__mro__}
    return sorted((base for base in bases if base.__module__.partition(".")[0] in APPS), key=lambda each: each.__name__)


def kept(found):
    """Return what the methods of a class keep on their instance once it is made, as “method.attribute”."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(found))).body
    methods = [each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name != "__init__"]
    return [
        f"{method.name}.{node.attr}"
        for method in methods
        for statement in method.body
        if not isinstance(statement, ast.ClassDef)
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store | ast.Del)
        and isinstance(node.value, ast.Name)
        and node.value.id in {"self", "cls"}
    ]


def test_nothing_of_a_request_is_kept_where_all_threads_share_it():
    names = {found.__name__ for found in shared()}
    assert {"TargetAdmin", "MilestoneInline", "WithVerdict", "Kept", "SignInMiddleware"} <= names
    assert {found.__name__: kept(found) for found in shared() if kept(found)} == {}


class _Keeps:
    def __init__(self):
        self.fine = True

    def get_queryset(self, request):
        self.as_of = request.now


def test_what_is_kept_of_a_request_is_noticed():
    assert kept(_Keeps) == ["get_queryset.as_of"]


# Besides dotfiles, such as the folders of the data and of the libraries, and what Python leaves behind.
TOP_LEVEL = {
    *APPS,
    *("docs", "fixtures", "templates", "tests"),
    *("manage.py", "gunicorn.conf.py", "pyproject.toml", "requirements.txt", "requirements-dev.txt", "Makefile"),
    *("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"),
}


def strays(folder):
    return {path.name for path in folder.iterdir() if not path.name.startswith((".", "__"))} - TOP_LEVEL


def test_nothing_else_lies_at_the_top_level():
    assert strays(ROOT) == set()


def test_a_database_that_a_test_left_there_is_noticed(copy):
    (copy / "db.sqlite3.test").touch()
    assert strays(copy) == {"db.sqlite3.test"}


# What every app has, and every Django project knows.
USUAL = {"__init__", "admin", "apps", "converters", "filters", "forms", "guards", "permissions", "tables", "urls"}
A_DOZEN = 12
ENDINGS = ("ings", "ing", "ed", "es", "s", "e", "")


def folders(root):
    """Return, by folder of our code, the names of what lies in it: files and folders alike."""
    found = {}
    for app in APPS:
        for folder in (root / app, *(path for path in (root / app).rglob("*") if path.is_dir())):
            if not {"migrations", "static", "assets", "__pycache__"} & set(folder.relative_to(root).parts):
                found[str(folder.relative_to(root))] = sorted(path.stem for path in folder.glob("*.py"))
    return found


def crowded(root):
    return {name: len(files) for name, files in folders(root).items() if len(set(files) - USUAL) > A_DOZEN}


def stem(name):
    """Return what is left of a name without the ending that tells a verb's form or a singular from a plural."""
    return next(name.removesuffix(ending) for ending in ENDINGS if name.endswith(ending))


def twins(root):
    """Return the names of files in one folder that only such an ending tells apart."""
    found = {}
    for folder, files in folders(root).items():
        stems = [stem(name) for name in files]
        alike = [name for name in files if stems.count(stem(name)) > 1]
        found |= {folder: alike} if alike else {}
    return found


def test_no_folder_is_crowded():
    assert crowded(ROOT) == {}


def test_a_crowded_folder_is_noticed(copy):
    for number in range(A_DOZEN + 1):
        (copy / "plans" / "office" / f"page_{number}.py").touch()
    assert list(crowded(copy)) == ["plans/office"]


def test_no_two_files_of_a_folder_are_told_apart_by_an_ending_only():
    assert twins(ROOT) == {}


def test_two_files_that_only_an_ending_tells_apart_are_noticed(copy):
    for name in ("circulating", "circulated", "pack", "packs"):
        (copy / "plans" / "office" / f"{name}.py").touch()
    assert twins(copy) == {"plans/office": ["circulated", "circulating", "pack", "packs"]}


# What goes to another model without naming it goes round the linter. What an app does with whatever others register
# with it, in `accounts` and the foundations, knows none of them.
BACK_DOORS = ("related_model", "get_model", "field.model", "rel.model")
FORWARD_ONLY = {"notices/loading/layout.py"}  # from a column to the field that it fills


def back_doors(root):
    """Return where our apps reach a model that they do not import."""
    return sorted(
        str(file.relative_to(root))
        for app in ("notices", "plans", "boards")
        for file in (root / app).rglob("*.py")
        if "migrations" not in file.parts
        and any(door in file.read_text().replace("self.get_model", "") for door in BACK_DOORS)
    )


def test_no_app_reaches_another_without_importing_it():
    assert set(back_doors(ROOT)) == FORWARD_ONLY


def test_a_back_door_is_noticed(copy):
    broken = copy / "notices" / "permissions.py"
    broken.write_text(f"{broken.read_text()}\n_BOARDS = Notice._meta.get_field('plans').related_model\n")
    assert back_doors(copy) == ["notices/loading/layout.py", "notices/permissions.py"]


# A folder hands out what is called by its name, such as `packs.keep`, and says it once, in its imports.


def handed_out(package):
    """Return the names that the `__init__.py` of a package imports and does not use itself."""
    tree = ast.parse((package / "__init__.py").read_text())
    imported = [
        alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    ]
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return set(imported) - used


def idle(root):
    """Return by package what it hands out and no other file imports from it, or looks up on it."""
    files = (path for folder in (*APPS, "tests") for path in (ROOT / folder).rglob("*.py"))
    text = "\n".join(path.read_text() for path in files if path.name != "__init__.py")
    looked_up = set(re.findall(r"\b(\w+)(?=\.(\w+))", text))
    imported = re.findall(r"^from ([\w.]+) import (\([^)]*\)|.*)", text, re.MULTILINE)
    found = {}
    for file in sorted(path for app in APPS for path in (root / app).rglob("__init__.py")):
        dotted = ".".join(file.parent.relative_to(root).parts)
        parent, _, last = dotted.rpartition(".")
        called = {last} | {name for other, names in imported if other == parent for name in aliases(last, names)}
        asked = {name for other, names in imported if other == dotted for name in re.findall(r"\w+", names)}
        asked |= {name for on, name in looked_up if on in called}
        if names := handed_out(file.parent) - asked:
            found[dotted] = names
    return found


def aliases(name, imported):
    return re.findall(rf"\b{name} as (\w+)", imported)


def test_a_folder_hands_out_nothing_that_nobody_asks_for():
    assert idle(ROOT) == {}


def test_what_nobody_asks_for_is_noticed(copy):
    init = copy / "boards" / "packs" / "__init__.py"
    init.write_text(f"{init.read_text()}from boards.packs.making import require_ready\n")
    assert idle(copy) == {"boards.packs": {"require_ready"}}
