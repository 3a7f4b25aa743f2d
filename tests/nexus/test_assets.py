"""Other people's styles become ours: no letters, crests or source maps we may not or need not serve."""

from nexus.assets import SOURCE_MAP, make_ours
from nexus.bootstrap import CHECKOUT

VENDOR = CHECKOUT / ".assets" / "vendor"


def test_foreign_fonts_and_crests_are_taken_out() -> None:
    css = (
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/x.woff2)}"
        "p{font-family:GDS Transport,arial,sans-serif}.c{background:url(/assets/images/govuk-crest.svg)}"
    )
    assert make_ours(css) == "p{font-family:Arial,Helvetica,sans-serif}.c{background:none}"


def test_source_map_comments_are_taken_out() -> None:
    assert SOURCE_MAP.sub("", "p{}\n/*# sourceMappingURL=a.css.map */\n") == "p{}\n"
    assert SOURCE_MAP.sub("", "export{};//# sourceMappingURL=a.js.map") == "export{};"


def test_every_file_a_stylesheet_names_was_copied() -> None:
    styles = sorted(VENDOR.glob("*.css"))
    assert [style.name for style in styles] == ["govuk-frontend.min.css", "moj-frontend.min.css"]
    named = 0
    for style in styles:
        for part in style.read_text().split("url(/assets/")[1:]:
            named += 1
            assert (VENDOR / part.split(")")[0]).is_file()
    assert named > 5


def test_no_script_is_copied_that_no_page_loads() -> None:
    pages = "".join(page.read_text() for page in (CHECKOUT / "templates").rglob("*.html"))
    scripts = sorted(script.name for script in VENDOR.glob("*.js"))
    assert scripts == ["govuk-frontend.min.js"]
    assert all(f"static('{script}')" in pages for script in scripts)


def test_no_lock_names_a_host() -> None:
    for lock in ("package-lock.json", ".npmrc", "requirements.txt", "requirements-dev.txt"):
        assert "://" not in (CHECKOUT / lock).read_text(), lock
