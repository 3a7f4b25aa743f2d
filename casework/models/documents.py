"""A case's documents, and what the search of words looks through."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models

from casework.models.case import Case
from nexus.accounts.models import User
from nexus.documents.models import Marking, StoredFile
from nexus.row_security import with_its


class CaseDocument(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="case_document")
    description = models.CharField(max_length=200)
    marking = models.CharField(max_length=20, choices=Marking.choices)
    disclosable = models.BooleanField("may be disclosed")
    text = models.TextField(blank=True, help_text="What the file says, to be searched")
    # When a Word or PDF file was read for its text; what is plain text is read as it is uploaded.
    read_at = models.DateTimeField(null=True)

    SEEN_BY = with_its("case")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Document {self.pk}"


class Searchable(models.Model):
    """What the search of notes and documents looks through. Read only: a view of the database over the
    notes, the documents' descriptions, and the words of files that were found clean."""

    key = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=12)
    case = models.ForeignKey(Case, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.DO_NOTHING, related_name="+")
    text = models.TextField()
    vector = SearchVectorField()

    class Meta:
        managed = False
        db_table = "casework_searchable"

    def __str__(self) -> str:
        return self.key
