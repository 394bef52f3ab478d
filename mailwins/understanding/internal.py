"""What is for colleagues only: internal remarks, what a customer must not hear, pleas for confidence.

The one place for such words: a win's visibility, the wall before customers, digests and receipts all ask here. It errs to the side
of silence: a sentence too many that stays inside can be told later, one too few cannot be taken back.
"""

from __future__ import annotations

import re

from mailwins.patterns import rare
from mailwins.understanding.spotting import Spotter

# A paragraph, line or sentence that begins so is for colleagues.
_INTERNAL_LEAD = rare(
    r"^[\s\[(*_–—-]*(?:(?:ps|p\.s\.|nb|n\.b\.|please|pls|bitte|note|btw)[\s:.,–—-]+)?(?:"
    r"internal(?:ly)?(?: only| note| use)?\b|(?:strictly|purely) internal|for internal\b|for us only|only for us|confidential\b|private(?:ly)?\s*[:\-–—]|between (?:us|you and me|ourselves)|off the record|not for (?:the )?(?:digest|sharing|external|outside)|(?:do not|don['’]?t) (?:share|forward|tell|mention|pass)|keep this (?:between|to ourselves|internal|quiet|private)|"
    r"(?:nur )?intern(?:e[rs]?)?\b\s*(?:[:\-–—]|hinweis|notiz|info|:)|(?:nur|rein) (?:für uns|intern)|vertraulich|unter uns|nicht (?:weiter|teilen|verraten|erwähnen)|nicht für (?:den digest|draußen|außen)|interne?\s*[:\-–—]|(?:à usage )?interne? (?:seulement|uniquement)|confidentiel|entre nous|ne (?:pas|rien) (?:partager|transmettre|diffuser|dire|répéter|ébruiter|mentionner)|n['’]en parle[rz]? pas|"
    r"(?:solo |uso )?interno\b\s*[:\-–—]?|solo para nosotros|confidencial|entre nosotros|no (?:lo |se lo |le )?(?:compartir|reenviar|decir|digas|digáis|contar|cuentes|mencionar|menciones)|(?:alleen )?intern\s*[:\-–—]|alleen (?:voor ons|intern)|vertrouwelijk|onder ons|niet (?:delen|doorsturen|doorvertellen|verder vertellen)|solo (?:per )?(?:uso )?interno|riservato|confidenziale|tra noi|non (?:dir|raccont|diffond|condivid|menzion)\w+|"
    r"apenas interno|só para nós|entre nós|não (?:dizer|digas?|contar|contes?|partilhar|partilhes?|compartilhar|mencionar|menciones)\b|endast internt|bara internt|internt\s*[:\-–—]|mellan oss|säg inte|berätta inte|sprid inte|wewnętrzn\w+|(?:tylko )?do użytku wewn\w+|poufne|między nami|nie (?:mów|przekazuj|udostępniaj|wspominaj)\w*|【?社内(?:限|のみ|秘|向け)|部外秘|内緒)",
    re.I,
)
# That the customer must not hear of it, or not yet, as people who deal with customers say it; by language: en, de, fr, es, pt, it, nl, sv,
# pl, ja. "We did not tell the customer" tells what happened and asks for nothing.
_NOT_FOR_CUSTOMER = Spotter(
    r"\bnot (?:yet |meant |intended |something )?(?:for|to) (?:the |our |this |any )?(?:customer|client)s?\b|\bnothing (?:for|to) the (?:customer|client)\b|"
    r"\b(?<!\bi )(?<!\bwe )(?<!\bthey )(?<!\byou )(?<!\bhe )(?<!\bshe )(?:do not|don['’]?t|never|not to|should(?: not|n['’]?t)|must(?: not|n['’]?t)|can(?:not|['’]?t)) (?:ever |please |yet )?(?:be )?(?:tell|told|show|shown|mention(?:ed)?|share|shared|forward|send|sent|say|said|pass|reveal|let|raise|discuss)\b[^.!?\n]{0,40}?\b(?:customer|client)s?\b|"
    r"\b(?:customer|client)s? (?:must|should|can|may|does|do|is|are)(?: not|n['’]?t|not) (?:yet |to )?(?:know|see|hear|read|be told|learn|find out|aware)|"
    r"\b(?:nicht|nichts|nix|noch nicht) (?:nur )?(?:für|an|gegenüber|zum|beim) (?:den |die |unsere[nr]? |dem |der )?kund\w*|\b(?:nicht|nichts|nix)\b[^.!?\n]{0,12}\b(?:dem|den|der) kund(?:en|in|innen)\b[^.!?\n]{0,30}\b(?:sagen|zeigen|erzählen|verraten|mitteilen|erwähnen|schicken|senden|weiter\w+|geben)|\b(?:dem|den|der|an|gegenüber) (?:den |dem |der )?kund(?:en|in|innen)\b[^.!?\n]{0,30}\b(?:nicht|nichts|nix)\b[^.!?\n]{0,20}\b(?:sagen|zeigen|erzählen|verraten|mitteilen|erwähnen|schicken|senden|weiter\w+|geben)|\b(?:sag|sagt|erzähl|erzählt|zeig|zeigt) [^.!?\n]{0,20}\bkund\w*\b[^.!?\n]{0,12}\b(?:nicht|nichts)\b|\bkund(?:e|in|en) (?:darf|soll|sollte|dürfen|sollen|muss)\b[^.!?\n]{0,30}\bnicht|"
    r"\bpas (?:encore |un mot )?(?:pour |au |aux |à |chez )(?:le |la |les |l['’]|notre |nos )?client\w*|\b(?:ne|n['’])\s?(?:pas |rien |jamais )(?:le |la |les |en |lui |leur )*(?:dire|montrer|partager|parler|transmettre|envoyer|communiquer|mentionner|révéler|raconter)\b[^.!?\n]{0,30}\bclient\w*|\b(?:dis|dites|montre|montrez|parle|parlez|envoie|envoyez|mentionne|mentionnez)[^.!?\n]{0,12}\b(?:pas|rien|jamais)\b[^.!?\n]{0,20}\bclient\w*|\bclient\w* (?:ne |n['’])?(?:doit|doivent|peut|peuvent)\b[^.!?\n]{0,5} pas\b|"
    r"\b(?:no|todavía no|aún no) (?:es |son )?(?:para|al|a los|con) (?:el |la |los |las |nuestro )?client\w*|\bno (?:se )?(?:lo |la |le |les )*(?:dec|dig|mostr|muestr|enseñ|contar|cuent|coment|compart|envi|mencion|habl|pas)\w*\b[^.!?\n]{0,25}\bcliente\w*|\bcliente\w* (?:todavía |aún )?no (?:debe|puede|tiene que|se entere|lo sepa|lo sabe)|"
    r"\b(?:ainda )?não (?:é )?(?:para|ao|aos|com) (?:o |a |os )?client\w*|\bnão (?:o |a |lhe |lhes )*(?:diz|dig|mostr|cont|partilh|compartilh|envi|mencion|fal|pass)\w*\b[^.!?\n]{0,25}\bcliente\w*|\bcliente\w* (?:ainda )?não (?:deve|pode|sabe|saiba)|"
    r"\b(?:non|ancora non) (?:ancora )?(?:è )?(?:per (?:il |i )?|al |ai |con il )client\w*|\bnon (?:lo |la |gli |ne )*(?:dir|dite|mostr|far|raccont|condivid|invi|menzion|parl|pass)\w*\b[^.!?\n]{0,25}\bclient[ei]\w*|\bclient[ei] non (?:deve|devono|può|possono)|"
    r"\b(?:niet|niets|nog niet) (?:bedoeld |delen |zeggen |tonen |vertellen )?(?:voor|aan|tegen|met|naar|bij) (?:de |het |onze |deze )?klant\w*|\b(?:aan|tegen|met|naar) (?:de |onze )?klant\w*\b[^.!?\n]{0,20}\b(?:niet|niets)\b[^.!?\n]{0,15}\b(?:zeggen|vertellen|tonen|laten|delen|sturen|vermelden|melden)|\b(?:zeg|vertel|toon|deel|stuur)\b[^.!?\n]{0,20}\b(?:niet|niets)\b[^.!?\n]{0,15}\bklant\w*|\b(?:zeg|vertel|toon|deel|stuur)\b[^.!?\n]{0,25}\bklant\w*\b[^.!?\n]{0,12}\bniets?\b|\bklant\w* (?:mag|mogen|moet|hoeft)\b[^.!?\n]{0,20}\bniet|"
    r"\b(?:inte|ej|ännu inte|inget) (?:än )?(?:för|till) kund\w*|\b(?:säg|visa|berätta|nämn|dela|skicka)\w*(?: \w+){0,2} (?:inte|inget|ej)\b[^.!?\n]{0,20}\bkund\w*|\bkund\w* (?:får|ska|skall|bör) inte|"
    r"\bnie (?:jest )?dla klient\w*|\bnie (?:mów|mow|pokaz|przekaz|wysył|wysyl|udostępni|wspomin|dziel)\w*\b[^.!?\n]{0,25}\bklien\w+|\bklien\w+ nie (?:może|powinien|powinni|mogą|musi)|"
    r"(?:お客様|お客さま|顧客|客先|先方|クライアント)(?:様|さん)?(?:に|には|へ|へは|への|側に|側には)[^。！？\n]{0,14}(?:言わない|伝えない|見せない|話さない|共有しない|送らない|知らせない|出さない|内緒|秘密|内密|伏せ|NG|不可|禁止|未共有)|社外に(?:は)?[^。\n]{0,6}(?:出さない|不可)|対外秘",
)
# Without one of these it is not looked for.
_CUSTOMERS = ("customer", "client", "kund", "klant", "klien", "客", "先方", "クライアント", "社外", "対外秘")
# Anywhere in somebody's words: the whole win stays with the CSM and managers.
_CONFIDENCE = Spotter(
    r"\b(?:(?:you )?did(?: not|n(?:'|’)?t) (?:get|hear) (?:this|it|that) from me|du hast das nicht von mir|(?:vous ne tenez|tu ne tiens) pas (?:ça|cela) de moi|yo no te he dicho nada|je hebt dit niet van mij|non l'hai saputo da me|não fui eu que (?:contei|disse)|du har inte hört det (?:här )?av mig|nie wiesz tego ode mnie|"
    r"between (?:us|you and me|ourselves)|don(?:'|’)?t tell|do not tell|off the record|in confidence|(?:don(?:'|’)?t|do not|please don(?:'|’)?t|not to be) quot(?:e|ed)|keep (?:this|it|that)(?: one)? (?:between us|(?:to|for) (?:yourself|yourselves|ourselves)|quiet|confidential|private|secret|under wraps)|not (?:public|announced|official) yet|before it(?:'|’)?s (?:public|official|announced)|confidential(?:ly)?|under (?:nda|embargo)|mum(?:'|’)?s the word|strictly (?:private|secret)|"
    r"unter uns|unter vier augen|vertraulich\w*|bitte nicht zitieren|nicht weiter(?:sagen|erzählen)|noch nicht (?:öffentlich|offiziell|spruchreif)|bitte nicht weiter|(?:für|fuer) (?:dich|euch|sich) behalten|behalt(?:e|et|en)?(?: \w+){0,3} für (?:dich|euch|sich)|(?:streng )?geheim(?:halten| halten)?|"
    r"entre nous|confidentiel\w*|pas encore (?:public|publique|officiel|officielle|annoncé|annoncée)|ne (?:me |la |le )?cit(?:e|ez) pas|gard(?:e|ez|er)(?:[ -]\w+){0,3} (?:pour (?:vous|toi|nous)|secret)|(?:à )?ne pas (?:ébruiter|divulguer)|n(?:'|’)en parle[rz]? (?:pas|à personne)|sous embargo|"
    r"entre nosotros|confidencial\w*|no se lo digas|no (?:me |la |lo )?cit(?:e|es)|(?:todavía|aún) no es (?:público|pública|oficial)|no lo (?:digas|cuentes|comentes)|guárda\w+(?: \w+){0,2} para (?:ti|vosotros|usted)|"
    r"entre nós|confidencia(?:l|is)|ainda não é (?:público|pública|oficial)|não (?:contes?|digas?|diga) a ninguém|em segredo|sigilos[oa]|guarda\w*(?: \w+){0,2} para (?:ti|você|vocês)|"
    r"tra noi|riservat\w+|confidenzial\w+|non (?:è )?ancora (?:pubblic|ufficial)\w+|non dirlo a nessuno|acqua in bocca|tien\w+(?: \w+){0,2} per (?:te|voi)|"
    r"onder ons|vertrouwelijk\w*|niet (?:door|verder )vertellen|nog niet (?:openbaar|officieel|publiek)|niet citeren|(?:hou|houd|houden|hou je)(?: \w+){0,3} (?:voor (?:jezelf|jullie|je)|geheim|stil)|"
    r"mellan oss|konfidentiel\w*|i förtroende|förtroligt|(?:ännu inte|inte) (?:offentlig|officiell)\w*|håll\w*(?: \w+){0,3} (?:för dig själv|för er själva|hemligt)|berätta inte för någon|"
    r"między nami|poufn\w+|w tajemnicy|nie mów\w* nikomu|zachowaj\w*(?: \w+){0,2} dla siebie|jeszcze nie(?:oficjaln\w+| jest (?:oficjaln|publiczn)\w+))(?!\w)|"
    r"(?:内緒|内密|ここだけの話|他言無用|社外秘|部外秘|オフレコ|非公開|未公表|極秘|公表[^。]{0,6}控え)",
)
_NO_PLEA = rare(
    r"\b(?:not|no longer|isn['’]?t|nothing|nicht|nicht mehr|pas|plus|no|non|niet|inte|nie|não)\s+(?:really |very |at all )?$",
    re.I,
)
# "Between us: she is leaving" asks silence for what stands behind it, not for all that the mail brings.
_FOR_THE_REMARK = rare(
    r"^\W*(?:(?:strictly|just) )?(?:between (?:us|you and me|ourselves)|off the record|unter uns(?: gesagt)?|entre nous|entre nosotros|entre nós|onder ons(?: gezegd)?|tra noi|mellan oss|między nami|ここだけの話)(?:\s*[:,–—-]|ですが)\s*\S+\s*\S",
    re.I,
)
_SENTENCE_END = re.compile(r"[\s。！？](?:(?<=[.!?…]\s)\s*|(?<=[。！？])\s*|(?<=\n)\n*)")
_CLAUSE = rare(r"\s*(?:[,;:—–、]|\s-+)\s+|、")
# A smile may stand within, and end with a bracket of its own.
_OPENING = "[(（"
_BRACKETS = rare(r"\s?[\[(（]((?:[:;]-?\)|[^\[\]()（）]){3,600})[\])）]")


