"""What the interface says of a decision, and of a challenge to it."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from casework.decisions.models import Challenge, Claim, Decision, Finding, Hearing, Letter
from casework.decisions.queries import gaps_of, reasons_for_two_of
from casework.decisions.rules.gaps import cautions
from casework.decisions.states import State
from casework.decisions.wording import in_words
from nexus.api.fields import name_of


class CaseDecisionLineSerializer(serializers.ModelSerializer):
    """A decision in a list."""

    reference = serializers.CharField(source="case.referral.reference")
    case_owner = name_of("case.case_owner")
    drafted_by = name_of("drafted_by")

    class Meta:
        model = Decision
        fields: tuple[str, ...] = (
            "id",
            "reference",
            "number",
            "state",
            "case_owner",
            "drafted_by",
            "submitted_at",
            "decided_at",
            "served_on",
        )


class FindingSerializer(serializers.ModelSerializer):
    """One allegation and what was found of it on the balance of probabilities."""

    event = serializers.IntegerField(
        source="event_id", allow_null=True, help_text="The conduct event, if any"
    )

    class Meta:
        model = Finding
        fields = ("id", "event", "allegation", "evidence", "proved", "reasons")


class GapSerializer(serializers.Serializer):
    """One thing a draft lacks."""

    section = serializers.CharField()
    sentence = serializers.CharField()


class AnswerInWordsSerializer(serializers.Serializer):
    """One question that was asked, in words."""

    question = serializers.CharField()
    answer = serializers.CharField()
    reasons = serializers.CharField()


class PartSerializer(serializers.Serializer):
    """One section in words."""

    section = serializers.CharField(source="slug")
    title = serializers.CharField()
    source = serializers.CharField(  # type: ignore[assignment]  # the field is called what it holds
        help_text="Where the law stands"
    )
    checked = serializers.BooleanField(help_text="Whether somebody has checked it against that")
    answers = AnswerInWordsSerializer(many=True)


class LetterSerializer(serializers.ModelSerializer):
    """A letter that was made; its files come from their page."""

    made_by = name_of("made_by")

    class Meta:
        model = Letter
        fields = ("id", "template", "version", "pdf_hash", "docx_hash", "made_by", "made_at")


class HearingSerializer(serializers.ModelSerializer):
    """A day in court."""

    class Meta:
        model = Hearing
        fields = ("id", "on", "at_time", "place", "witnesses", "to_bring", "result", "result_words")


class ChallengeSerializer(serializers.ModelSerializer):
    """Representations, an appeal or a judicial review."""

    decision = serializers.IntegerField(source="decision_id")
    hearings = HearingSerializer(many=True)
    concluded_by = name_of("concluded_by")

    class Meta:
        model = Challenge
        fields = (
            "id",
            "decision",
            "kind",
            "state",
            "lodged_on",
            "court",
            "court_reference",
            "hearings",
            "outcome_on",
            "outcome_reasons",
            "concluded_by",
            "concluded_at",
        )


class ClaimSerializer(serializers.ModelSerializer):
    """A protection or human rights claim."""

    reference = serializers.CharField(source="case.referral.reference")
    recorded_by = name_of("recorded_by")

    class Meta:
        model = Claim
        fields = (
            "id",
            "reference",
            "kind",
            "made_on",
            "how",
            "grounds",
            "recorded_by",
            "end",
            "ended_on",
            "end_words",
        )


class CaseDecisionSerializer(CaseDecisionLineSerializer):
    """A decision in full: what it says, what it lacks, who did what, and what came of it."""

    text = serializers.SerializerMethodField(help_text="Section by section, in words")
    answers = serializers.JSONField(help_text="By the names that save-section takes: choice and reasons")
    findings = FindingSerializer(many=True)
    material: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    claims: Any = serializers.PrimaryKeyRelatedField(
        many=True, read_only=True, help_text="The claims it refuses"
    )
    missing = serializers.SerializerMethodField(help_text="What is missing from a draft")
    cautions = serializers.SerializerMethodField(help_text="What the decision-maker must take into account")
    reviewed_by = name_of("reviewed_by")
    decided_by = name_of("decided_by")
    served_by = name_of("served_by")
    letters = serializers.SerializerMethodField()
    challenges = serializers.SerializerMethodField()

    class Meta(CaseDecisionLineSerializer.Meta):
        fields = (
            *CaseDecisionLineSerializer.Meta.fields,
            "checklist",
            "text",
            "answers",
            "findings",
            "relies_on_material",
            "material",
            "claims",
            "missing",
            "cautions",
            "text_hash",
            "reviewed_by",
            "reviewed_at",
            "reviewed_because",
            "decided_by",
            "reasons",
            "served_how",
            "served_to",
            "served_by_whom",
            "served_document",
            "served_hash",
            "served_place",
            "appeal_right",
            "appeal_until",
            "served_document_on",
            "served_under",
            "served_rule",
            "served_by",
            "served_at",
            "superseded_at",
            "letters",
            "challenges",
        )

    def get_text(self, decision: Decision) -> PartSerializer(many=True):  # type: ignore[valid-type]
        return PartSerializer(in_words(decision), many=True).data

    def get_missing(self, decision: Decision) -> GapSerializer(many=True):  # type: ignore[valid-type]
        gaps = gaps_of(decision, now=timezone.now()) if decision.state == State.DRAFT else []
        return GapSerializer(gaps, many=True).data

    def get_cautions(self, decision: Decision) -> list[str]:
        return [*reasons_for_two_of(decision, now=timezone.now()), *cautions(decision.answers)]

    def get_letters(self, decision: Decision) -> LetterSerializer(many=True):  # type: ignore[valid-type]
        letters = decision.letters.defer("pdf", "docx", "content").select_related("made_by")
        return LetterSerializer(letters, many=True).data

    def get_challenges(self, decision: Decision) -> ChallengeSerializer(many=True):  # type: ignore[valid-type]
        challenges = decision.challenges.select_related("concluded_by").prefetch_related("hearings")
        return ChallengeSerializer(challenges, many=True).data


def as_challenge(challenge: Challenge) -> dict[str, Any]:
    return dict(ChallengeSerializer(challenge).data)
