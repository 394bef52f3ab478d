"""What stands around somebody's words: signatures, disclaimers, mobile footers, banners. Folded away, never lost.

When folding would leave next to nothing, everything is kept: a short "Thanks, Ana" is a message too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from mailwins.model import Folded
from mailwins.parsers.nicknames import NICKNAMES
from mailwins.parsers.urls import readable

# ---------------------------------------------------------------- phrases, as data, in lower case

# Footers that phones and mail programs add by themselves, at the beginning of a line.
_FOOTERS = (
    r"^[\s*_>\[(<-]*(?:"
    r"(?:sent|written|typed) (?:from|with|via|using|on) (?:my |an? |the )?\S|get \S+(?: \S+)? for (?:android|ios|iphone|ipad|mac|windows|mobile)\b|secured with|get outlook for|download (?:outlook|the) |sent by my |sent wirelessly|yahoo mail\b|"
    r"(?:von|mit) (?:meine[mr]|der|dem|outlook|proton|gmx|web\.de|ios)\b.{0,60}(?:gesendet|geschickt|verschickt|iphone|ipad|android|telefon|handy|app)|gesendet (?:von|mit|aus|über)\b|outlook für (?:ios|android) (?:beziehen|herunterladen|abrufen)|holen sie sich outlook|diese nachricht wurde von mein|"
    r"envoy[ée]e? (?:de|depuis|à partir|avec|par|via)\b|télécharge[rz] outlook|obtenir outlook|obtenez outlook|"
    r"enviado (?:desde|de|do|a partir|mediante|com|con|pelo)\b|obtener outlook|obtener el outlook|obter (?:o )?outlook|obtenha (?:o )?outlook|baixar (?:o )?outlook|"
    r"inviato (?:da|dal|con|tramite|mediante)\b|scarica outlook|ottieni outlook|"
    r"verzonden (?:vanaf|met|via|vanuit)\b|verstuurd (?:vanaf|met|via|vanuit)\b|outlook voor (?:ios|android)|download outlook|"
    r"skickat från|skickat med|hämta outlook|sendt fra|sendt med|hent outlook|få outlook|lähetetty (?:minun )?\S+(?:sta|stä|lta|ltä)\b|hanki outlook|"
    r"wysłane? (?:z|ze|przy|za pomocą)\b|pobierz (?:program )?outlook|odesláno z|odoslané z|stáhnout outlook|získat outlook|získajte outlook|küldve (?:az? )?\S*(?:iphone|ipad|android)|trimis de pe|obțineți outlook|poslano s[a]? |poslano z |"
    r"отправлено (?:с|из|от)\b|скачать outlook|надіслано з\b|изпратено от\b|"
    r"(?:iphone|ipad|android|私の|マイ).{0,12}から送信|iphoneから|获取 ?outlook|从我的.{0,20}发送|发自我的|發自我的|從我的.{0,20}傳送|取得 ?outlook|나의 .{0,20}에서 보냄|내 .{0,20}에서 보냄|(?:ios|android)용 outlook|"
    r"iphone'?umdan|iphone'?dan gönderildi|εστάλη από|στάλθηκε από|ดาวน์โหลด outlook|รับ outlook|gửi từ |được gửi từ|dikirim dari|ส่งจาก |أُرسلت من|أرسلت من|مرسل من|נשלח מ|envoyé de|enviat des de"
    r")"
)

# Banners that a company's gateway puts on top of mail from outside.
_BANNERS = (
    r"^[\s*_\[({<!⚠️🛑>|-]*(?:"
    r"(?:caution|warning|attention|notice|alert|be careful|careful|external|think|stop|security notice|important)\b.{0,80}\b(?:external|outside|originated|not from|unknown|sender|organi[sz]ation|extern)|"
    r"external(?: e-?mail| sender| message| mail)?\b[\s:\])}>*.!-]*$|\[?ext(?:ern|ernal)?\]?[\s:\])}*.!-]*$|this (?:e-?mail|message|mail) (?:originated|was sent|came|comes|is) from (?:outside|an? external|someone)|"
    r"(?:do not|don't|never) (?:click|open)\b.{0,80}(?:link|attachment)|you don'?t often get e-?mail from|some people who received this message don'?t often|"
    r"(?:achtung|vorsicht|warnung|hinweis)\b.{0,80}\bextern|externe (?:e-?mail|nachricht)\b|diese (?:e-?mail|nachricht) (?:stammt|kommt|wurde) (?:von|von außerhalb|außerhalb)\b|sie erhalten nicht (?:oft|häufig) e-?mails? von|"
    r"(?:attention|avertissement|prudence)\b.{0,80}\bexterne|(?:e-?mail|message|courriel) externe|ce (?:message|courriel|mail) (?:provient|vient) (?:de l'ext|d'un exp)|vous ne recevez pas souvent|"
    r"(?:atención|aviso|precaución|cuidado)\b.{0,80}\bextern|correo externo|este (?:correo|mensaje|e-?mail) (?:proviene|procede|se originó|fue enviado)\b|no suele recibir correo|"
    r"(?:attenzione|avviso)\b.{0,80}\bestern|(?:let op|waarschuwing)\b.{0,80}\bextern|deze e-?mail (?:komt|is afkomstig) van buiten|atenção\b.{0,80}\bextern|uwaga\b.{0,80}\bzewn|(?:advarsel|forsiktig|pas på|varning|obs)\b.{0,80}\b(?:ekstern|utenfor|uden for|udefra|utanför|extern)|(?:\[extern[a-zäöüé]*\][\s:]*)?(?:cet e-?mail|ce message|ce courriel) provient de l'ext|obs\b.{0,80}\bextern|varning\b.{0,80}\bextern|ostrożnie\b|внимание\b.{0,80}\bвнешн|社外からのメール|【外部|\[外部|注意.{0,30}外部|外部邮件|外部メール"
    r")"
)

# Opening words of legal boilerplate.
_DISCLAIMERS = (
    r"^[\s*_>|-]*(?:(?:confidentiality|legal|privacy) (?:notice|note|statement|disclaimer)|disclaimer\b|confidential(?:ity)?\s*[:\-–]|(?:this|the) (?:e-?mail|message|communication|transmission|information (?:contained )?in this)\b.{0,140}\b(?:confidential|privileged|intended|addressee|recipient|viruses|monitor|scanned)|"
    r"if you (?:are not|have received|received|receive) (?:the intended|this (?:e-?mail|message|communication)|it in error)|please (?:consider|think of) the environment|think before you print|"
    r"diese (?:e-?mail|nachricht|mitteilung)\b.{0,120}\b(?:vertraulich|bestimmt|empfänger|adressat)|der inhalt dieser (?:e-?mail|nachricht)|vertraulichkeitshinweis|haftungsausschluss|bitte (?:prüfen|denken) sie.{0,40}(?:umwelt|druck)|"
    r"(?:ce (?:message|courriel|mail)|cet e-?mail|le contenu de ce)\b.{0,140}\b(?:confidentiel|destin|usage)|avis de confidentialité|pensez à l'environnement|"
    r"(?:este (?:mensaje|correo|e-?mail)|la información contenida)\b.{0,140}\b(?:confidencial|destin|dirigid|privilegiad)|aviso (?:legal|de confidencialidad)|antes de imprimir|"
    r"(?:esta mensagem|este e-?mail)\b.{0,140}\b(?:confidencia|destin)|(?:questo messaggio|questa e-?mail|le informazioni contenute)\b.{0,140}\b(?:riservat|confidenzial|destin)|"
    r"(?:dit bericht|deze e-?mail|dit e-?mailbericht|de informatie in)\b.{0,140}\b(?:vertrouwelijk|bestemd|geadresseerde)|(?:detta (?:e-?post)?meddelande|denna e-?post|denne (?:e-?mail|e-?post|meddelelse))\b.{0,140}\b(?:konfidentiel|sekretess|avsed|fortrolig|tiltænkt)|"
    r"(?:ta wiadomość|niniejsza wiadomość|treść tej wiadomości)\b.{0,140}\b(?:poufn|przeznaczon|adresat)|это (?:сообщение|письмо)\b.{0,140}\bконфиденциальн|(?:本メール|このメール|本電子メール).{0,80}(?:機密|宛先|受信者)|(?:本邮件|此邮件|本電郵).{0,60}(?:机密|保密|機密))"
)

# A closing stands alone on its line (or with a name behind a comma).
_CLOSINGS = (
    r"^[\s*_–—-]*(?:(?:(?:with |many |kind|kindest|best|warm|warmest|all the|all my|my)\s*)*(?:regards|wishes|rgds|brgds)|best|all the best|(?:many |with |a big )?(?:thanks|thank you|thx|tks|ta)(?: again| so much| very much| a lot| a million| in advance| and (?:best |kind |warm )?regards| & regards)?|cheers(?: all)?|cordially|god bless(?: you(?: all)?)?|blessings|sincerely(?: yours)?|thanking you(?: in anticipation)?|warm greetings|yours(?: sincerely| faithfully| truly)?|respectfully|take care|talk soon|speak soon|have a (?:great|good|nice|lovely) (?:day|week|weekend|one|evening)|br|kr|rgds|xx?|x|love|warmly|in gratitude|gratefully|with gratitude|"
    r"(?:mit )?(?:freundliche[nrm]?|beste[nm]?|herzliche[nm]?|liebe[nm]?|viele[n]?|schöne[n]?|sonnige[n]?|nette[n]?|kollegiale[n]?)\s*(?:grüße[n]?|grüsse[n]?|gruß|gruss|grüß[ei]?|wünsche[n]?)(?: (?:aus|vom|von|nach|und)\b.{0,30})?|mfg|lg|vg|bg|gruß|gruss|grüße|grüsse|hochachtungsvoll|(?:vielen |besten |herzlichen |lieben )?dank(?: und (?:gruß|viele grüße|grüße|liebe grüße|beste grüße))?|danke(?: und .{0,25}grüße)?|servus|pfiat (?:di|euch|ihna|eich|gott)|pfiad (?:di|eich)|tschüss|bis (?:bald|dann)|"
    r"(?:bien |très )?(?:cordialement|amicalement|sincèrement|respectueusement)(?: vôtre)?|(?:meilleures|sincères|amicales) (?:salutations|amitiés)|salutations(?: distinguées)?|bien à (?:vous|toi)|(?:belle|bonne) (?:journée|soirée|semaine)(?: à (?:vous|toi|tous))?|merci(?: beaucoup| encore| bien| d'avance)?|à (?:bientôt|très vite|plus)|bises|amitiés|cdlt|crdt|"
    r"(?:un )?(?:cordial |fuerte )?(?:saludo|saludos|abrazo|abrazos)(?: cordiales| cordial| afectuosos)?|atentamente|cordialmente|(?:muchas )?gracias(?: de nuevo| por todo)?|(?:reciba|recibe) un .{0,20}saludo|atte|"
    r"(?:com os )?(?:melhores |meus )?(?:cumprimentos|cordialmente|atenciosamente|abraço[s]?|abs|att|atte|atentamente)|(?:muito )?obrigad[oa](?: e .{0,20})?|um (?:grande )?abraço|"
    r"(?:cordiali |distinti |cari |i migliori |tanti )?saluti|cordialmente|(?:un )?(?:caro )?saluto|(?:molte |mille )?grazie(?: mille| ancora)?|a presto|buona (?:giornata|serata)|"
    r"(?:met )?(?:vriendelijke|hartelijke|beste|warme|lieve|zonnige)\s*(?:groet|groeten|groetjes)|mvg|groet(?:en|jes)?|gr|hartelijk(?:e)? dank|(?:alvast )?bedankt|dank je wel|dank u wel|tot (?:snel|gauw)|"
    r"(?:med )?(?:vänlig|vänliga|bästa|varma|venlig|venlige|kærlig|kærlige|bedste|vennlig|beste|hjertelig)\s*(?:hälsning|hälsningar|hilsen|hilsner|hilsning)|hälsningar|hilsen|kh|mange hilsner|mange hilsener|mvh|mvh\.|vh|hej då|tack(?: så mycket)?|tak|takk|ystävällisin terveisin|terveisin|parhain terveisin|kiitos|"
    r"(?:z |ze |łączę )?(?:poważaniem|pozdrowieniami|wyrazami szacunku|pozdrowienia)|(?:serdecznie )?pozdrawiam(?: serdecznie)?|pozdrawiamy|dzięki|dziękuję|z panem bogiem|szczęść boże|z bogiem|s pozdravem|s přátelským pozdravem|díky|děkuji|s pozdravom|ďakujem|üdv|üdvözlettel|tisztelettel|köszönettel|köszönöm|cu (?:stimă|respect|drag)|mulțumesc|(?:lijep |srdačan |lep )?pozdrav|s poštovanjem|lep pozdrav|"
    r"с уважением|с наилучшими пожеланиями|спасибо|с уважение|поздрави|з повагою|дякую|με εκτίμηση|ευχαριστώ|φιλικά|saygılarımla|saygılar|iyi çalışmalar|teşekkürler|sevgiler|trân trọng|salam(?: hangat)?|hormat kami|terima kasih|"
    r"(?:今後とも|引き続き|どうぞ|何卒)*(?:よろしく|宜しく)お願い(?:申し上げます|(?:いた|致)?し?ます)|よろしくお願い(?:いた|致)?し?ます|宜しくお願い(?:いた|致)?し?ます|以上|敬具|此致|敬礼|祝好|谢谢|顺颂商祺|감사합니다|감사드립니다|مع (?:أطيب )?التحي(?:ة|ات)|تحياتي|شكرا|בברכה|תודה|با احترام|(?:ขอแสดง|ด้วย)ความนับถือ)[\s,،、.!;:–—*_~x😊🙂🙏👍-]*$"
)

_CONTACTISH = re.compile(
    r"(?:\+?\d[\d\s()./-]{6,}\d)|https?://|www\.|@[\w-]+\.\w|\b(?:tel|phone|mobile|mob|fax|cell|office|direct|telefon|handy|mobil|tél|teléfono|linkedin|twitter|hrb|ust-?id|vat|registered|amtsgericht|geschäftsführer|siret|kvk|btw|gmbh|ltd|inc|llc|s\.?a\.?|ag|b\.?v\.?|street|road|straße|strasse|avenue|rue|calle|suite|floor|p\.?o\.? box)\b",
    re.I,
)
_PS = re.compile(r"^\s*p\.?\s?\.?s\.?\b", re.I)
_GREETING = r"^[\s*_]*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|morning|hallo|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen)|moin|servus|grüß (?:gott|dich|sie)|bonjour|bonsoir|cher|chère|salut|hola|estimad[oa]s?|querid[oa]s?|buen(?:os|as) (?:días|tardes)|olá|oi|prezad[oa]s?|car[oa]|bom dia|boa tarde|ciao|gentile|buongiorno|salve|beste|geachte|hoi|dag|goedemorgen|goedemiddag|hej|hejsan|kära|kære|hei|bästa|cześć|dzień dobry|szanown[aiy]|drogi|droga|dobrý den|ahoj|milý|kedves|tisztelt|bună|stimat[ăe]?|zdravo|poštovani|здравствуйте|привет|добрый день|уважаем\w+|доброго дня|вітаю|merhaba|sayın|γεια|αγαπητ\w+|xin chào|chào|dear)\b[^.!?\n]{0,60}[,!:.\-–—]*|(?:team|all|folks|everyone|everybody|guys)\s*[,!:]+|.{1,30}(?:様|さん|さま|先生|御中)[、,。]?|(?:いつも)?お世話になっております[。、]?|(?:您好|你好|各位好)[,，!！:：]?|안녕하세요[.,!]?|[a-zà-þ][\w'’.-]+(?: [a-zà-þ][\w'’.-]+)?\s*,)\s*$"


MAX_SIGNATURE_LINES = 24


@dataclass(frozen=True, slots=True)
class Unfolded:
    """*text* is what remains in view; *signature* the folded one, for reading a role from it."""

    text: str
    folded: tuple[Folded, ...] = ()
    signature: str | None = None


_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0x2063, 0xFEFF))


# Outlook's phones advertise it in some forty languages: "Skaffa Outlook för Android<https://aka.ms/…>", "iOS için Outlook'u edinin".
_ADVERT = re.compile(
    r"^(?=.{0,40}\boutlook)(?=.{0,50}\b(?:ios|android))[^.!?。：:]{8,60}?\s*(?:[<(\[]?https?://\S+)?$", re.I
)

# Turkish says first from what: "Galaxy S23 telefonumdan gönderildi".
_TURKISH_FOOTER = re.compile(r"^[\s*_>\[(<-]*.{0,30}'?[ıiuü]mdan gönderildi")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Made when first used. Without IGNORECASE a long list of phrases is left after its first letter, which is four times as fast."""
    return re.compile(pattern)


