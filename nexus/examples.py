"""Examples of what is sent and answered, in docs/api/examples/: a file for each shape that has one, named as the shape.

They are what the sandbox took and answered of its invented people. A test holds them to the schema.
"""

import json
from typing import Any

from nexus.bootstrap import CHECKOUT

FOLDER = CHECKOUT / "docs" / "api" / "examples"


def with_examples(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """drf-spectacular's hook: each shape that has an example says it."""
    shapes = result["components"]["schemas"]
    for file in sorted(FOLDER.glob("*.json")):
        if file.stem in shapes:
            shapes[file.stem]["examples"] = [json.loads(file.read_text())]
    return result
