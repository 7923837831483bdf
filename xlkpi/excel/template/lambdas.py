"""The cell functions as LAMBDA formulas, for the workbook that needs no add-in.

A formula is written here as a person types it, with spaces and line breaks for the reader and a dot before
whatever LAMBDA and LET bind; ``stored`` makes of it what the file holds.  Two habits keep the answers those of the
Python functions.  Cells are told apart by comparing, which works on columns: every number sorts before every text, a
blank cell equals "", TRUE and FALSE sort after all texts.  And ``0*LEN(a&b)`` stands first, so that an error in an
argument comes through before anything is said about the other arguments.  Functions that an engine other
than Excel computes for single cells only stand inside MAP.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from xlkpi.core import catalogue, formulas
from xlkpi.core.campaign import Settings
from xlkpi.core.texts import LANGUAGES, Language, Text
from xlkpi.core.variance import DEFAULT_TOLERANCE, STATUS_WORDS, Status
from xlkpi.excel.functions import words as cellwords
from xlkpi.excel.functions.declared import FUNCTIONS, Argument, Function
from xlkpi.excel.functions.values import ERRORS
from xlkpi.excel.workbook import choices, contract
from xlkpi.excel.workbook.references import REFERENCES


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name that holds a LAMBDA; ``help`` is what Excel shows while it is typed."""

    name: str
    formula: str
    help: Text

    @property
    def stored(self) -> str:
        return stored(self.formula)


def names() -> tuple[Name, ...]:
    """Every LAMBDA of the edition: the helpers, then the functions."""
    return (*_HELPERS, *(Name(f.name, formula(f), f.help) for f in FUNCTIONS))


def formula(function: Function) -> str:
    names = (f"[{bound(a)}]" if a.optional else f".{bound(a)}" for a in function.arguments)
    return f"LAMBDA({', '.join(names)}, {OWN[function.name] if function.name in OWN else of_kpi(function)})"


def bound(argument: Argument) -> str:
    """What the LAMBDA calls it: no table or name of the workbook, since not every program lets it come first."""
    return f"{argument.name}_" if argument.name in _TAKEN else argument.name


_TAKEN = {f.name.lower() for f in FUNCTIONS} | {
    s.label.in_(lang).lower() for s in contract.SHEETS for lang in LANGUAGES
}


# -- functions that compute a KPI from numbers -----------------------------------------------------

#: Function of ``core.formulas`` → the same in Excel, over its arguments in order.  Excel's own arithmetic does the
#: rest: column by column, the reason of the first argument that has no figure, #DIV/0! for a zero denominator.
EXPRESSIONS: dict[Callable[..., object], str] = {
    formulas.total: "{0}",
    formulas.ratio: "{0}/{1}",
    formulas.per_thousand: "{0}/{1}*1000",
    formulas.difference: "{0}-{1}",
    formulas.growth: "({0}-{1})/{1}",
    formulas.roi: "({0}-{1})/{1}",
    formulas.profit_roi: "({0}*{1}-{2})/{2}",
    formulas.share_of: "{0}/({0}+{1})",
    formulas.share_positive: "{0}/({0}+{1}+{2})",
    formulas.net_sentiment: "({0}+0*{1}-{2})/({0}+{1}+{2})",  # 0*{1}: the middle argument is asked before the last
    formulas.retention: "({0}-{1})/{2}",
    formulas.complement: "1-{0}/{1}",
    formulas.clv: "{0}*{1}*{2}*{3}",
}


def of_kpi(function: Function) -> str:
    """What a function computes whose KPI is a formula of the core."""
    assert function.kpi is not None
    cells = [f".{bound(a)}" for a in function.arguments]
    expression = EXPRESSIONS[catalogue.kpi(function.kpi).compute].format(
        *(f"KPI_NUMBER({cell})" for cell in cells)
    )
    return expression if len(cells) == 1 else f"0*LEN({'&'.join(cells)}) + {expression}"


# -- helpers: cells and words ----------------------------------------------------------------------