def _begins(pattern: str, lower: str) -> bool:
    return _compiled(pattern).match(lower) is not None


def is_footer(line: str) -> bool:
    if len(line) > 120:
        return False
    line = line.lower() if line.isascii() else line.translate(_INVISIBLE).lower()
    return (
        _begins(_FOOTERS, line)
        or ("gönderildi" in line and _TURKISH_FOOTER.match(line) is not None)
        or ("outlook" in line and _ADVERT.match(line.strip()) is not None)
    )


def is_banner(line: str) -> bool:
    return len(line) < 400 and _begins(_BANNERS, line.lower())


def is_greeting(line: str) -> bool:
    return len(line.strip()) <= 80 and _begins(_GREETING, line.lower())


def is_closing_line(line: str) -> bool:
    bare = line.strip()
    return len(bare) <= 60 and _is_closing(bare)


@lru_cache(maxsize=500)  # the last lines of a mail are looked at from several sides, and people close as they always do
def _is_closing(bare: str) -> bool:
    return _begins(_CLOSINGS, bare.lower())


# Boilerplate in other languages: it says "confidential" and "message" or "recipient" in one breath.
_CONFIDENTIAL = re.compile(
    r"confiden|konfiden|vertraulich|vertrouwelijk|riservat|fortrolig|sekretess|poufn|luottamuksel|důvěrn|dôvern|povjerljiv|poverljiv|zaupn|bizalmas|конфиденц|конфіденц|поверителн|εμπιστευτικ|gizli|rahasia|bảo mật|ลับ|חסוי|סודי|سري|محرمانه|機密|비밀|기밀|保密|机密"
)
_MESSAGE_OR_RECIPIENT = (
    "email", "e-mail", "messag", "mensaj", "mensag", "nachricht", "bericht", "meddel", "melding", "besked", "wiadomo", "viesti", "vastaanott", "zpráv", "správ", "poruk", "sporočil", "üzenet", "mesaj", "e-posta", "сообщ", "письм", "повідомл", "съобщ", "μήνυμα", "ileti", "sõnum", "kirja", "laišk", "pranešim", "vēstul", "ziņoj", "pesan", "surel", "mesej", "thư", "อีเมล", "הודעה", "رسالة", "پیام", "メール", "メッセージ", "메일", "메시지", "邮件", "郵件",
)  # fmt: skip


