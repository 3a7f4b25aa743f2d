"""PDFs, tagged so that a screen reader can follow them (PDF/UA-1).

A Typst template under `templates/` gets its data as JSON through `sys.inputs.data`, never as text put
together, so nothing a person typed can become markup. The shared frame is templates/documents/page.typ.
"""

import json
import logging
from typing import Any, Literal

import typst
from django.conf import settings

ROOT = settings.BASE_DIR / "templates"
# Checked while the PDF is made: a title, a language, headings in order, text that can be read out.
STANDARD: Literal["ua-1"] = "ua-1"
log = logging.getLogger("nexus.documents")


def render_pdf(template_name: str, data: dict[str, Any]) -> bytes:
    """The PDF of `templates/<template_name>` with `data` (JSON values only).

    Where no font of this machine has a letter of a name, the PDF is still made and still tagged, with
    a box for that letter, but it is no longer PDF/UA; the log says so.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        return _compiled(template_name, inputs, STANDARD)
    except typst.TypstError as error:
        if "font" not in error.message:
            raise
        log.warning("no font for a letter: PDF made without PDF/UA")
        return _compiled(template_name, inputs, None)


def _compiled(template_name: str, inputs: dict[str, str], standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        str(ROOT / template_name),
        root=str(ROOT),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=[standard] if standard else [],
        pdf_tags=True,
    )