def split_internal(note: str | None) -> tuple[str | None, str | None]:
    """(story, internal remarks) of a note. A remark takes with it what stands behind it in its paragraph.

    Where nothing but a remark would be left, words told in confidence are the story (the win is private then), and of "they renewed, not
    for the customer yet" so is what stands before the remark.
    """
    if not note:
        return None, None
    story: list[str] = []
    internal: list[str] = []
    for paragraph in re.split(r"\n\s*\n", note):
        rest, aside = _without_brackets(paragraph)
        at = next((start for start, sentence in _sentences(rest) if is_internal(sentence)), None)
        story.append((rest if at is None else rest[:at]).strip())
        internal += aside
        if at is not None:
            internal.append(rest[at:].strip())
    kept = "\n\n".join(p for p in story if p).strip()
    aside_all = "\n\n".join(p for p in internal if p).strip()
    if not kept and aside_all:
        return _from_a_remark(note)
    return kept or None, aside_all or None


def _from_a_remark(note: str) -> tuple[str | None, str | None]:
    whole = note.strip()
    if cue_of_confidence(whole) and not cue_for_customer(whole):
        return whole, None
    cue = _for_customer(whole)
    ends = [c for c in _CLAUSE.finditer(whole) if cue and c.start() < cue.start()]
    if ends and len(whole[: ends[-1].start()].split()) >= 3 and not _INTERNAL_LEAD.match(whole):
        return whole[: ends[-1].start()].strip(), whole[ends[-1].end() :].strip()
    return None, whole


