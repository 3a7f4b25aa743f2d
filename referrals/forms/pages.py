"""The pages of the draft: which sections each belongs to, what it asks and what it quotes.

`ROUTE` is the way through a draft: pages of several sections, grouped by what an officer knows at once. Each section also
has pages of its own, in `PAGES`, to which "Check your answers" leads to change one thing; the first has the section's key.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from referrals.forms import custody, draft, grouped
from referrals.forms.answers import AnswersForm
from referrals.rules.follow_ups import is_asked, is_left_open
from referrals.rules.policy import Topic
from referrals.rules.sections import SECTION, Gap, Section


@dataclass(frozen=True)
class Page:
    """One page. `heading` is the question and the h1; `lead` are paragraphs under it; `topics` what the policy of
    the referral is quoted for; `table` names the rows it lists (`referrals.summary.Rows.kind`). A page of the route may
    ask for `also`, further sections; `parts` are its headings, each with the field before which it stands."""

    key: str
    section: str
    heading: str
    form: type[AnswersForm] | None = None
    lead: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    table: str = ""
    also: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    template: str = "referrals/draft/page.html"
    title: str = ""  # of its task, where it is no single section's

    @property
    def sections(self) -> tuple[str, ...]:
        """The keys of every section the page answers."""
        return (self.section, *self.also)

    @property
    def columns(self) -> list[str]:
        return self.form.columns() if self.form else []

    @property
    def asks_one_thing(self) -> bool:
        """Then the question itself is the heading."""
        return self.form is not None and not self.table and len(self.form.base_fields) == 1

    def is_asked(self, answers: Any) -> bool:
        """Whether anything on the page is asked, given the other answers."""
        return not self.columns or any(is_asked(column, answers) for column in self.columns)


PAGES: tuple[Page, ...] = (
    Page("referrer", "referrer", "Who is making this referral?", draft.ReferrerForm),
    Page(
        "custody",
        "referrer",
        "When did custody begin?",
        custody.CustodyForm,
        lead=("The Referrals Office sees how much of the detention time is left.",),
    ),
    Page("identity", "identity", "Who is the subject?", draft.IdentityForm),
    Page(
        "other-names",
        "identity",
        "Is the subject known by other names?",
        lead=("Add every other name or spelling the subject has used. If there is none, continue.",),
        table="alias",
    ),
    Page(
        "nationalities",
        "identity",
        "What nationalities does the subject have or claim?",
        lead=(
            "Add each nationality and say how it is known. A nationality the subject claims is not taken as fact.",
        ),
        table="nationality",
    ),
    Page(
        "scope",
        "scope",
        "Could the subject be out of scope?",
        draft.ScopeForm,
        lead=(
            "British citizens are out of scope. A person checks every other answer here before anything is "
            "decided. If you do not know, select “Not known”.",
        ),
    ),
    Page(
        "identifiers",
        "identifiers",
        "How do records identify the subject?",
        draft.IdentifiersForm,
        lead=("Enter at least one identifier, or tick that none is known.",),
    ),
    Page(
        "immigration",
        "immigration",
        "What is the subject’s immigration status?",
        draft.ImmigrationForm,
        topics=(Topic.WITH_LEAVE, Topic.LIMB_2),
    ),
    Page(
        "residence",
        "immigration",
        "How long has the subject been in the UK?",
        draft.ResidenceForm,
        topics=(Topic.PROCEED,),
    ),
    Page("claim", "immigration", "Asylum and human-rights claims", draft.ClaimForm),
    Page(
        "interest",
        "interest",
        "Is there active police interest in the subject?",
        draft.InterestForm,
    ),
    Page(
        "interest-details",
        "interest",
        "What is the active police interest?",
        draft.InterestDetailsForm,
        topics=(Topic.LIMB_2,),
    ),
    Page(
        "harm",
        "harm",
        "What harm has the subject’s conduct done?",
        draft.HarmForm,
        topics=(Topic.DEFINITION,),
    ),
    Page(
        "conduct",
        "conduct",
        "What is recorded of the subject’s conduct?",
        draft.ConductListedForm,
        lead=(
            "Add each conviction, caution, charge, arrest and other event, and the subject’s own part in it. "
            "An event in which the subject is a victim or a witness is never counted as offending.",
        ),
        topics=(Topic.LIMB_1B,),
        table="conduct",
        template="referrals/draft/conduct.html",
    ),
    Page(
        "material",
        "material",
        "What disclosable police material is there?",
        draft.MaterialForm,
    ),
    Page(
        "material-details",
        "material",
        "What threat does the material show?",
        draft.MaterialDetailsForm,
        topics=(Topic.LIMB_1A,),
    ),
    Page(
        "pending",
        "pending",
        "Is anything pending?",
        draft.PendingForm,
        lead=("“None known” is an answer. The Duty Desk watches what is pending.",),
    ),
    Page("pending-details", "pending", "What is known of what is pending?", draft.PendingDetailsForm),
    Page(
        "vulnerability",
        "vulnerability",
        "Family, health and vulnerability",
        draft.VulnerabilityForm,
        lead=(
            "These answers protect the subject, their family and the lawfulness of any decision. "
            "If you do not know, select “Not known”.",
        ),
    ),
    Page(
        "attachments",
        "attachments",
        "Which documents go with the referral?",
        draft.AttachmentsListedForm,
        lead=(
            "Only information pertinent to the case should be included. Each file is checked for viruses.",
        ),
        table="attachment",
    ),
    Page(
        "commitment",
        "commitment",
        "What does the force commit to?",
        draft.CommitmentForm,
        topics=(Topic.COMMITMENT,),
    ),
    Page(
        "differences",
        "commitment",
        "Some answers differ",
        draft.DifferencesForm,
        lead=("Correct what is wrong on its own page. Explain here what is right as it stands.",),
    ),
)
GROUPED: tuple[Page, ...] = (
    Page(
        "subject",
        "identity",
        "Who is the subject?",
        grouped.SubjectForm,
        also=("scope", "identifiers"),
        title="The subject, nationality and identifiers",
        parts=(
            ("Name and birth", "surname"),
            ("Nationality", "nationality_1"),
            ("Identifiers", "pnc_id"),
            ("Could the subject be out of scope?", "may_be_british"),
        ),
    ),
    Page(
        "status",
        "immigration",
        "What is the subject’s immigration position?",
        grouped.StatusForm,
        title="Immigration",
        parts=(
            ("Status", "immigration_status"),
            ("Arrival and residence", "settlement_scheme"),
            ("Asylum and human-rights claims", "active_claim"),
        ),
        topics=(Topic.WITH_LEAVE, Topic.LIMB_2),
    ),
    Page(
        "grounds",
        "interest",
        "Why is this High Harm?",
        grouped.GroundsForm,
        also=("harm", "material"),
        title="Police interest, harm and material",
        parts=(
            ("Active police interest", "active_police_interest"),
            ("Harm", "harm_physical"),
            ("Disclosable material", "material_level"),
        ),
        topics=(Topic.DEFINITION,),
    ),
    Page(
        "circumstances",
        "pending",
        "What is pending, and who is affected?",
        grouped.CircumstancesForm,
        also=("vulnerability",),
        title="Pending matters, family and health",
        parts=(("What is pending", "pending_criminal"), ("Family, health and vulnerability", "has_partner")),
        lead=(
            "These answers protect the subject, their family and the lawfulness of any decision. "
            "“None known” and “Not known” are answers.",
        ),
    ),
)
PAGE = {page.key: page for page in (*PAGES, *GROUPED)}
ROUTE: tuple[Page, ...] = tuple(
    PAGE[key]
    for key in (
        "referrer",
        "custody",
        "subject",
        "status",
        "grounds",
        "conduct",
        "circumstances",
        "pending-details",
        "attachments",
        "commitment",
        "differences",
    )
)
# The pages that are tasks of the task list; the others of the route follow up what they ask.
TASKS: tuple[Page, ...] = tuple(
    page for page in ROUTE if page.key not in ("custody", "pending-details", "differences")
)
TABLE_PAGE = {page.table: page for page in PAGES if page.table}
# A requirement that is about rows, not a column.
ROW_FIELDS = {"nationality_count": "nationality"}


def pages_of(section: Section, answers: Any) -> list[Page]:
    """The pages of a section that are asked."""
    return [page for page in PAGES if page.section == section.key and page.is_asked(answers)]


def page_of(field: str) -> Page:
    """The page that asks a field, whether a column or rows."""
    if field in ROW_FIELDS:
        return TABLE_PAGE[ROW_FIELDS[field]]
    return next(page for page in PAGES if field in page.columns)


def route_page_of(field: str) -> Page:
    """The page on the way through the draft that asks a field, whether a column or rows."""
    rows = {"nationality_count": "subject"}
    return PAGE[rows[field]] if field in rows else next(page for page in ROUTE if field in page.columns)


def task_of(page: Page) -> Page:
    """The task to which a page of the route belongs: itself, or the last task before it."""
    return next(each for each in reversed(ROUTE[: ROUTE.index(page) + 1]) if each in TASKS)


def title_of(page: Page) -> str:
    """What the page's task is called."""
    return page.title or SECTION[page.section].title


