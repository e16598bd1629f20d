"""The policies of access: few, the same in every country, written in Cedar so that an auditor can read them.

What differs between countries and roles is data: the mandates of the packs. No policy opens anything by the name of a
role, only by what a mandate says. `encircle policy show` prints each with what it means and what it rests on.
"""

from dataclasses import dataclass

SCHEMA = """
entity Role {
  sees: Set<String>,
  words: Set<String>,
  adds: Set<String>,
  decides: Set<String>,
  purposes: Set<String>,
  ledger: Set<String>,
  widened_by: Set<String>,
  emergency: Set<String>,
  has_mandate: Bool,
} tags Set<String>;
entity Record;
entity Part { letter: String };
entity Matter { code: String };
entity Ledger { width: String };

type Asked = { relations: Set<String>, purpose: String, visit: String, opened: Set<String>, opened_words: Set<String> };

action enter appliesTo { principal: [Role], resource: [Record], context: Asked };
action look, read_words, add appliesTo { principal: [Role], resource: [Part], context: Asked };
action settle appliesTo { principal: [Role], resource: [Matter], context: Asked };
action see_duties appliesTo { principal: [Role], resource: [Ledger], context: Asked };
action act_as appliesTo { principal: [Role], resource: [Role], context: Asked };
action weigh appliesTo { principal: [Role], resource: [Record], context: Asked };
"""
"""What the policies may speak of. `words`: the groups of which the child's own words are open too.

Tags of a role: what is open for each purpose of a visit. `visit`: that of this one; nothing in a list of many records.
"""


WIDENING = ("case_lead", "supervisor", "guardian", "lawyer")
"""The relations to a record that have a mandate of their own, by the code of relation and role alike."""
_ONLY_IN_EMERGENCY = (
    'context.relations.contains("emergency") && ["emergency", "offered"].containsAll(context.relations)'
)


