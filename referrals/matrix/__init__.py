"""The referral matrix: an officer's short form, and at once a provisional outcome with its reasons."""
