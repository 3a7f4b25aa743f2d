"""What the interface says of an engagement: whole to the Home Office; to the force what `queries.disclosed_to_force` gives."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from casework.engagement import lists
from casework.engagement.exact_text import exact_text, sha256_of, text_to_sign
from casework.engagement.models import (
    Authorisation,
    Engagement,
    EngagementChange,
    Issue,
    RiskAnswer,
    TraffickingReview,
)
from casework.engagement.queries import changes_of, disclosed_to_force, gaps_of, points_to_look_at
from casework.engagement.rules.powers import Kind
from casework.engagement.rules.risks import Question
from casework.engagement.states import BEFORE_TASKING, WRITTEN, State
from casework.engagement.timeline import TITLES
from nexus.api.fields import name_of
from nexus.api.shapes import SHAPE, Full, Shared
from referrals.api.identity import IdentitySerializer


class RiskSerializer(serializers.Serializer):
    """One answer of the risk assessment."""

    question = serializers.ChoiceField(choices=Question.choices())
    answer = serializers.CharField(help_text="yes, no or not_known; empty while nobody has answered")
    words = serializers.CharField()


class TaskedLineSerializer(Shared, serializers.Serializer):
    """An operation in the force's list. Of one that was called back only that, and nothing else."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Kind.choices())
    reference = serializers.CharField(source="case.referral.reference")
    tasked_at = serializers.DateTimeField(allow_null=True)
    called_back = serializers.SerializerMethodField(help_text="Do not act on it: its authorisation is void")
    subject = serializers.CharField(source="case.referral.subject_name", allow_null=True)
    identity = IdentitySerializer(source="case.referral.identity", allow_null=True)
    state = serializers.ChoiceField(choices=State.choices, allow_null=True)
    window_starts_at = serializers.DateTimeField(allow_null=True)
    window_ends_at = serializers.DateTimeField(allow_null=True)

    NOT_SIGNED = ("window_starts_at", "window_ends_at")
    OF_ONE_CALLED_BACK = (SHAPE, "id", "kind", "reference", "tasked_at", "called_back")

    def get_called_back(self, engagement: Engagement) -> bool:
        return not engagement.is_with_force

    def to_representation(self, instance: Engagement) -> dict[str, Any]:
        said = super().to_representation(instance)
        if instance.to_write_up:
            said |= dict.fromkeys(self.NOT_SIGNED)
        if instance.is_with_force:
            return said
        return {name: value if name in self.OF_ONE_CALLED_BACK else None for name, value in said.items()}


class ToldSerializer(serializers.Serializer):
    """What officers need for safety. Of one that nobody has put into writing and signed, what was said."""

    live = serializers.BooleanField(help_text="Whether it may be acted on now; false: do not act on it")

    other_names = serializers.SerializerMethodField()
    date_of_birth = serializers.DateField(source="referral.date_of_birth", allow_null=True)
    sex = serializers.CharField(source="referral.sex")
    nationality = serializers.CharField(source="referral.identity.nationality")
    place_of_birth = serializers.CharField(source="referral.place_of_birth")
    description = serializers.CharField(source="referral.description")
    pnc_id = serializers.CharField(source="referral.pnc_id")
    legal_power = serializers.CharField(source="signed.power")
    address = serializers.CharField(source="signed.address")
    asked = serializers.CharField(source="engagement.asked")
    safety_note = serializers.CharField(source="signed.safety_note")
    risks = serializers.SerializerMethodField()
    to_write_up = serializers.BooleanField(
        source="engagement.to_write_up",
        help_text="Authorised on the telephone and not in writing yet: you act on what was said",
    )
    authorised_by = name_of("standing.authorised_by")
    authorised_until = serializers.DateTimeField(source="standing.expires_at", allow_null=True, default=None)
    conditions = serializers.CharField(source="standing.conditions", allow_null=True, default=None)

    def get_other_names(self, told: dict[str, Any]) -> list[str]:
        return [str(alias) for alias in told["referral"].aliases.all()]

    def get_risks(self, told: dict[str, Any]) -> RiskSerializer(many=True):  # type: ignore[valid-type]
        rows = [
            {
                "question": question.value,
                "answer": given.answer if given else "",
                "words": given.words if given else "",
            }
            for question, given in told["questions"]
        ]
        return RiskSerializer(rows, many=True).data


class TaskedSerializer(TaskedLineSerializer):
    """An operation as its force reads it, with what the force has said."""

    told = serializers.SerializerMethodField()
    answered_by = serializers.CharField(source="answered_by.full_name", allow_null=True, default=None)
    answered_at = serializers.DateTimeField(allow_null=True)
    decline_kind = serializers.CharField(allow_null=True)
    answer_words = serializers.CharField(allow_null=True)
    happened_at = serializers.DateTimeField(allow_null=True)
    officers = serializers.CharField(allow_null=True)
    what_happened = serializers.CharField(allow_null=True)
    custody_reference = serializers.CharField(allow_null=True)

    def get_told(self, engagement: Engagement) -> ToldSerializer(allow_null=True):  # type: ignore[valid-type]
        return ToldSerializer(disclosed_to_force(engagement, at=timezone.now())).data


