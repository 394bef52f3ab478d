"""What stands where a name could, with a capital as it begins a sentence, and is nobody's name. In lower case."""

from __future__ import annotations

from mailwins.parsers.dates import full_month_names
from mailwins.understanding.people.words.languages import word_set

POSSESSIVES = word_set(
    en="our their",
    de="unser unsere unserem unseren",
    fr="notre nos leur leurs",
    es="nuestro nuestra nuestros nuestras",
    pt="nosso nossa nossos nossas",
    it="nostro nostra nostri nostre",
    nl="onze ons hun",
    sv="vår våra vårt deras",
    pl="nasz nasza nasze nasi",
)

# By themselves: "On" is also a name's first word.
PRONOUNS = word_set(
    en="i we they he she you it",
    de="ich wir er sie ihr es",
    nl="ik wij ze zij hij jullie je",
    fr="nous il elle ils elles vous",
    es="yo nosotros él ella ellos",
    pt="eu nós ele ela eles",
    it="io noi lui lei loro",
    sv="jag vi han hon de ni",
    pl="ja my on ona oni",
)

# How a colleague met or spoke with somebody.
MEETING = word_set(
    en="spoke talked met called chatted rang phoned visited saw heard had caught",
    de="sprach traf telefonierte telefonat gespräch gesprochen telefoniert besuch rief",
    fr="parlé discuté rencontré vu appelé entretien",
    es="hablé hablado llamé llamada quedé charlé visité reunión",
    nl="gebeld gesproken gesprek sprak belde bezocht bezoek tel telefoon",
    it="parlato sentito sentita incontrato visto chiamato",
    pt="falei conversei liguei reunião",
    sv="pratade talade träffade ringde pratat talat samtal möte",
    pl="rozmawiałem rozmawiałam spotkałem spotkałam dzwonił dzwoniła rozmowa",
)

# What people are at a customer, or to us.
POSTS = word_set(
    en="boss chief director manager owner customer client",
    de="chef chefin chefs leiter leiterin kunde kundin kunden inhaber inhaberin",
    fr="patron patronne directeur directrice client cliente",
    es="jefe jefa directora",
    nl="baas klant eigenaar",
    it="capo titolare direttore direttrice",
    pt="chefe diretor diretora",
    sv="kund kunden chefen ägaren",
    pl="klient szef szefowa kierownik",
)

NO_PERSON = POSSESSIVES | MEETING | POSTS

_SMALL_WORDS = word_set(
    en="the this that they we our their his her just today yesterday last next new great good first second one two "
    "three a an and but so when after before because all both most nothing something which what who there some many "
    "every each he she i you also if in at on for from with was is are be not no yes it it's their's "
    "everyone everybody everybody's everything somebody someone nobody people",
    de="heute gestern der die das wir ich sie hier bei beim im am auf nach seit mit für dank laut",
    fr="nous vous elle il ils on aujourd chez",
    es="el la los las hoy ayer",
    nl="bij",
    sv="hos",
)

_DAYS = word_set(
    en="monday tuesday wednesday thursday friday saturday sunday",
    de="montag dienstag mittwoch donnerstag freitag",
)

# Departments, what they measure, and what a mail about a customer is full of.
_WORK = word_set(
    en="team support sales marketing product customer success finance accounting procurement operations ops logistics "
    "legal engineering management management's leadership board staff hr "
    "adoption usage logins reports dashboards onboarding training user users nps csat qbr roi kpi ceo cfo cto coo "
    "win wins news update value account contact kind date summary feature internal",
)

_COURTESY = word_set(en="thanks thank please hi hello dear fyi ps")

# English alone: elsewhere people are called Jan, Mai and Juli.
NOT_NAMES = _SMALL_WORDS | _DAYS | _WORK | _COURTESY | frozenset(full_month_names("en"))

# "Three", "Sept": how many there were.
NUMBERS = word_set(
    en="three four five six seven eight nine ten eleven twelve",
    de="zwei drei vier fünf sechs sieben acht neun zehn",
    fr="deux trois quatre cinq sept huit neuf dix",
    es="dos tres cuatro cinco seis siete ocho diez",
    nl="twee drie vier vijf zes zeven acht negen tien",
    it="due tre quattro cinque sei sette otto nove dieci",
)