def page_after(page: Page, answers: Any, *, alone: bool = False) -> Page | None:
    """The next page on the way; of the same section where one thing is changed `alone`; None after the last."""
    on_the_way = [each for each in ROUTE if each is page or each.is_asked(answers)]
    among = on_the_way if page in ROUTE and not alone else pages_of(SECTION[page.section], answers)
    later = among[among.index(page) + 1 :] if page in among else []
    return later[0] if later else None


def input_of(gap: Gap, page: Page | None = None) -> str:
    """The id of the first input to fill in for a gap on its own page or on this one; where rows are missing and no input
    asks for them, the button that adds one."""
    page = page or page_of(gap.field)
    if gap.field in ROW_FIELDS and page in GROUPED:
        return "id_nationality_1"
    if gap.field in ROW_FIELDS or page.form is None:
        return f"add-{page.table}"
    name = next(
        name
        for name, field in page.form.base_fields.items()
        if gap.field in getattr(field, "columns", [name])
    )
    return f"id_{name}-day" if hasattr(page.form.base_fields[name].widget, "parts") else f"id_{name}"


def blank_of(column: str, answers: Any) -> Any:
    """What an unanswered column holds."""
    return "" if isinstance(getattr(answers, column), str) else None


def without_unasked(section: Section, answers: Any, typed: Collection[str] = ()) -> dict[str, Any]:
    """Blanks for the follow-up answers of a section whose question is no longer asked. What was typed on the same page
    stays while the question it follows is still open."""
    return {
        column: blank_of(column, answers)
        for column in section.fields
        if not is_asked(column, answers)
        and getattr(answers, column) not in (None, "")
        and not (column in typed and is_left_open(column, answers))
    }
