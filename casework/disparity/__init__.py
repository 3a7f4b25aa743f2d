"""Whether outcomes and waiting differ by nationality group, sex, age or force. Nothing of it reaches a decision."""
