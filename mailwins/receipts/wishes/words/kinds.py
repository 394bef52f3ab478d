"""What the kinds of wins are called, and the clauses that name one."""

from __future__ import annotations

import re

from mailwins.config import CATEGORIES
from mailwins.receipts.wishes.folding import flatten, word_set
from mailwins.receipts.wishes.words.grammar import THIS
from mailwins.understanding.mood import SPOKEN

# Words for kinds that are said of too much else.
WEAK_KINDS = word_set(
    "value values story love meeting task project record event review api thanks quote team survey "
    "feedback training course exec funny intro import success nutzen gain api logins launch rating "
    "score executive champion use case"
)

# What a kind is called, where nothing else is said.
KIND_WORDS: tuple[str, ...] = tuple(
    dict.fromkeys(
        [
            *(flatten(n) for _, n, _ in CATEGORIES),
            *(i.replace("_", " ") for i, _, _ in CATEGORIES),
            *(w for w in SPOKEN if w not in WEAK_KINDS),
            "team win",
            "case study",
            "user olympics",
            "value realised",
            "goal reached",
            "expansion",
            "renewal",
        ]
    )
)

# Words for our own kinds beside those that ``understanding.mood`` knows.
KINDS = {
    "referral": (
        "紹介|推薦|お客様紹介|referral|recommendation|word of mouth|passed our name|weiterempfehlung|empfehlung"
        "|empfohlen|recommandation|parrainage|mise en relation|recomendación|referencia|aanbeveling"
        "|doorverwijzing|raccomandazione|segnalazione|passaparola|indicação|recomendação|referência"
        "|rekommendation|hänvisning|polecenie|rekomendacja"
    ),
    "renewal_expansion": (
        "更新|契約更新|拡大|増設|renewal|renewed|expansion|extension|upsell|upgrade|verlängerung|vertragsverlängerung"
        "|erweiterung|ausbau|renouvellement|extension|élargissement|prolongation|renovación|ampliación"
        "|prórroga|verlenging|uitbreiding|contractverlenging|rinnovo|ampliamento|estensione|renovação"
        "|ampliação|expansão|prorrogação|förlängning|förnyelse|utökning|odnowienie|przedłużenie"
        "|rozszerzenie"
    ),
    "endorsement": (
        "称賛|賛辞|お褒めの言葉|お褒め|endorsement|praise|compliment|lob|kompliment|éloge|compliment|louange|elogio"
        "|cumplido|alabanza|lof|complimento|lode|elogio|beröm|lovord|pochwała|komplement"
    ),
    "account_goal": (
        "目標達成|目標|account goal|goal|target|goal reached|target reached|ziel|ziel erreicht|kundenziel"
        "|objectif|objectif atteint|objetivo|objetivo cumplido|doel|doel gehaald|obiettivo"
        "|obiettivo raggiunto|meta|meta atingida|mål|mål uppnått|cel|cel osiągnięty"
    ),
    "value_realized": (
        "価値実現|コスト削減|効果|value realized|value realised|savings|saving|roi|ersparnis|einsparung|nutzen"
        "|mehrwert|économies|économie|gain de temps|ahorro|besparing|tijdwinst|risparmio|poupança|besparing"
        "|oszczędność|oszczędności"
    ),
    "adoption": (
        "定着|活用|導入|adoption|usage|rollout|roll-out|nutzung|einführung|adoption|utilisation|déploiement"
        "|adopción|uso|adoptie|gebruik|adozione|utilizzo|adoção|utilização|användning|införande|wdrożenie"
        "|adopcja"
    ),
    "stakeholder": (
        "キーパーソン|経営層|stakeholder|sponsor|executive|entscheider|décideur|interesado|beslisser|sponsor"
        "|decisore|decisor|beslutsfattare|decydent|interesariusz"
    ),
    "participation": (
        "参加|研修|participation|attendance|training|workshop|webinar|teilnahme|schulung|participation"
        "|formation|participación|formación|deelname|training|partecipazione|formazione|participação"
        "|formação|deltagande|utbildning|udział|szkolenie|uczestnictwo"
    ),
    "program": (
        "プログラム|事例|program|programme|case study|testimonial|programm|fallstudie|referenzkunde|étude de cas"
        "|programa|caso de éxito|programma|casestudy|caso studio|estudo de caso|fallstudie"
        "|studium przypadku"
    ),
    "high_value_task": (
        "high value task|high-value task|integration|automation|migration|aufgabe|automatisierung|tâche"
        "|automatisation|tarea|automatización|taak|automatisering|attività|automazione|tarefa|automação"
        "|uppgift|zadanie|automatyzacja|integracja"
    ),
    "nps_csat": (
        "nps|csat|survey score|umfrage|zufriedenheit|satisfaction|satisfacción|tevredenheid|soddisfazione"
        "|satisfação|nöjdhet|satysfakcja"
    ),
    "milestone": (
        "マイルストーン|節目|milestone|team win|meilenstein|étape|jalon|hito|mijlpaal|traguardo|pietra miliare"
        "|milstolpe|kamień milowy"
    ),
    "olympics": (
        "olympics|user olympics|olympiade|olympiades|olimpiadas|olimpiadi|olimpíadas|olympiaden|olimpiada|spelen"
    ),
}

# Clauses that say of which kind it is.
KIND_FRAMES = (
    (
        r"(?:(?:i'd|i would|we'd|better|let's|i'll) )?(?:file|log|class|classify|count|categori[sz]e|tag"
        rf"|label|mark|book|treat|put|see)(?: {THIS})? (?:under|as|in|into) (?:an? |the )?(?P<value>.+)"
    ),
    (
        r"(?:definitely|clearly|rather|more|more of|eher|eindeutig|plutot|mas bien|eerder"
        r"|better as) (?:an? |eine? |un |une |una |een )?(?P<value>.+)"
    ),
    (
        r"(?:unter|als|comme|como) (?:eine? |une? |una? |een )?(?P<value>.+?) (?:ablegen|einordnen"
        r"|einsortieren|zahlen|classer|clasificar|archivar)|classer comme (?P<value2>.+)"
    ),
)

# "More of a referral than a renewal".
MORE_OF = re.compile(r"^(?:it's |its |this is |that's )?more (?:of )?(?P<new>an? .{2,30}?) than (?:an? )?.{2,30}$")