def is_disclaimer(line: str) -> bool:
    if len(line) >= 4_000:
        return False
    lower = line.lower()
    if _begins(_DISCLAIMERS, lower):
        return True
    beginning = lower[:80]
    # Hardly any line of a person's names a message so early, and most need no second look.
    return (
        len(line) >= 40
        and any(word in beginning for word in _MESSAGE_OR_RECIPIENT)
        and _CONFIDENTIAL.search(lower) is not None
    )


def is_contact_detail(line: str) -> bool:
    """A telephone number, link, address or a company's legal form."""
    return bool(_CONTACTISH.search(line))


def is_signed_by(lines: Sequence[str], name: str | None) -> bool:
    """Whether the last filled line is the person's name, perhaps behind a closing word."""
    last = next((x for x in reversed(lines) if x.strip()), "")
    if not last or len(last) > 60:
        return False
    names = _names((name,) if name else ())
    return bool(names) and (_is_name_line(_fold_name(last), names) or _closes_with_name(last, names))


def is_name_of(line: str, name: str | None) -> bool:
    """Whether the line is the person's name and nothing else, as a signature has it."""
    bare = line.strip().lstrip("-–—/ ")
    if not 0 < len(bare) <= 40 or bare[-1] in "!?:,;" or len(bare.split()) > 4:
        return False
    names = _names((name,) if name else ())
    return bool(names) and _is_name_line(_fold_name(bare), names)


