"""What the database holds beside the models of cases: one search over notes and documents.

Written by hand, because Django describes neither views nor these indexes; `manage.py remake_migrations` puts it
at the end of the first migration.
"""

from django.db import migrations

# The same expressions as the view's, so that a search uses them.
INDEXES = """
CREATE INDEX note_words ON casework_casenote USING gin (to_tsvector('english', text));
CREATE INDEX document_words ON casework_casedocument USING gin (to_tsvector('english', description));
CREATE INDEX file_words ON casework_casedocument USING gin (to_tsvector('english', text));
"""
VIEW = """
CREATE VIEW casework_searchable AS
SELECT 'note-' || id AS key, 'note' AS kind, case_id, written_at AS at, written_by_id AS by_id,
    text, to_tsvector('english', text) AS vector
FROM casework_casenote
UNION ALL
SELECT 'document-' || paper.id, 'document', paper.case_id, file.uploaded_at, file.uploaded_by_id,
    paper.description, to_tsvector('english', paper.description)
FROM casework_casedocument paper JOIN documents_storedfile file ON file.id = paper.file_id
UNION ALL
SELECT 'file-' || paper.id, 'file', paper.case_id, file.uploaded_at, file.uploaded_by_id,
    paper.text, to_tsvector('english', paper.text)
FROM casework_casedocument paper JOIN documents_storedfile file ON file.id = paper.file_id
WHERE file.scan = 'clean' AND paper.text <> ''
"""
OPERATIONS = [
    migrations.RunSQL(INDEXES, "DROP INDEX note_words, document_words, file_words"),
    migrations.RunSQL(VIEW, "DROP VIEW casework_searchable"),
]
