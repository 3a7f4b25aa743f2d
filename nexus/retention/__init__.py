"""What is kept of people, for how long, who looks at it again, and how it is erased.

`classes.py` says how long, as dated rows; each part's `retention.py` says of its tables which fields are about people
(`kept.py`); `declared.py` reads them together.
"""