def is_signature(tail: list[str]) -> bool:
    """Whether lines below a name may belong to its signature: titles, companies, telephone numbers, no prose."""
    return _looks_like_signature(tail, frozenset())


def fold(
    text: str, author_names: tuple[str, ...] = (), *, keep_closing: bool = False, may_vanish: bool = False
) -> Unfolded:
    """Take banners, disclaimers, footers and the signature out of one person's own text.

    *author_names* are what the person is called, so that a signature without a closing is found by its name.
    With *keep_closing* "Best, Jane" stays and only what follows it goes. With *may_vanish* a text that is all signature leaves nothing.
    """
    if not text or text.isspace():
        return Unfolded("")
    text, kept, furniture = _without_furniture(text)
    lines, folded = list(kept), list(furniture)
    cut = _signature_start(lines, author_names, keep_closing=keep_closing)
    signature = None
    if cut is not None:
        tail = lines[cut:]
        kept_ps = _postscript(tail)
        if kept_ps:
            tail = tail[: len(tail) - len(kept_ps)]
        if any(x.strip() for x in lines[:cut]) or kept_ps or may_vanish:
            signature = "\n".join(tail).strip("\n")
            folded.append(Folded("signature", signature))
            lines = lines[:cut] + (["", *kept_ps] if kept_ps else [])
    while lines and (not lines[-1].strip() or _RULE.match(lines[-1])):
        lines.pop()
    result = _tidy(lines)
    if not result and text.strip() and not may_vanish:
        # Nothing but politeness: then politeness is the message. Footers and banners still are none.
        again = [x for x in text.split("\n") if not is_footer(x) and not is_banner(x)]
        return Unfolded(_tidy(again), tuple(f for f in folded if f.what in ("footer", "banner")), None)
    return Unfolded(result, tuple(folded), signature)


