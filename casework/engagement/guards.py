"""What PostgreSQL itself refuses, whatever the code above it does: the triggers of this part."""

import pgtrigger

from casework.engagement.rules.authorising import MARGIN
from casework.engagement.rules.risks import Question
from casework.rules.trafficking import ENDING

# The request and its risk assessment: what an authorisation is bound to.
MATERIAL = (
    "kind", "force_id", "requested_by_id", "legal_power", "address", "window_starts_at", "window_ends_at",
    "asked", "why", "safety_note", "at_risk_level",
)  # fmt: skip
ASSESSED = ("risk_level", "risk_controls")
# Of a verbal authorisation, until it is in writing: what it is bound to.
LOGGED = ("kind", "force_id", "requested_by_id", "asked")


def _rows(names: tuple[str, ...]) -> str:
    old, new = (", ".join(f"{row}.{name}" for name in names) for row in ("OLD", "NEW"))
    return f"({old}) IS DISTINCT FROM ({new})"


def text_stays() -> pgtrigger.Trigger:
    """Nobody changes what was sent; reopening it comes first, and voids the authorisation."""
    return pgtrigger.Trigger(
        name="what_was_sent_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF OLD.state NOT IN ('draft', 'returned') AND NOT (OLD.verbal AND OLD.written_up_at IS NULL)
               AND {_rows(MATERIAL)} THEN
              RAISE EXCEPTION 'A request that was sent is changed by reopening it';
            END IF;
            IF OLD.verbal AND OLD.written_up_at IS NULL AND OLD.state <> 'draft' AND {_rows(LOGGED)} THEN
              RAISE EXCEPTION 'What was said on the telephone stays as it was logged';
            END IF;
            IF {_rows(ASSESSED)} AND NEW.state NOT IN ('risk_assessed', 'returned')
               AND NOT (OLD.verbal AND OLD.written_up_at IS NULL) THEN
              RAISE EXCEPTION 'The risk is assessed before it is authorised';
            END IF;
            IF {_rows(ASSESSED)} AND OLD.state = 'risk_assessed' AND NEW.state = 'risk_assessed' THEN
              RAISE EXCEPTION 'The risk has been assessed';
            END IF;
            RETURN NEW;""",
    )


def only_live_tasked() -> pgtrigger.Trigger:
    """No tasking without a live authorisation of exactly this text."""
    return pgtrigger.Trigger(
        name="tasked_only_with_a_live_authorisation",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__state="tasked") & pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM engagement_authorisation a
                WHERE a.engagement_id = NEW.id AND a.voided_at IS NULL AND a.replaced_at IS NULL
                  AND a.authorised_at <= NEW.tasked_at AND NEW.tasked_at < a.expires_at
                  AND a.sha256 = NEW.tasked_sha256
                  AND (NOT a.verbal OR NEW.tasked_at < NEW.write_up_due_at)
            ) THEN
              RAISE EXCEPTION 'Nothing is tasked without a live authorisation';
            END IF;
            RETURN NEW;""",
    )


def none_after_an_outcome() -> pgtrigger.Trigger:
    """Once the case has its outcome no operation is sent, authorised, tasked or accepted."""
    return pgtrigger.Trigger(
        name="none_after_an_outcome",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__state__in=["requested", "authorised", "tasked", "accepted"])
        & pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
        func="""
            IF EXISTS (SELECT 1 FROM casework_case c WHERE c.id = NEW.case_id AND c.outcome <> '') THEN
              RAISE EXCEPTION 'No operation goes on once its case has an outcome';
            END IF;
            RETURN NEW;""",
    )


