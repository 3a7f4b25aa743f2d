"""A request holds several questions: the one question each request had becomes a row of its own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Coalesce


def settle(schema_editor):
    """Foreign keys of the rows just written are checked now: PostgreSQL alters no table that waits for a check."""
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def questions_apart(apps, schema_editor):
    """Its owner is the officer who raised the referral, who was asked until now."""
    InformationRequest = apps.get_model("referrals", "InformationRequest")
    Question = apps.get_model("referrals", "Question")
    for asked in InformationRequest.objects.select_related("referral").iterator():
        Question.objects.create(
            request=asked,
            number=1,
            text=asked.question,
            due_on=asked.due_on,
            owner_id=asked.referral.created_by_id,
            answer=asked.answer,
            answered_by_id=asked.answered_by_id,
            answered_at=asked.answered_at,
        )
    InformationRequest.objects.update(closed_at=Coalesce("answered_at", "lapsed_at"))
    settle(schema_editor)


def questions_together(apps, schema_editor):
    """Several questions become one text; a request is answered only where each of its questions was."""
    InformationRequest = apps.get_model("referrals", "InformationRequest")
    apps.get_model("referrals", "Attachment").objects.update(question=None)
    for asked in InformationRequest.objects.prefetch_related("questions").iterator(chunk_size=500):
        questions = sorted(asked.questions.all(), key=lambda question: question.number)
        asked.question = "\n\n".join(question.text for question in questions)
        asked.due_on = min(question.due_on for question in questions)
        answered = [question for question in questions if question.answered_at]
        if asked.closed_at and answered:
            last = max(answered, key=lambda question: question.answered_at)
            asked.answer = "\n\n".join(question.answer for question in answered)
            asked.answered_by_id, asked.answered_at = last.answered_by_id, asked.closed_at
        else:
            asked.lapsed_at = asked.closed_at
        asked.save()
        asked.questions.all().delete()
    settle(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("referrals", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="referrals.informationrequest",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("due_on", models.DateField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions_owned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True, help_text="The force reads this")),
                ("reminded_at", models.DateTimeField(null=True)),
                ("overdue_told_at", models.DateTimeField(null=True)),
            ],
            options={"ordering": ["request", "number"]},
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                fields=["due_on"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="question_unsettled",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(fields=("request", "number"), name="one_question_a_number"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="an_answer_has_text_and_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, answered_at__isnull=True)
                    & ~Q(withdrawn_reason="")
                ),
                name="a_withdrawn_question_has_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="question",
            field=models.ForeignKey(
                help_text="Answered with it",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="referrals.question",
            ),
        ),
        migrations.AddField(
            model_name="informationrequest",
            name="closed_at",
            field=models.DateTimeField(
                help_text="The last question was settled, or the referral was withdrawn or taken back",
                null=True,
            ),
        ),
        # Backwards these columns come back empty, are filled, and only then may not be empty.
        migrations.AlterField("informationrequest", "question", models.TextField(null=True)),
        migrations.AlterField("informationrequest", "due_on", models.DateField(null=True)),
        migrations.RemoveConstraint("informationrequest", "one_open_question_a_referral"),
        migrations.RemoveConstraint("informationrequest", "an_answer_has_text_and_a_name"),
        migrations.RunPython(questions_apart, questions_together),
        *(
            migrations.RemoveField("informationrequest", name)
            for name in ("question", "due_on", "answer", "answered_by", "answered_at", "lapsed_at")
        ),
        migrations.AddConstraint(
            model_name="informationrequest",
            constraint=models.UniqueConstraint(
                condition=Q(closed_at__isnull=True), fields=("referral",), name="one_open_request_a_referral"
            ),
        ),
    ]