def _sentences(text: str) -> list[tuple[int, str]]:
    starts = [0, *(m.end() for m in _SENTENCE_END.finditer(text))]
    return [(a, text[a:b]) for a, b in zip(starts, [*starts[1:], len(text)], strict=True) if text[a:b].strip()]


def _without_brackets(paragraph: str) -> tuple[str, list[str]]:
    if not any(map(paragraph.__contains__, _OPENING)):
        return paragraph, []
    found: list[str] = []

    def keep(match: re.Match[str]) -> str:
        if not is_internal(match[1]) and not _BRACKETED.match(match[1]) and not _JOKES.search(match[1]):
            return match[0]
        found.append(match[1].strip())
        return ""

    return _BRACKETS.sub(keep, paragraph), found


# "(he says we should charge admission, lol)": laughter within brackets is a joke among colleagues; a smile alone is not.
_JOKES = rare(
    r"\b(?:lol|rofl|lmao|ha(?:ha)+h?|hi(?:hi)+|he(?:he)+|ja(?:ja)+|je(?:je)+|k(?:kk)+|rs(?:rs)+|mdr|ptdr|xd|joking|just kidding|kidding|nur spaß|kleiner scherz|scherz|je rigole|es broma|brincadeira|scherzo|grapje|geintje|skojar|żart(?:uję)?)\b|;-?\)|;-?$|[😂🤣😜😆]|(?:笑|ｗ+|w{2,})$",
    re.I,
)
_BRACKETED = rare(
    r"\s*(?:internal|intern|interne|interno|confidential|vertraulich|confidentiel|private|nur intern|社内)\b", re.I
)


