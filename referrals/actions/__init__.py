"""Everything that changes a referral. Each action is keyword-only, takes `by` and `now`, and goes
lock → permit → reasons → transition → save → record."""

from referrals.actions.adding import add_information
from referrals.actions.asking import (
    answer_information,
    reassign_question,
    request_information,
    take_back,
    withdraw_question,
)
from referrals.actions.attach import attach
from referrals.actions.chasing import chase
from referrals.actions.correcting import correct, reconsider, tell_recipient
from referrals.actions.decide import accept, not_accept, redirect
from referrals.actions.draft import (
    add_events,
    add_row,
    change_row,
    remove_row,
    restore_row,
    save_page,
    save_section,
    start,
)
from referrals.actions.flag import remove_flag, set_flag_again
from referrals.actions.notes import add_note
from referrals.actions.reckoning import reckon_again
from referrals.actions.reopen import reopen
from referrals.actions.second_reading import agree, decide_or_propose, propose, recall, send_back
from referrals.actions.submit import submit, withdraw
from referrals.actions.triage import claim, hand_over, release, take_next
from referrals.actions.whole import found_or_started, save_whole

__all__ = [
    "add_information",
    "accept",
    "add_events",
    "add_note",
    "add_row",
    "agree",
    "answer_information",
    "attach",
    "change_row",
    "chase",
    "claim",
    "correct",
    "reconsider",
    "tell_recipient",
    "decide_or_propose",
    "hand_over",
    "not_accept",
    "propose",
    "recall",
    "reckon_again",
    "reassign_question",
    "redirect",
    "release",
    "found_or_started",
    "remove_flag",
    "set_flag_again",
    "remove_row",
    "restore_row",
    "reopen",
    "request_information",
    "save_page",
    "save_section",
    "save_whole",
    "send_back",
    "start",
    "submit",
    "take_back",
    "take_next",
    "withdraw",
    "withdraw_question",
]