class EngagementLineSerializer(Full, serializers.ModelSerializer):
    """An engagement in the Home Office's list, with what must not be missed about it."""

    reference = serializers.CharField(source="case.referral.reference")
    subject = serializers.CharField(source="case.referral.subject_name")
    identity = IdentitySerializer(source="case.referral.identity")
    force = serializers.CharField(source="force.code")
    requested_by = name_of("requested_by")
    to_look_at = serializers.SerializerMethodField(help_text="Risks answered with yes")
    not_known = serializers.SerializerMethodField(help_text="Risks answered with not known")
    barriers = serializers.SerializerMethodField(help_text="Open barriers of the case")
    write_up_overdue = serializers.SerializerMethodField()
    has_expired = serializers.SerializerMethodField()

    class Meta:
        model = Engagement
        fields: tuple[str, ...] = (
            "id",
            "kind",
            "reference",
            "subject",
            "identity",
            "force",
            "state",
            "window_starts_at",
            "window_ends_at",
            "requested_by",
            "verbal",
            "to_look_at",
            "not_known",
            "barriers",
            "write_up_overdue",
            "has_expired",
        )

    def line(self, engagement: Engagement) -> lists.Line:
        return lists.line(engagement, now=timezone.now())

    def get_to_look_at(self, engagement: Engagement) -> list[str]:
        return self.line(engagement).risks

    def get_not_known(self, engagement: Engagement) -> list[str]:
        return self.line(engagement).not_known

    def get_barriers(self, engagement: Engagement) -> list[str]:
        return self.line(engagement).barriers

    def get_write_up_overdue(self, engagement: Engagement) -> bool:
        return self.line(engagement).write_up_overdue

    def get_has_expired(self, engagement: Engagement) -> bool:
        return self.line(engagement).has_expired


class RiskAnswerSerializer(serializers.ModelSerializer):
    """One answer of the risk assessment, whoever may read it."""

    class Meta:
        model = RiskAnswer
        fields = ("question", "answer", "words")


class IssueSerializer(serializers.ModelSerializer):
    """Something a CIO or HMI found, and how it was settled."""

    raised_by = name_of("raised_by")
    settled_by = name_of("settled_by")

    class Meta:
        model = Issue
        fields = ("id", "text", "raised_by", "raised_at", "reply", "settled_by", "settled_at")


class TraffickingReviewSerializer(serializers.ModelSerializer):
    """What a Senior Caseworker recorded of a trafficking indicator."""

    by = name_of("by")

    class Meta:
        model = TraffickingReview
        fields = ("outcome", "reasons", "by", "at")


class AuthorisationSerializer(serializers.ModelSerializer):
    """A named person's authorisation of one exact text."""

    authorised_by = name_of("authorised_by")
    voided_by = name_of("voided_by")

    class Meta:
        model = Authorisation
        fields = (
            "authorised_by",
            "authorised_at",
            "verbal",
            "asked_at",
            "reasons",
            "conditions",
            "expires_at",
            "margin_reason",
            "sha256",
            "replaced_at",
            "voided_at",
            "voided_by",
            "voided_because",
        )


class MovedSerializer(serializers.ModelSerializer):
    """One move of it."""

    title = serializers.SerializerMethodField()
    by = name_of("by")

    class Meta:
        model = EngagementChange
        fields = ("at", "title", "by", "reason")

    def get_title(self, change: EngagementChange) -> str:
        return TITLES[change.verb].capitalize()


class EngagementSerializer(EngagementLineSerializer):
    """An engagement as the Home Office reads it."""

    risks = RiskAnswerSerializer(many=True)
    missing = serializers.SerializerMethodField(help_text="What it lacks before it can be sent or signed")
    sha256 = serializers.SerializerMethodField(
        help_text="Of the text that an authorisation, or the signature of a write-up, is bound to now"
    )
    points = serializers.SerializerMethodField(help_text="What nobody should miss who decides on it")
    issues = serializers.SerializerMethodField()
    trafficking_reviews = serializers.SerializerMethodField()
    authorisations = AuthorisationSerializer(many=True)
    tasked_by = name_of("tasked_by")
    answered_by = name_of("answered_by")
    history = serializers.SerializerMethodField()

    class Meta(EngagementLineSerializer.Meta):
        fields = (
            *EngagementLineSerializer.Meta.fields,
            "requested_at",
            "legal_power",
            "address",
            "asked",
            "why",
            "safety_note",
            "at_risk_level",
            "risks",
            "missing",
            "points",
            "sha256",
            "irregular",
            "risk_level",
            "risk_controls",
            "issues",
            "trafficking_reviews",
            "authorisations",
            "tasked_by",
            "tasked_at",
            "answered_by",
            "answered_at",
            "decline_kind",
            "answer_words",
            "happened_at",
            "officers",
            "what_happened",
            "custody_reference",
            "write_up_due_at",
            "written_up_at",
            "history",
        )

    def get_missing(self, engagement: Engagement) -> list[str]:
        being_written = engagement.state in WRITTEN or engagement.to_write_up
        return [gap.sentence for gap in gaps_of(engagement, now=timezone.now())] if being_written else []

    def get_points(self, engagement: Engagement) -> list[str]:
        to_decide = engagement.to_write_up or engagement.state in (*BEFORE_TASKING, State.STOPPED)
        return points_to_look_at(engagement) if to_decide else []

    def get_sha256(self, engagement: Engagement) -> str:
        return sha256_of(text_to_sign(engagement) if engagement.to_write_up else exact_text(engagement))

    def get_issues(self, engagement: Engagement) -> IssueSerializer(many=True):  # type: ignore[valid-type]
        return IssueSerializer(engagement.issues.select_related("raised_by", "settled_by"), many=True).data

    def get_trafficking_reviews(self, engagement: Engagement) -> TraffickingReviewSerializer(many=True):  # type: ignore[valid-type]
        return TraffickingReviewSerializer(
            engagement.trafficking_reviews.select_related("by"), many=True
        ).data

    def get_history(self, engagement: Engagement) -> MovedSerializer(many=True):  # type: ignore[valid-type]
        return MovedSerializer(changes_of(engagement), many=True).data