@dataclass(frozen=True, slots=True)
class Basis:
    """A provision that a policy rests on: act as the packs name it, place, and where one of us read it; None: nobody has."""

    act: str
    at: str
    read: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy.

    `id`: as it stands in a refusal. `words`: what it means, in plain English. `rests_on`: provisions that ask for it; they
    bind where the packs say that their acts do. `text`: Cedar.
    """

    id: str
    words: str
    rests_on: tuple[Basis, ...]
    text: str


_GDPR5 = "GDPR Article 5, scolta-demo-drupal-legal.tag1.ai, 2026-11-28"
_PURPOSE = (Basis("EU-2016/679", "5(1)(b)", _GDPR5), Basis("EU-2016/680", "4(1)(b)"))
_NEED = (Basis("EU-2016/679", "5(1)(c)", _GDPR5), Basis("EU-2016/680", "4(1)(c)"))
_TRUE = (Basis("EU-2016/679", "5(1)(d)", _GDPR5), Basis("EU-2016/680", "4(1)(d)"))
_LAWFUL = (Basis("EU-2016/679", "6(1)"), Basis("EU-2016/680", "8(1)"))
_BY_DEFAULT = Basis("EU-2016/679", "25(2)", "overview.legal/laws/gdpr/art-25, 2026-11-28")
_BEST_INTERESTS = Basis("CRC", "3(1)", "child-abuse.com, CRC Article 3, 2026-11-28")
_CARE = Basis("CRC", "3(2)", "child-abuse.com, CRC Article 3, 2026-11-28")
_VIEWS = Basis("CRC", "12(1)", "lawin.org/convention-on-the-rights-of-the-child-2-2, 2026-11-28")
_PRIVACY = Basis("CRC", "16(1)", "hozir.org/international-law-handbook.html?page=290, 2026-11-28")
_CONFLICT = Basis("EU-2011/36", "14(2)")


def _given(asked: str) -> str:
    """The condition that a role's own mandate, or that of a relation which may widen it, says so. Cedar text.

    `asked`: with `@` where the role stands; without one, it is what the role has.
    """
    asked = asked if "@" in asked else f"@.{asked}"
    own = [asked.replace("@", "principal")]
    for relation in WIDENING:
        widening = asked.replace("@", f'Role::"{relation}"')
        own.append(
            f'(context.relations.contains("{relation}") && principal.widened_by.contains("{relation}")\n'
            f"    && {widening})"
        )
    return "\n  || ".join(own)


def _given_for_visit(asked: str) -> str:
    """The same, for the purpose to which the record is visited."""
    return _given(
        f'(@.{asked} && (context.visit == ""\n'
        "      || (@.hasTag(context.visit) && @.getTag(context.visit).contains(resource.letter))))"
    )


POLICIES: tuple[Policy, ...] = (
    Policy(
        "adverse",
        "Nobody whose interests conflict with the child's sees anything of its record, whatever else they are.",
        (_BEST_INTERESTS, _CONFLICT),
        'forbid (principal, action, resource)\nwhen { context.relations.contains("adverse") };',
    ),
    Policy(
        "no_relation",
        "Whoever takes no part in a record sees nothing of it, nor that there is one.",
        (_PRIVACY, _BY_DEFAULT, *_NEED),
        "forbid (principal, action, resource)\nwhen { context.relations.isEmpty() };",
    ),
    Policy(
        "offered",
        "Whoever has a referral of a child and has not accepted it sees nothing of its record; they weigh the referral.",
        (_PRIVACY, _BY_DEFAULT, *_NEED),
        "forbid (principal, action, resource)\n"
        'when { context.relations == ["offered"] }\nunless { action == Action::"weigh" };',
    ),
    Policy(
        "no_mandate",
        "A role of which the packs of the country say nothing opens nothing.",
        _LAWFUL,
        "forbid (principal, action, resource)\nunless { principal.has_mandate };",
    ),
    Policy(
        "purpose",
        "A record is opened only for a purpose that a mandate names.",
        _PURPOSE,
        "forbid (principal, action, resource)\nunless {\n  "
        + _given("purposes.contains(context.purpose)")
        + "\n};",
    ),
    Policy(
        "visit",
        "The record of one child is visited for one purpose, which a mandate names.",
        _PURPOSE,
        'forbid (principal, action == Action::"enter", resource)\nunless {\n  context.visit == ""\n  || '
        + _given("@.hasTag(context.visit)")
        + "\n};",
    ),
    Policy(
        "emergency_narrow",
        "Whoever only opened a record in an emergency sees no more of it than their mandate names for that.",
        (_PRIVACY, *_NEED),
        'forbid (principal, action in [Action::"look", Action::"read_words"], resource)\nwhen {\n'
        f"  {_ONLY_IN_EMERGENCY}\n    && !principal.emergency.contains(resource.letter)\n}};",
    ),
    Policy(
        "emergency_no_account",
        "Whoever only opened a record in an emergency does not read the account in the child's own words.",
        (_PRIVACY, *_NEED),
        'forbid (principal, action == Action::"read_words", resource)\n'
        f'when {{ {_ONLY_IN_EMERGENCY}\n  && resource.letter == "F" }};',
    ),
    Policy(
        "emergency_settles_nothing",
        "Whoever only opened a record in an emergency decides nothing on it.",
        (_CARE, *_LAWFUL),
        f'forbid (principal, action == Action::"settle", resource)\nwhen {{ {_ONLY_IN_EMERGENCY} }};',
    ),
    Policy(
        "emergency_own_duties",
        "Whoever only opened a record in an emergency sees of the duties those of the own role.",
        _NEED,
        'forbid (principal, action == Action::"see_duties", resource)\n'
        f'when {{ {_ONLY_IN_EMERGENCY}\n  && resource.width != "own" }};',
    ),
    Policy(
        "enter",
        "Whoever takes part in a record, has a mandate and a purpose that it names may open it.",
        _LAWFUL,
        'permit (principal, action == Action::"enter", resource);',
    ),
    Policy(
        "weigh",
        "Whoever has a referral of a child weighs what is asked, by whom, how urgently, and for a child of about which age.",
        (_CARE, *_NEED),
        'permit (principal, action == Action::"weigh", resource)\n'
        'when { context.relations.contains("offered") };',
    ),
    Policy(
        "look",
        "A part of the record is open to a role whose mandate names it, for the purpose of the visit too.",
        (*_PURPOSE, *_NEED),
        'permit (principal, action == Action::"look", resource)\nwhen {\n  '
        + _given_for_visit("sees.contains(resource.letter)")
        + "\n};",
    ),
    Policy(
        "read_words",
        "The child's own words in a part are open only where a mandate opens more than the codes.",
        (_PRIVACY, _VIEWS, *_NEED),
        'permit (principal, action == Action::"read_words", resource)\nwhen {\n  '
        + _given_for_visit("words.contains(resource.letter)")
        + "\n};",
    ),
    Policy(
        "decision",
        "A part is open, for a time, to an agency to which somebody who holds it has opened it by a decision.",
        (*_LAWFUL, *_NEED),
        'permit (principal, action == Action::"look", resource)\n'
        "when { context.opened.contains(resource.letter) };",
    ),
    Policy(
        "decision_words",
        "With a part that is opened by a decision goes its free text, where it was open to who decided.",
        (*_LAWFUL, *_NEED),
        'permit (principal, action == Action::"read_words", resource)\n'
        "when { context.opened_words.contains(resource.letter) };",
    ),
    Policy(
        "emergency",
        "Whoever has opened a record in an emergency sees for some hours what their mandate names for that.",
        (_CARE, Basis("EU-2016/679", "6(1)(d)"), Basis("EU-2016/680", "8(1)")),
        'permit (principal, action == Action::"look", resource)\nwhen {\n'
        '  context.relations.contains("emergency") && principal.emergency.contains(resource.letter)\n};',
    ),
    Policy(
        "emergency_words",
        "In an emergency free text is open too, such as an address; the account in the child's own words is not.",
        (_CARE, _PRIVACY, *_NEED),
        'permit (principal, action == Action::"read_words", resource)\nwhen {\n'
        '  context.relations.contains("emergency") && principal.emergency.contains(resource.letter)\n'
        '    && resource.letter != "F"\n};',
    ),
    Policy(
        "add",
        "Facts are stated in the parts that a mandate names, which need not be open to who states them.",
        _TRUE,
        'permit (principal, action == Action::"add", resource)\nwhen {\n  '
        + _given("adds.contains(resource.letter)")
        + "\n};",
    ),
    Policy(
        "settle",
        "A matter is decided by a role whose mandate names it.",
        (_CARE, *_LAWFUL),
        'permit (principal, action == Action::"settle", resource)\nwhen {\n  '
        + _given("decides.contains(resource.code)")
        + "\n};",
    ),
    Policy(
        "see_duties",
        "The duties towards the child are shown as far as a mandate says: all, the own ones, or figures.",
        (_CARE, *_NEED),
        'permit (principal, action == Action::"see_duties", resource)\nwhen {\n  '
        + _given("ledger.contains(resource.width)")
        + "\n};",
    ),
    Policy(
        "act_as",
        "One acts for the own role, and for that which one's relation to this record gives.",
        _LAWFUL,
        'permit (principal, action == Action::"act_as", resource)\nwhen {\n  principal == resource'
        + "".join(
            f'\n  || (resource == Role::"{relation}" && resource.has_mandate\n'
            f'    && context.relations.contains("{relation}") && principal.widened_by.contains("{relation}"))'
            for relation in WIDENING
        )
        + "\n};",
    ),
)


def text_of(policies: tuple[Policy, ...] = POLICIES) -> str:
    """All of them as one file of Cedar, each with its id."""
    return "\n\n".join(f'@id("{one.id}")\n// {one.words}\n{one.text}' for one in policies) + "\n"