def is_internal(sentence: str) -> bool:
    """Whether a colleague's sentence is for colleagues only."""
    return bool(_INTERNAL_LEAD.match(sentence) or _for_customer(sentence))


def cue_of_confidence(*texts: str | None) -> str | None:
    """The words that ask for silence, or None. "Don't tell the customer" is asked of one side only: ``cue_for_customer``."""
    for text in dict.fromkeys(t for t in texts if t):
        for match in _CONFIDENCE.found_in(text):
            of_customer = _for_customer(text, max(0, match.start() - 10))
            if of_customer and of_customer.start() <= match.start() < of_customer.end():
                continue
            if not _NO_PLEA.search(text[: match.start()]):
                return match[0]
    return None


def cue_for_customer(*texts: str | None) -> str | None:
    """The words by which the customer must not hear of it, or not yet; None."""
    return next((m[0] for t in texts if t and (m := _for_customer(t))), None)


def _for_customer(text: str, start: int = 0) -> re.Match[str] | None:
    lower = text.lower()
    return _NOT_FOR_CUSTOMER.search(text, start) if any(w in lower for w in _CUSTOMERS) else None


def cue_of_silence(*texts: str | None) -> str | None:
    """Words that keep it from the customer for either reason."""
    return cue_of_confidence(*texts) or cue_for_customer(*texts)


def plea_above(remark: str | None) -> str | None:
    """The words by which a colleague's remark above a forward asks confidence for all of it, or None."""
    found = (cue_of_confidence(s) for _, s in _sentences(remark or "") if not _FOR_THE_REMARK.match(s))
    return next((cue for cue in found if cue), None)