def _helper(name: str, en: str, fr: str, formula: str) -> Name:
    return Name(
        name,
        formula,
        Text(f"Used by the KPI functions: {en}.", f"Utilisé par les fonctions KPI : {fr}."),
    )


def _given(name: str) -> str:
    """An optional argument; an empty text where it was left out."""
    return f'IF(ISOMITTED(.{name}), "", .{name})'


def _text(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


_ACCENTS = ("àâäáãåçéèêëíìîïñóòôöõúùûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy")
_MARKS = "’'_-–—.,:;!?()[]{}/\\&+%*«»…=#@|~÷×°\u00a0\u202f"
_FROM, _TO = _text(_ACCENTS[0] + _MARKS), _text(_ACCENTS[1] + " " * len(_MARKS))


def _plain_spaces(text: str) -> str:
    return f'SUBSTITUTE(SUBSTITUTE({text}, "\u00a0", " "), "\u202f", " ")'


_CELLS = (
    _helper(
        "KPI_TRIM",
        "a text without the spaces around it",
        "un texte sans les espaces qui l’entourent",
        f"LAMBDA(.x, TRIM(CLEAN({_plain_spaces('.x')})))",
    ),
    _helper(
        "KPI_NUMBER",
        "a figure as it is; #N/A for an empty cell, #VALUE! for anything else",
        "un chiffre tel quel ; #N/A pour une cellule vide, #VALEUR! pour le reste",
        'LAMBDA(.x, IF(.x<"", .x, IF(KPI_TRIM(.x)="", #N/A, #VALUE!)))',
    ),
    _helper(
        "KPI_MAYBE",
        "a figure that may be missing",
        "un chiffre qui peut manquer",
        'LAMBDA(.x, IF(KPI_TRIM(.x)="", "", KPI_NUMBER(.x)))',
    ),
    _helper(
        "KPI_ROUND",
        "a figure to twelve decimals",
        "un chiffre à douze décimales",
        "LAMBDA(.x, MAP(.x, LAMBDA(.v, ROUND(.v, 12))))",
    ),
    _helper(
        "KPI_MANY",
        "whether there are several cells",
        "s’il y a plusieurs cellules",
        "LAMBDA(.x, IFERROR(ROWS(.x)*COLUMNS(.x), 1) > 1)",
    ),
    _helper(
        "KPI_FOLD",
        "a text without capitals, accents and punctuation",
        "un texte sans majuscules, accents ni ponctuation",
        f"""LAMBDA(.t, TRIM(REDUCE(LOWER(.t), SEQUENCE({len(_FROM) - 2}), LAMBDA(.a, .i,
                    SUBSTITUTE(.a, MID({_FROM}, .i, 1), MID({_TO}, .i, 1))))))""",
    ),
    # As written first: folding takes a while, and most words come from a drop-down.
    _helper(
        "KPI_MEANT",
        "what a word of a list stands for; #N/A if the list does not have it",
        "ce que désigne un mot d’une liste ; #N/A s’il n’y est pas",
        """LAMBDA(.words, .said, LET(
                    .at, XMATCH(KPI_TRIM(.said), INDEX(.words, 0, 1)),
                    INDEX(.words, IF(ISNUMBER(.at), .at, XMATCH(KPI_FOLD(.said), INDEX(.words, 0, 1))), 2)))""",
    ),
    _helper(
        "KPI_FACT",
        "a fact about a KPI: in points, direction, name",
        "un fait sur un KPI : en points, sens, nom",
        """LAMBDA(.indicator, .i, MAP(IF(.indicator="", "", .indicator), LAMBDA(.k, IF(KPI_TRIM(.k)="", #N/A,
                    INDEX(kpi_table, IFNA(KPI_MEANT(words_kpi, .k), #VALUE!), .i)))))""",
    ),
    _helper(
        "KPI_LANGUAGE",
        "1 for English, 2 for French",
        "1 pour l’anglais, 2 pour le français",
        """LAMBDA(.said, MAP(IF(.said="", "", .said), LAMBDA(.s, IF(KPI_TRIM(.s)="", 1,
                    IFNA(KPI_MEANT(words_language, .s), #VALUE!)))))""",
    ),
)

# -- target against actual, names, explanations ----------------------------------------------------

_VARIANCE = """
    0*LEN(.actual&.target&.kpi_) + LET(
        .a, KPI_NUMBER(.actual), .t, KPI_NUMBER(.target), .points, KPI_FACT(.kpi_, 1),
        0*.a + 0*.t + 0*.points + IF(.points, KPI_ROUND(.a-.t), KPI_ROUND(KPI_ROUND(.a-.t)/ABS(.t))))"""


def _verdict(language: Language) -> str:
    met, watch, missed, neutral = (
        _text(STATUS_WORDS[s].in_(language))
        for s in (Status.MET, Status.WATCH, Status.MISSED, Status.NEUTRAL)
    )
    return f"IF(.way=0, {neutral}, IF(.gap>=0, {met}, IF(.gap>=-.allowed, {watch}, {missed})))"


_STATUS = f"""
    LET(.said, {_given("language")}, .shortfall, {_given("tolerance")}, .in, KPI_LANGUAGE(.said),
        .allowed, IF(KPI_TRIM(.shortfall)="", {DEFAULT_TOLERANCE},
                     IF(KPI_NUMBER(.shortfall)<0, #NUM!, KPI_NUMBER(.shortfall))),
        .t, KPI_NUMBER(.target), .points, KPI_ROUND(KPI_NUMBER(.actual)-.t), .way, KPI_FACT(.kpi_, 2),
        .gap, .way * IF(.t=0, .points, KPI_ROUND(.points/ABS(.t))),
        IF(0*LEN(.actual&.target&.kpi_&.said&.shortfall) + 0*.points + 0*KPI_FACT(.kpi_, 1) + 0*.gap + 0*.in + 0*.allowed = 0,
           IF(.in=1, {_verdict("en")}, {_verdict("fr")})))"""
_NAME = f"""
    LET(.said, {_given("language")}, .in, KPI_LANGUAGE(.said),
        IF(0*LEN(.kpi_&.said) + 0*LEN(KPI_FACT(.kpi_, 3)) + 0*.in = 0,
           IF(.in=1, KPI_FACT(.kpi_, 3), KPI_FACT(.kpi_, 4))))"""

#: In the order in which Excel's ERROR.TYPE numbers them.
_NUMBERED = (
    "#NULL!",
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#N/A",
    "#GETTING_DATA",
    "#SPILL!",
    "#CONNECT!",
    "#BLOCKED!",
    "#UNKNOWN!",
    "#FIELD!",
    "#CALC!",
)


def _explained(language: Language) -> str:
    """What the Python function says of each error; a single error would come through MAP unexplained."""
    codes = {name: code for code, name in ERRORS.items()}
    known = ", ".join(_text(str(cellwords.kpi_why(codes[name], language))) for name in _NUMBERED)
    other = _text(str(cellwords.kpi_why(codes["#NULL!"] + 99, language)))
    return f"""
        LET(.say, LAMBDA(.v, IF(ISERROR(.v), IFERROR(CHOOSE(ERROR.TYPE(.v), {known}), {other}), "")),
            IF(KPI_MANY(.value), MAP(.value, .say), .say(.value)))"""


_WHY = f"IF(KPI_LANGUAGE({_given('language')})=1, {_explained('en')}, {_explained('fr')})"

# -- tiers -----------------------------------------------------------------------------------------


def _shipped_tier(language: Language) -> str:
    tiers = [r for r in REFERENCES if r.kind == "tier"]
    bounds, names = (
        ",".join(str(r.value) for r in tiers),
        ",".join(_text(r.item.in_(language)) for r in tiers),
    )
    return f"MAP(.n, LAMBDA(.f, LOOKUP(.f, {{{bounds}}}, {{{names}}})))"


_BOUNDS = (
    # Two columns, or a table laid out as References; "" for a row that is no tier.
    _helper(
        "KPI_BOUNDS",
        "the lower bound of each tier of a table",
        "la borne basse de chaque catégorie d’un tableau",
        """LAMBDA(.table, LET(
                    .wide, COLUMNS(.table)>3,
                    .name, INDEX(.table, 0, IF(.wide, 3, 1)), .from, INDEX(.table, 0, IF(.wide, 4, 2)),
                    .kept, IF(.wide,
                        MAP(INDEX(.table, 0, 1), LAMBDA(.k, IF(IFERROR(KPI_MEANT(words_kind, .k), "")="tier", 1, 0))),
                        IF(KPI_TRIM(.name)<>"", 1, IF(KPI_TRIM(.from)<>"", 1, 0))),
                    .unnamed, IF(KPI_TRIM(.name)="", #N/A, IF(.name<"", #VALUE!, 0)),
                    IF(COLUMNS(.table)=3, #VALUE!, IF(.kept=1, 0*LEN(.name) + KPI_NUMBER(.from) + .unnamed, ""))))""",
    ),
)
_TIER = f"""
    LET(.table, {_given("tiers")}, .own, KPI_MANY(.table), .said, {_given("language")}, .in, KPI_LANGUAGE(.said),
        .n, KPI_NUMBER(.followers_), .from, IF(.own, KPI_BOUNDS(.table), 0),
        IF(0*LEN(.followers_&IF(.own, "", .table)&.said) + 0*.n + 0*SUM(.from) + IF(SUM(IF(.from<"", 1, 0))=0, #N/A, 0)
           + IF(.own, 0, IF(KPI_TRIM(.table)="", 0, #VALUE!)) + 0*.in = 0,
           IF(.own,
              MAP(.n, LAMBDA(.f, LET(
                  .reached, IF(.from<"", IF(.from<=.f, .from, ""), ""),
                  IF(SUM(IF(.reached<"", 1, 0))=0, #N/A,
                     KPI_TRIM(INDEX(.table, XMATCH(MAX(.reached), .from, 0, -1), IF(COLUMNS(.table)>3, 3, 1))))))),
              IF(.in=1, {_shipped_tier("en")}, {_shipped_tier("fr")}))))"""

# -- links -----------------------------------------------------------------------------------------

#: Characters that stay as they are in an address; all others are written %XX.
_PLAIN = _text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_LINKS = (
    _helper(
        "KPI_WORD",
        "a word for a link, also a figure such as 2026",
        "un mot pour un lien, ou un chiffre comme 2026",
        """LAMBDA(.x, IF(.x<"", SUBSTITUTE(.x&"", ",", "."),
                    IF(KPI_TRIM(.x)="", #N/A, IF((.x=TRUE)+(.x=FALSE), #VALUE!, .x))))""",
    ),
    _helper(
        "KPI_STRIP",
        "a text from its first to its last visible character",
        "un texte, de son premier à son dernier caractère visible",
        f"""LAMBDA(.x, LET(
                    .at, SEQUENCE(LEN(.x)), .seen, IF(MID({_plain_spaces(".x")}, .at, 1)=" ", "", .at),
                    MID(.x, MIN(.seen), MAX(.seen)-MIN(.seen)+1)))""",
    ),
    _helper(
        "KPI_BYTE",
        "a byte as an address writes it",
        "un octet tel qu’une adresse l’écrit",
        'LAMBDA(.n, "%"&DEC2HEX(.n, 2))',
    ),
    _helper(
        "KPI_UTF",
        "a character as an address writes it, by its number",
        "un caractère tel qu’une adresse l’écrit, d’après son numéro",
        """LAMBDA(.n, IF(.n<128, KPI_BYTE(.n),
                    IF(.n<2048, KPI_BYTE(192+INT(.n/64)),
                       IF(.n<65536, KPI_BYTE(224+INT(.n/4096)),
                          KPI_BYTE(240+INT(.n/262144)) & KPI_BYTE(128+MOD(INT(.n/4096), 64)))
                       & KPI_BYTE(128+MOD(INT(.n/64), 64)))
                    & KPI_BYTE(128+MOD(.n, 64))))""",
    ),
    # An emoji is two characters to Excel, and UNICODE knows only the pair: the second half is passed over.
    _helper(
        "KPI_ENCODED",
        "a text as a link’s parameter holds it",
        "un texte tel qu’un paramètre de lien le contient",
        f"""LAMBDA(.word, MAP(.word, LAMBDA(.w, LET(
                    .t, KPI_STRIP(.w),
                    REDUCE("", SEQUENCE(LEN(.t)), LAMBDA(.a, .i, LET(
                        .char, MID(.t, .i, 1), .n, IFERROR(UNICODE(.char), IFERROR(UNICODE(MID(.t, .i, 2)), 0)),
                        .a & IF(ISNUMBER(FIND(.char, {_PLAIN})), .char, IF(.n=0, "", KPI_UTF(.n))))))))))""",
    ),
    # The address's own parameters stand after one that is sure to be replaced, so that there is something to split.
    _helper(
        "KPI_LINK",
        "an address with parameters",
        "une adresse avec ses paramètres",
        f"""LAMBDA(.url, .ours, LET(
                    .u, KPI_STRIP(.url), .hash, FIND("#", .u&"#"), .base, LEFT(.u, .hash-1),
                    .mark, FIND("?", .base&"?"), .path, LEFT(.base, .mark-1), .slashes, FIND("//", .path&"//"),
                    .scheme, LOWER(LEFT(.path, .slashes-1)), .rest, MID(.path, .slashes+2, LEN(.path)),
                    .user, "@"&LEFT(.rest, FIND("/", .rest&"/")-1),
                    .ats, LEN(.user)-LEN(SUBSTITUTE(.user, "@", "")),
                    .host, MID(.user, FIND("|", SUBSTITUTE(.user, "@", "|", .ats))+1, LEN(.user)),
                    .seen, SUBSTITUTE({_plain_spaces("CLEAN(.u)")}, " ", ""),
                    .own, TEXTSPLIT("utm_source&"&MID(.base, .mark+1, LEN(.base)), "&",, TRUE),
                    .kept, REDUCE("", .own, LAMBDA(.a, .p, LET(
                        .key, LOWER(LEFT(.p, FIND("=", .p&"=")-1)),
                        IF(OR(.key="utm_source", .key="utm_medium", .key="utm_campaign",
                              AND(.key="utm_content", ISNUMBER(FIND("&utm_content=", .ours)))), .a, .a&.p&"&")))),
                    IF(OR(AND(.scheme<>"http:", .scheme<>"https:"), .host="", LEFT(.host, 1)=":", LEN(.seen)<LEN(.u)),
                       #VALUE!, .scheme&"//"&.rest&"?"&.kept&.ours&IF(.hash<LEN(.u), MID(.u, .hash, LEN(.u)), ""))))""",
    ),
)
_UTM_LINK = f"""
    LET(.more, {_given("content")},
        .ours, "utm_source="&KPI_ENCODED(KPI_WORD(.source)) & "&utm_medium="&KPI_ENCODED(KPI_WORD(.medium))
             & "&utm_campaign="&KPI_ENCODED(KPI_WORD(.campaign))
             & IF(KPI_TRIM(.more)="", "", "&utm_content="&KPI_ENCODED(KPI_WORD(.more))),
        .all, 0*LEN(.url&.source&.medium&.campaign&.more) + 0*LEN(KPI_WORD(.url)) + 0*LEN(.ours),
        MAP(IF(.all=0, KPI_WORD(.url)), IF(.all=0, .ours), LAMBDA(.u, .o, KPI_LINK(.u, .o))))"""

# -- EMV -------------------------------------------------------------------------------------------

_FIGURES = ("impressions", "views", *choices.INTERACTIONS)
_ASKED = ("network", "post_format", *_FIGURES, "method", "currency_code")
_OPTIONAL = {a.name for f in FUNCTIONS if f.name == "EMV" for a in f.arguments if a.optional}


def _each(template: str, names: tuple[str, ...] = _FIGURES, separator: str = ", ") -> str:
    return separator.join(template.format(name) for name in names)


_RATES = (
    _helper(
        "KPI_NETWORK",
        "the usual name of a network",
        "le nom usuel d’un réseau",
        "LAMBDA(.said, IFNA(KPI_MEANT(words_network, .said), KPI_TRIM(.said)))",
    ),
    _helper(
        "KPI_PRICED",
        "what each row of a table of rates prices, such as cpm:Reel",
        "ce dont chaque ligne d’un barème donne le prix, par exemple cpm:Reel",
        """LAMBDA(.table, MAP(INDEX(.table, 0, 1), INDEX(.table, 0, 3), LAMBDA(.k, .i, LET(
                    .kind, IFERROR(KPI_MEANT(words_kind, .k), ""),
                    IF(.kind="cpm", "cpm:"&IFERROR(KPI_MEANT(words_cpm, .i)&"", KPI_TRIM(.i)),
                    IF(.kind="interaction", "interaction:"&IFERROR(KPI_MEANT(words_interaction, .i)&"",
                        IF(ISNUMBER(SEARCH("1000", .i)), "1000 views", KPI_TRIM(.i))), ""))))))""",
    ),
    _helper(
        "KPI_PRICE",
        "the rate for one thing; empty if there is none",
        "le barème d’une chose ; vide s’il n’y en a pas",
        """LAMBDA(.priced, .rates, .what,
                    IFNA(INDEX(.rates, XMATCH(1, EXACT(.priced, .what)*(.rates<"")*(.rates>=0))), ""))""",
    ),
    _helper(
        "KPI_TIMES",
        "a count times its price, where both are known",
        "une quantité fois son prix, si les deux sont connus",
        'LAMBDA(.count, .price, IF((.count="")+(.price=""), "", .count*.price))',
    ),
    # A view is an exposure: views stand in for impressions, and are not priced again where impressions are.
    _helper(
        "KPI_EMV",
        "the earned media value of one post",
        "l’EMV d’un post",
        f"""LAMBDA(.network, .post_format, {_each(".{}")}, .method, .currency,
                       .sound, .priced, .networks, .currencies, .rates, LET(
                    .of, IF(ISTEXT(.network)*ISTEXT(.post_format),
                            IF(KPI_TRIM(.network)="", #N/A, KPI_NETWORK(.network)), #VALUE!),
                    .form, IF(KPI_TRIM(.post_format)="", "",
                              IFNA(KPI_MEANT(words_format, .post_format), KPI_TRIM(.post_format))),
                    {_each(".n_{0}, KPI_MAYBE(.{0})")},
                    .how, IF(KPI_TRIM(.method)="", "impressions", IFNA(KPI_MEANT(words_method, .method), #VALUE!)),
                    .in, IF(KPI_TRIM(.currency)="", {_text(Settings().currency)},
                            IF(ISTEXT(.currency), UPPER(KPI_TRIM(.currency)), #VALUE!)),
                    .mine, IF(EXACT(.networks, .of) * EXACT(IF(.currencies="", .in, .currencies), .in)
                              * IF(.how="both", .priced<>"", LEFT(.priced, 3)=IF(.how="impressions", "cpm", "int")),
                              KPI_MAYBE(.rates), ""),
                    .own_rate, KPI_PRICE(.priced, .mine, "cpm:"&.form),
                    .thousand, IF(.own_rate="", KPI_PRICE(.priced, .mine, "cpm:"), .own_rate),
                    .seen, IF(.n_impressions="", .n_views, .n_impressions),
                    .exposure, KPI_TIMES(.seen, .thousand),
                    .viewed, IF(.how="both", "", KPI_TIMES(.n_views, KPI_PRICE(.priced, .mine, "interaction:1000 views"))),
                    .v_views, IF(.how="both", "", KPI_TIMES(.n_views, KPI_PRICE(.priced, .mine, "interaction:views"))),
                    {
            _each(
                '.v_{0}, KPI_TIMES(.n_{0}, KPI_PRICE(.priced, .mine, "interaction:{0}"))',
                ("impressions", *choices.INTERACTIONS),
            )
        },
                    IF(0*LEN(.of&{
            _each(".n_{}", separator="&")
        }&.how&.in) + .sound + 0*SUM(.mine) = 0,
                       IF(.exposure&.viewed&{_each(".v_{}", separator="&")}="", #N/A,
                          N(.exposure)/1000 + N(.viewed)/1000 + {
            _each("N(.v_{})", separator="+")
        }))))""",
    ),
)
_EMV = f"""
    LET({
    _each('.g_{0}, IF(ISOMITTED(.{0}), "", .{0})', tuple(n for n in _ASKED if n in _OPTIONAL))
},
        .table, {_given("rates")}, .own, KPI_MANY(.table), .list, IF(.own, .table, shipped_rates),
        .all, 0*LEN({"&".join(f".g_{n}" if n in _OPTIONAL else f".{n}" for n in _ASKED[:-1])}
                    & IF(.own, "", .table) & .g_currency_code),
        .currencies, IF(COLUMNS(.list)<6, "", UPPER(KPI_TRIM(INDEX(.list, 0, 6)))),
        .sound, IF(IF(.own, COLUMNS(.table)>3, KPI_TRIM(.table)=""), 0, #VALUE!)
                + 0*SUM(LEN(INDEX(.list, 0, 1)&INDEX(.list, 0, 2)&INDEX(.list, 0, 3)&.currencies)),
        .priced, KPI_PRICED(.list),
        .networks, MAP(.priced, INDEX(.list, 0, 2), LAMBDA(.p, .k, IF(.p="", "", KPI_NETWORK(.k)))),
        MAP(.all, {
    ", ".join(
        f'IF((.all<>0)+({x}=""), "", {x})'
        for x in (f".g_{n}" if n in _OPTIONAL else f".{n}" for n in _ASKED)
    )
},
            LAMBDA(.error, {_each(".s_{}", _ASKED)}, IF(ISNUMBER(.error),
                KPI_EMV({
    _each(".s_{}", _ASKED)
}, .sound, .priced, .networks, .currencies, INDEX(.list, 0, 4)),
                .error))))"""

#: The functions that are more than a formula of the core.
OWN: dict[str, str] = {
    "EMV": _EMV,
    "KPI_VARIANCE": _VARIANCE,
    "KPI_STATUS": _STATUS,
    "KPI_NAME": _NAME,
    "KPI_WHY": _WHY,
    "TIER": _TIER,
    "UTM_LINK": _UTM_LINK,
}
_HELPERS = (*_CELLS, *_BOUNDS, *_LINKS, *_RATES)

# -- how a file holds them -------------------------------------------------------------------------

#: Functions younger than the file format are stored with a prefix.
_FUTURE = re.compile(
    r"\b(IFNA|ISOMITTED|LAMBDA|LET|MAP|REDUCE|SEQUENCE|TEXTSPLIT|UNICODE|XMATCH)(?=\()"
)
_BOUND = re.compile(r"(?<![\w.])\.(?=[a-z])")
_BRACKETS = re.compile(r"(?<=[(,])\[([a-z_]+)\](?=,)")


def stored(formula: str) -> str:
    """A formula as the file holds it: ``LAMBDA([x], .x+1)`` is ``_xlfn.LAMBDA(_xlop.x,_xlpm.x+1)``."""
    parts = re.split(r'("[^"]*")', formula)  # every second part is a text between quotes
    for i in range(0, len(parts), 2):
        bare = re.sub(r"\s+", "", parts[i])
        parts[i] = _BRACKETS.sub(r"_xlop.\1", _BOUND.sub("_xlpm.", _FUTURE.sub(r"_xlfn.\1", bare)))
    return "".join(parts)