@lru_cache(maxsize=2)  # the same words are asked for with their closing, too
def _without_furniture(text: str) -> tuple[str, tuple[str, ...], tuple[Folded, ...]]:
    """(the text as a person reads it, its lines without banners, disclaimers and footers, what was folded)."""
    text = readable(_without_pictures(text))
    lines = text.split("\n")
    folded: list[Folded] = []
    lines = _fold_banners(lines, folded)
    lines = _fold_disclaimer(lines, folded)
    lines = _fold_footers(lines, folded)
    return text, tuple(lines), tuple(folded)


# Outlook and Gmail write a picture into the text part as "[cid:image001.png@01DD…]" and "[image: logo.png]".
_PICTURE = re.compile(
    r"\[(?:cid|image|inline image|bild|imagen?|immagine|afbeelding)(?:\s*:\s?|:)[^\]\n]{0,200}\]|<cid:[^>\s]{1,200}>",
    re.I,
)


_RULE = re.compile(r"^\s*[-_=*~─—━═＿－]{3,}\s*$")


def _without_pictures(text: str) -> str:
    return _PICTURE.sub("", text) if "[" in text or "<cid:" in text else text


def _tidy(lines: list[str]) -> str:
    text = "\n".join(x.rstrip() for x in lines)
    return (_GAPS.sub("\n\n", text) if "\n\n\n" in text else text).strip()


_GAPS = re.compile(r"\n{3,}")
_SHORT_RULE = re.compile(r"\s*[-_=*~]{3,}\s*")


