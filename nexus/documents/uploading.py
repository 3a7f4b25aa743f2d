"""How an upload is received: counted as it comes in, and not kept beyond the largest size allowed."""

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

LARGEST = 20_000_000  # bytes of any file: a list for a data-wash. A document may have half of that.
# A whole request larger than this is not read at all: no form of ours sends so much.
LARGEST_REQUEST = 5 * LARGEST


class CappedUploadHandler(FileUploadHandler):
    """Stands before Django's own handlers and lets a file pass up to LARGEST bytes.

    What is beyond is read and dropped, so that the rest of the form arrives and the page can say,
    beside everything typed, that the file is too large.
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        if content_length > LARGEST_REQUEST:
            raise RequestDataTooBig("The request is larger than any form sends.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        return raw_data if self.received <= LARGEST else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self.received <= LARGEST:
            return None  # the next handler has it
        return UploadedFile(BytesIO(), self.file_name, self.content_type, self.received)