def ends_with_its_window() -> pgtrigger.Trigger:
    """An authorisation ends with the time asked for, or within the margin with a reason. Of a verbal one nobody has
    written a time yet."""
    return pgtrigger.Trigger(
        name="ends_with_its_window",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF EXISTS (
                SELECT 1 FROM engagement_engagement e
                WHERE e.id = NEW.engagement_id AND NOT e.verbal AND NEW.expires_at > e.window_ends_at
                  AND (NEW.expires_at > e.window_ends_at + interval '{MARGIN.total_seconds():.0f} seconds'
                       OR btrim(NEW.margin_reason) = '')
            ) THEN
              RAISE EXCEPTION 'An authorisation ends with the time asked for';
            END IF;
            RETURN NEW;""",  # noqa: S608  (a number)
    )


def outside_is_marked() -> pgtrigger.Trigger:
    """What was carried out before its time, or while no authorisation was live, says so for good."""
    return pgtrigger.Trigger(
        name="outside_its_authorisation_is_marked",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__state="executed") & pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
        func="""
            IF btrim(NEW.irregular) = '' AND (
                NEW.happened_at < NEW.window_starts_at
                OR NOT EXISTS (
                    SELECT 1 FROM engagement_authorisation a
                    WHERE a.engagement_id = NEW.id
                      AND COALESCE(a.asked_at, a.authorised_at) <= NEW.happened_at
                      AND NEW.happened_at < a.expires_at
                      AND (a.voided_at IS NULL OR NEW.happened_at < a.voided_at)
                )
            ) THEN
              RAISE EXCEPTION 'What was carried out outside its authorisation is marked';
            END IF;
            RETURN NEW;""",
    )


def void_when_reopened() -> pgtrigger.Trigger:
    """What goes back to its requester, or is withdrawn, leaves no authorisation standing behind it."""
    return pgtrigger.Trigger(
        name="reopened_voids_the_authorisation",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__state__in=["returned", "withdrawn"]),
        func="""
            IF EXISTS (SELECT 1 FROM engagement_authorisation a
                       WHERE a.engagement_id = NEW.id AND a.voided_at IS NULL) THEN
              RAISE EXCEPTION 'The authorisation is voided first';
            END IF;
            RETURN NEW;""",
    )


def risks_stay() -> pgtrigger.Trigger:
    """The answers of the risk assessment stay as they were sent, like the request."""
    return pgtrigger.Trigger(
        name="answers_that_were_sent_stay",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF EXISTS (SELECT 1 FROM engagement_engagement e
                       WHERE e.id IN (NEW.engagement_id, OLD.engagement_id)
                         AND e.state NOT IN ('draft', 'returned')
                         AND NOT (e.verbal AND e.written_up_at IS NULL)) THEN
              RAISE EXCEPTION 'A risk assessment that was sent is changed by reopening the request';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;""",
    )


def never_the_requester() -> pgtrigger.Trigger:
    """Whoever asked decides nothing about it: no step of quality assurance, no refusal, no authorisation."""
    return pgtrigger.Trigger(
        name="never_the_requester",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="""
            IF NEW.verb IN ('quality_assure', 'assess_risk', 'send_back', 'authorise', 'refuse', 'log_verbal')
               AND EXISTS (SELECT 1 FROM engagement_engagement e
                           WHERE e.id = NEW.engagement_id AND e.requested_by_id = NEW.by_id) THEN
              RAISE EXCEPTION 'Whoever asked for an engagement does not decide on it';
            END IF;
            RETURN NEW;""",
    )


def answered_when_sent() -> pgtrigger.Trigger:
    """Adults at risk, children, medical, trafficking and the others: a request is sent with every answer."""
    return pgtrigger.Trigger(
        name="sent_with_every_answer",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__state="requested"),
        func=f"""
            IF (SELECT count(*) FROM engagement_riskanswer r WHERE r.engagement_id = NEW.id
                AND (r.answer = 'no' OR btrim(r.words) <> '')) < {len(Question)} THEN
              RAISE EXCEPTION 'A request is sent with every answer of its risk assessment';
            END IF;
            RETURN NEW;""",  # noqa: S608  (a number)
    )


def trafficking_blocks() -> pgtrigger.Trigger:
    """A trafficking indicator blocks, as in `queries.reasons_trafficking_blocks`: in the risk assessment of any operation
    of the case, on its referral or one that follows it, or as a barrier; until it has ended, or a Senior Caseworker has
    since let this operation go ahead."""
    ending = ", ".join(f"'{outcome.value}'" for outcome in ENDING)
    return pgtrigger.Trigger(
        name="a_trafficking_indicator_blocks",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__state__in=["authorised", "tasked"])
        & pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
        func=f"""
            IF EXISTS (
                SELECT 1 FROM (
                  SELECT r.answered_at AS known_at FROM engagement_riskanswer r
                  JOIN engagement_engagement e ON e.id = r.engagement_id
                  WHERE e.case_id = NEW.case_id AND r.question = 'trafficking' AND r.answer = 'yes'
                  UNION ALL
                  SELECT c.opened_at FROM casework_case c
                  JOIN referrals_referral f ON f.id = c.referral_id OR f.follows_id = c.referral_id
                  WHERE c.id = NEW.case_id AND f.trafficking_indicator = 'yes'
                  UNION ALL
                  SELECT b.recorded_at FROM casework_barrier b
                  WHERE b.case_id = NEW.case_id AND b.kind = 'trafficking' AND b.lifted_at IS NULL
                ) shown
                LEFT JOIN LATERAL (
                  SELECT max(b.lifted_at) AS at FROM casework_barrier b
                  WHERE b.case_id = NEW.case_id AND b.kind = 'trafficking' AND b.outcome IN ({ending})
                ) ended ON true
                LEFT JOIN LATERAL (
                  SELECT t.at, t.outcome FROM engagement_traffickingreview t
                  WHERE t.engagement_id = NEW.id ORDER BY t.at DESC, t.id DESC LIMIT 1
                ) review ON true
                WHERE (ended.at IS NULL OR shown.known_at > ended.at)
                  AND (review.at IS NULL OR shown.known_at > review.at OR review.outcome = 'stops')
            ) THEN
              RAISE EXCEPTION 'A trafficking indicator blocks it until its outcome is recorded';
            END IF;
            RETURN NEW;""",  # noqa: S608  (our own words)
    )