def _fold_banners(lines: list[str], folded: list[Folded]) -> list[str]:
    """At the top, before the person begins to speak."""
    head = 0
    taken: list[str] = []
    for index, line in enumerate(lines[:14]):
        if not line.strip() or _SHORT_RULE.fullmatch(line):
            continue
        if is_banner(line) or (taken and _begins(_BANNER_MORE, line.lower())):
            taken.append(line.strip())
            head = index + 1
        else:
            break
    if taken:
        folded.append(Folded("banner", "\n".join(taken)))
        return lines[head:]
    return lines


_BANNER_MORE = r"^\s*(?:do not|don't|please (?:do not|don't|be|exercise)|never|learn why|unless you|klicken sie|öffnen sie|bitte (?:öffnen|klicken|seien)|ne cliquez|n'ouvrez|no haga|klik niet|nie klikaj|erfahren sie|en savoir plus|report)"


def _fold_disclaimer(lines: list[str], folded: list[Folded]) -> list[str]:
    for index in _edges(len(lines)):
        line = lines[index]
        if index and line and is_disclaimer(line):
            # Boilerplate stands at the end; something long behind it that is no boilerplate means it was none.
            folded.append(Folded("disclaimer", "\n".join(lines[index:]).strip()))
            head = lines[:index]
            while head and _SHORT_RULE.fullmatch(head[-1] or " "):
                head.pop()
            return head
    return lines


def _fold_footers(lines: list[str], folded: list[Folded]) -> list[str]:
    taken = [i for i in _edges(len(lines)) if lines[i] and is_footer(lines[i])]
    if not taken:
        return lines
    folded.extend(Folded("footer", lines[i].strip()) for i in taken)
    gone = set(taken)
    return [line for i, line in enumerate(lines) if i not in gone]


EDGE_LINES = 2_000


def _edges(count: int) -> Iterator[int]:
    """All lines of what people write; of a log of 100,000 lines the first and last, where programs put what is theirs."""
    if count <= 2 * EDGE_LINES:
        return iter(range(count))
    return chain(range(EDGE_LINES), range(count - EDGE_LINES, count))


def _short_forms() -> dict[str, frozenset[str]]:
    return {_fold_name(name): frozenset(map(_fold_name, forms)) for name, forms in NICKNAMES.items()}


@lru_cache(maxsize=1_000)
def _names(author_names: tuple[str, ...]) -> frozenset[str]:
    found: set[str] = set()
    # Companies list people as "Porter, Jane", who signs the other way round.
    for name in (*author_names, *(" ".join(reversed(n.split(",", 1))) for n in author_names if "," in n)):
        clean = _fold_name(name)
        if len(clean) > 1:
            found.add(clean)
            parts = clean.split()
            found.update(_SHORT_FORMS.get(parts[0], ()))
            if len(parts) > 1:
                # Vietnamese people sign with the last two of three or four names; Marguerite "Peg" Sandoval and Maj-Britt with what stands between.
                found.update(p for p in parts if len(p) > 2)
                found.update(f"{short} {parts[-1]}" for short in _SHORT_FORMS.get(parts[0], ()))
                found.update({_fold_name(name.split()[0]), " ".join(p[0] for p in parts)} if name.split() else ())
                if not clean.isascii():
                    found.add("".join(parts))
                found.update(
                    {
                        parts[0],
                        parts[-1],
                        " ".join(parts[-2:]),
                        f"{parts[0]} {parts[-1][0]}",
                        f"{parts[0][0]} {parts[-1]}",
                    }
                )
            initials = "".join(p[0] for p in parts)
            if len(initials) > 1:
                found.add(initials)
    return frozenset(n for n in found if len(n) > 1 or not n.isascii())


@lru_cache(maxsize=500)  # the lines around a signature are looked at from several sides
def _fold_name(name: str) -> str:
    if name.isascii():
        if name.isalnum():
            return name.lower()
        return " ".join(_NO_WORD.sub(" ", name.lower()).split())
    text = unicodedata.normalize("NFKD", name)
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return " ".join(_NO_WORD.sub(" ", text).split())


_NO_WORD = re.compile(r"[^\w\s]")


_SHORT_FORMS = _short_forms()


_MARK_BEGINS = ("-", "—", "_", " ", "\t")


def _signed_at(lines: list[str], author_names: tuple[str, ...]) -> int | None:
    """The line above which the words end, for a text whose last lines are a typed signature without "-- "."""
    if not any(x.strip() for x in lines):
        return None
    return _signature_start(lines, author_names, keep_closing=False, has_mark=False)


def _signature_start(
    lines: list[str], author_names: tuple[str, ...], *, keep_closing: bool, has_mark: bool = True
) -> int | None:
    """The first line of the signature, or None."""
    last = len(lines) - 1
    while last >= 0 and not lines[last].strip():
        last -= 1
    if last < 0:
        return None
    for index in _edges(last + 1) if has_mark else ():
        line = lines[index]
        if line[:1] in _MARK_BEGINS and (
            line in ("-- ", "--") or (line.strip() in ("--", "—", "__") and index > 0 and last - index <= 14)
        ):
            return _with_closing_above(lines, index, author_names) if not keep_closing else index
    names = _names(author_names)
    # A signature has few lines: whatever has more than that below it is none, and is not looked at.
    filled = [i for i in range(max(0, last - 2 * EDGE_LINES), last + 1) if lines[i].strip()][-MAX_SIGNATURE_LINES - 1 :]
    for place, index in enumerate(filled):
        line = lines[index]
        if (
            index > 0
            and (is_closing_line(line) or _closes_with_name(line, names))
            and _looks_like_signature([lines[i] for i in filled[place + 1 :]], names)
        ):
            if keep_closing:
                after = index + 1
                while after <= last and not lines[after].strip():
                    after += 1
                return after + 1 if after < last else None
            return index
    if (at := _initials_at(lines, last, author_names)) is not None and not keep_closing:
        return at
    for index in range(max(1, last - 14), last + 1):
        folded_line = _fold_name(lines[index][:200]) if names else ""
        if not folded_line or not (_is_name_line(folded_line, names) or _is_card(lines[index], folded_line, names)):
            continue
        tail = [x for x in lines[index + 1 : last + 1] if x.strip()]
        if _looks_like_signature(tail, names):
            if keep_closing and not tail:
                return None
            above = _signed_at(lines[:index], author_names) if has_mark and not keep_closing else None
            return (above or _with_frame_above(lines, index)) if not keep_closing else index + 1
    return None


# Ways of taking leave that no list has in full, told by their stems: "De bedste hilsner", "Gruß von der Küste", "Parimate soovidega".
_LEAVE = re.compile(
    r"hils|hälsn|grüß|grüss|gruß|gruss|groet|greet|regard|wishes|yours|terveis|pozdr|salut|salud|saluti|atent|cumpriment|abra[cç]|cordi|sooviga|soovidega|lugupid|tervit|pagarb|linkėj|cieņ|sveic|üdv|tisztelet|salam|hormat|kveðj|вітан|повагою|уважен|привет|поздрав|поштов|χαιρετ|εκτίμ|saygı|selam|sevgi|trân trọng|thân|นับถือ|ברכה|تحي|敬具|よろしく|드림|祝",
    re.I,
)


def _with_frame_above(lines: list[str], index: int) -> int:
    """The rule that a signature is framed by, or the words of leave above the name."""
    above = index - 1
    while above > 0 and index - above <= 4 and lines[above].strip() and not _RULE.match(lines[above]):
        above -= 1
    if (
        above > 0
        and _RULE.match(lines[above])
        and all(len(x.strip()) <= 40 and x.strip()[-1:] not in ".!?。" for x in lines[above + 1 : index])
    ):
        index = above
    above = index - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    line = lines[above].strip() if above > 0 else ""
    is_leave = (
        0 < len(line) <= 40 and len(line.split()) <= 6 and line[-1:] not in ".!?" and not any(c.isdigit() for c in line)
    )
    return above if is_leave and not lines[above - 1].strip() and _LEAVE.search(line) else index


def _initials_at(lines: list[str], last: int, author_names: tuple[str, ...]) -> int | None:
    """The last line, where it stands alone and is the author's initial or the beginning of the first name: "h", "Bea"."""
    if last < 2 or lines[last - 1].strip():
        return None
    word = _fold_name(lines[last][:30].replace("/", " ")).removesuffix(" x").removesuffix(" xx")
    if not word or " " in word or len(lines[last].strip()) > 14:
        return None
    for name in author_names:
        first = (_fold_name(name.split(",")[-1]).split() or [""])[0]
        if first and (
            word == first[0]
            or (len(word) >= 3 and (first.startswith(word) or (word[:3] == first[:3] and len(word) <= 6)))
        ):
            return last
    return None


_SEPARATED = re.compile(r"\s*[|·•,，、–—]\s*|\s{2,}|\s[-/]\s")
_CLOCK_OR_LINK = re.compile(r"\d:\d\d|://")


def _is_card(line: str, folded_line: str, names: frozenset[str]) -> bool:
    """A whole visiting card on one line, the full name in it: "Jane Porter | Head of Care | Acme", "Blumen Porter, Inh. Jane Porter"."""
    whole = [n for n in _single_and_whole(names)[1] if len(n) > 5 and n in folded_line]
    if not whole:
        return False
    pieces = [x for x in _SEPARATED.split(line.strip()) if x]
    if len(pieces) < 2 or len(line) > 200 or line.rstrip()[-1:] in ".!?:;" or _CLOCK_OR_LINK.search(line):
        return False
    if max(len(x.split()) for x in pieces) > 7:
        return False
    for piece in pieces:
        folded = _fold_name(piece)
        if folded in whole or any(
            folded.endswith(f" {n}") and len(folded.split()) - len(n.split()) <= 2 for n in whole
        ):
            return True
    return False


_PRESENTED = tuple(unicodedata.normalize("NFKD", w) for w in (" 드림", " 올림", " 배상"))


def _closes_with_name(line: str, names: frozenset[str]) -> bool:
    """ "Hilsen Jørn", "Pfiat di, Sepp": closing and name on one line."""
    if len(line) > 60 or not names:
        return False
    head, _, name = line.strip().rpartition(" ")
    return bool(head) and _fold_name(name) in names and is_closing_line(head)


# "Sr. Benedikta", "Dr. med. Voss", "Frau Holm", "M. Castaignède": people sign with what they are called.
_TITLES = frozenset(
    [
        "sr",
        "br",
        "fr",
        "dr",
        "drs",
        "prof",
        "herr",
        "frau",
        "mr",
        "mrs",
        "ms",
        "mme",
        "mlle",
        "m",
        "sig",
        "sra",
        "sig.ra",
        "don",
        "dona",
        "doña",
        "ing",
        "dipl",
        "mag",
        "rev",
        "pfr",
        "med",
        "hr",
        "fru",
        "dhr",
        "mevr",
        "mw",
        "ir",
        "lic",
        "arq",
    ]
)


def _is_name_line(folded_line: str, names: frozenset[str]) -> bool:
    # Finns sign "t. Aino" (terveisin), Koreans "박서연 드림" (presented by).
    if folded_line.removeprefix("t ") in names:
        return True
    if folded_line.endswith(_PRESENTED) and folded_line.rpartition(" ")[0] in names:
        return True
    words = folded_line.split()
    if len(words) > 7:
        return False
    if len(words) > 1 and words[0] in _TITLES:
        return _is_name_line(" ".join(words[1:]), names)
    # Korean, Chinese and Japanese titles follow a name that is one word.
    if words and len(words) <= 3 and len(words[0]) >= 3 and words[0] in names and words[0][0] >= "\u1100":
        return True
    if words and words[-1][0] >= "\u1100":
        # 代表取締役 桐生千鶴, 製造部 保全課 大塚 美和: department and title come first.
        if len(words) <= 3 and words[-1] in names:
            return True
        if 3 <= len(words) <= 5 and " ".join(words[-2:]) in names:
            return True
    single, whole = _single_and_whole(names)
    if words and len(words[0]) >= 3 and any(n.startswith(words[0]) for n in single):
        # "Gwil", "Rod Abernethy": a first name cut short, alone or before the surname.
        return len(words) == 1 or words[1] in names
    return folded_line.startswith(whole)


@lru_cache(maxsize=1_000)
def _single_and_whole(names: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of one word, and those of several."""
    return tuple(n for n in names if " " not in n), tuple(n for n in names if " " in n)


def _with_closing_above(lines: list[str], index: int, author_names: tuple[str, ...]) -> int:
    """A signature that the program adds may stand below one that the person typed: "Best, Jane", then "-- " and the company."""
    above = _signed_at(lines[:index], author_names)
    return above if above is not None and above > 0 else index


def _looks_like_signature(tail: list[str], names: frozenset[str]) -> bool:
    """Whether everything behind a closing or a name could be a signature: short lines, contact details, no prose."""
    if not tail:
        return True
    if len(tail) > MAX_SIGNATURE_LINES:
        return False
    prose = 0
    for position, line in enumerate(tail):
        text = line.strip()
        if _PS.match(text):
            break
        is_long = (len(text) > 60 and position < 6) or _word_count(text) >= 7
        prose += is_long and text[-1:] in ".!?。！？" and not _CONTACTISH.search(text)
    return prose == 0 or (prose == 1 and len(tail) >= 4 and not _is_prose(tail[0]))


def _is_prose(line: str) -> bool:
    return _word_count(line) >= 7 and line.strip()[-1:] in ".!?"


def _word_count(text: str) -> int:
    """A dash between a firm and what it says of itself is no word: "Kite & Sons - open all winter!"."""
    return sum(1 for word in text.split() if word not in ("-", "–", "—", "|", "·", "&"))


def _postscript(tail: list[str]) -> list[str]:
    for index, line in enumerate(tail):
        if _PS.match(line):
            rest = tail[index:]
            blank = next((i for i, x in enumerate(rest) if not x.strip()), len(rest))
            if blank == len(rest) or index + blank == len(tail):
                return rest
            return []
    return []


def drop_greeting(text: str) -> str:
    """Without a first line that only greets."""
    lines = text.split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    if len(lines) > 1 and is_greeting(lines[0]):
        return "\n".join(lines[1:]).strip()
    return text.strip()
