"""Japanese corrections: a field, は or を, its value, a polite ending. There are no spaces, so clauses end at 、 and 。 alone."""

from __future__ import annotations

import re
from dataclasses import replace

from mailwins.receipts.wishes.days import day_spans
from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.wish import About, Wish
from mailwins.receipts.wishes.words.lexicon import kind_called

_FIELDS = {
    "account": "顧客名?|お客様名?|会社名?|アカウント|取引先名?|企業名?",
    "value": "値|価値|評価|スコア|点数?|バリュー",
    "date": "日付|日にち|日時?",
    "category": "種類|種別|カテゴリー?|分類|タイプ",
    "contact": "担当者?|連絡先|発言者|お名前|名前|コンタクト|おっしゃったの|言ったの",
    "summary": "要約|概要|サマリー?|件名|見出し",
}

_END = re.compile(
    r"(?:に|へ|で|と|を)?(?:引き?下げて?|引き?上げて?|下げて?|上げて?|変更|修正|訂正|直し|して|し|設定|いただけますか|いただけますでしょうか"
    r"|いただけると(?:助かり|幸い)?ます?|もらえますか|頂けますか|お願い(?:いた|致)?します|お願いできますか|願います|ください|下さい|ます|です|でした|だ|になります"
    r"|が正しい(?:です)?|の(?:方|ほう)が正しい(?:です)?|が(?:言い|おっしゃい)ました)*[。.!！？?]*$"
)

_SET = tuple(
    (field, re.compile(rf"^(?:正しい)?(?:{words})\s*(?:は|を|が|も|：|:)\s*(?P<value>.+)$"))
    for field, words in _FIELDS.items()
)

_NUMBER = re.compile(r"(?P<n>\d{1,2})(?:点|/10)?")
_HONORIFIC = re.compile(r"(?:様|さま|さん|氏|殿|先生)$")

# What was wrong, before what is right: "エイケランド様ではなく、ホルムさん".
_NOT_BUT = re.compile(
    r"(?:(?<=は)|(?<=が)|(?<=、)|^)(?P<old>[^、。は]{1,24}?)(?:ではなく|じゃなくて?|でなく)(?:て)?、?"
)

# "8ではなく7です": of two numbers of points the second.
_NUMBER_NOT_NUMBER = re.compile(
    r"(?:(?:評価|値|価値|スコア|点数?)は)?\d{1,2}点?(?:ではなく|じゃなくて?|でなく)(?:て)?、?(?P<n>\d{1,2})(?=点|です|に|で|。|$)"
)

_LEAVE = re.compile(r"(?:そのまま|のまま|変更不要|変えないで|変更しないで)")

_FINE = re.compile(
    r"(?:内容|すべて|全て|全部|これ|以下)?(?:に|は|で|も)?(?:特に)?(?:問題(?:ござい|あり|ない|なし)(?:ません|です)?|合って(?:い)?ます"
    r"|間違い(?:あり|ござい)ません|大丈夫です|その通りです|正しいです|OKです|結構です)[。!！]?"
)

_NEVER = re.compile(
    r"(?:共有|公開|見せ|開示|シェア)(?:を|は)?(?:しない|なし|不可|NG|せず|せないで|やめて|控えて|ないで|禁止)"
)

_MAY = re.compile(
    r"(?:これは|この件は)?(?:お客様|顧客|先方)?(?:に|へ|と|には)?(?:共有|公開|シェア|見せて|開示)(?:を)?(?:可"
    r"|して(?:も)?(?:ください|下さい|OK|大丈夫(?:です)?|構いません|かまいません|いいです|よいです|良いです)|OK(?:です)?|できます|可能です"
    r"|も?(?:ください|いいです|構いません))[。!！]?"
)

_PRIVATE = re.compile(
    r"(?:この件は|これは)?(?:非公開|内密|社外秘|機密|内緒)(?:に|で|と)?(?:して(?:ください|下さい)?|お願いします|です|扱いで)?[。!！]?"
)

_INTERNAL = re.compile(
    r"(?:この件は|これは)?(?:社内|チーム内|内部)(?:のみ|だけ|限り|限定)(?:に|で|と)?(?:して(?:ください|下さい)?|留めて(?:ください|下さい)?"
    r"|お願いします|です|扱いで)?[。!！]?"
)
_DELETE = re.compile(
    r"(?:これ|この件|この投稿|こちら)?(?:は|を)?(?:削除|消去|取り消し|取消)(?:して(?:ください|下さい)?|お願いします|願います|を?お願いいたします|で)?[。!！]?"
    r"|(?:これ|こちら)?は?(?:成功|成果|ウィン|win)では(?:ありません|ないです|ない)[。!！]?"
)

_UNDO = re.compile(
    r".{0,16}(?:元に戻し(?:て)?|元に戻す|取り消して)(?:ください|下さい|いただけますか|お願いします)?[。!！？?]?"
)

_SPLIT = re.compile(
    r".{0,16}(?:分割|別々に|二つに分けて|2つに分けて|分けて)(?:に)?(?:して)?(?:ください|下さい|いただけますか|お願いします)?[。!！？?]?"
)

_COURTESY = re.compile(
    r"(?:お疲れ(?:さま|様)(?:です|でした)|お世話になって(?:おります|います)|よろしく(?:お願い(?:いた|致)?します)?"
    r"|(?:ご連絡|ご確認|いつも)?(?:、)?ありがとうございま(?:す|した)|以上です?|恐れ入りますが|すみません(?:が)?|失礼しました|ただ|なお|あと|また|それと)[。、!！]?"
    r"|[^\W\d][\w一-龥ぁ-んァ-ヶー]{0,7}です[。]?$|[―－ー=_-]{4,}"
)

_REF = re.compile(
    r"^(?P<n>[1-9１-９一二三四五])(?:番目|つ目|件目|番)(?:の(?:件|もの|ウィン))?(?:は|を|の|も|について)?"
    r"|^(?P<first>最初)(?:の(?:件|もの))?(?:は|を|の)|^(?P<last>最後)(?:の(?:件|もの))?(?:は|を|の)"
    r"|^(?P<all>すべて|全て|全部|両方|3件とも|2件とも|三件とも|二件とも)(?:は|を|の|とも)?"
)

_DIGITS = str.maketrans("１２３４５６７８９一二三四五", "12345678912345")


def is_japanese(text: str) -> bool:
    return re.search(r"[ぁ-んァ-ヶ]", text) is not None


def clauses_of(sentence: str) -> list[str]:
    named = _NUMBER_NOT_NUMBER.sub(r"評価は\g<n>", sentence.strip())
    return [c for c in re.split(r"[、。！!]\s*", _NOT_BUT.sub("", named)) if c]


def contrasts(sentence: str) -> bool:
    """ "AではなくB": what follows is what is right, and no greeting however short."""
    return _NOT_BUT.search(sentence) is not None


def is_courtesy(clause: str) -> bool:
    return _COURTESY.fullmatch(clause) is not None


def leaves_it(clause: str) -> bool:
    """ "日付はそのままで結構です": a field is to stay."""
    return _LEAVE.search(clause) is not None


def leading_ref(clause: str, ids: tuple[int, ...]) -> tuple[tuple[int, ...], str]:
    """(the wins that the clause begins with, the rest of it)."""
    match = _REF.match(clause) if len(ids) > 1 else None
    if match is None:
        return (), clause
    rest = clause[match.end() :]
    if match["all"]:
        return ids, rest
    place = 1 if match["first"] else len(ids) if match["last"] else int(match["n"].translate(_DIGITS))
    return ((ids[place - 1],), rest) if place <= len(ids) else ((), clause)


def japanese_wishes(sentence: str, about: About) -> tuple[list[Wish], str] | None:
    """(what its clauses ask for, what of it was not understood); None where none of it was."""
    found: list[Wish] = []
    rest: list[str] = []
    refs: tuple[int, ...] = ()
    is_known = is_thanked = False
    is_contrast = contrasts(sentence)
    for clause in clauses_of(sentence):
        named, bare = leading_ref(clause, about.ids)
        refs = named or refs
        wish = japanese_wish(bare, about)
        if wish is not None:
            found += [replace(wish, win=r) for r in refs] if refs else [wish]
        elif "ありがとう" in bare and is_courtesy(bare):
            is_thanked = True
        elif not is_contrast and (is_courtesy(bare) or leaves_it(bare)):
            is_known = True
        else:
            rest.append(sentence if is_contrast else clause)
    if is_thanked and all(w.verb == "ok" for w in found):
        found.append(Wish("thanks"))
    return None if not found and (rest or not is_known) else (found, "、".join(rest))


def japanese_wish(clause: str, about: About) -> Wish | None:
    """One clause, wholly understood. "Please do not" is looked for before everything else."""
    if _NEVER.search(clause):
        return Wish("internal", instead_of="share")
    if leaves_it(clause):
        return None
    if _FINE.fullmatch(clause):
        return Wish("ok")
    for verb, pattern in (
        ("private", _PRIVATE),
        ("internal", _INTERNAL),
        ("delete", _DELETE),
        ("share", _MAY),
        ("undo", _UNDO),
        ("split", _SPLIT),
    ):
        if pattern.fullmatch(clause):
            return Wish(verb)
    for field, pattern in _SET:
        if match := pattern.match(clause):
            return _set(field, _bare(match["value"]))
    return _unnamed(clause, about)


def _bare(text: str) -> str:
    value = _END.sub("", text.strip()).strip(" 「」")
    return value or text.strip()


def _set(field: str, value: str) -> Wish | None:
    if re.search(r"(?:では|じゃ)(?:あり|ない|なく)", value):
        return None
    if field == "value":
        number = _NUMBER.fullmatch(value)
        return Wish("set", "value", number["n"]) if number else None
    if field == "contact":
        value = _person(value)
    if field == "date" and not _is_day(value) and not re.fullmatch(r"[\d./年月日-]+", value):
        return None
    return Wish("set", field, value) if value and len(value) <= 120 else None


def _person(value: str) -> str:
    """Without 様 or さん, and without what she is: 料理長のホルムさん is ホルム."""
    name = _HONORIFIC.sub("", value)
    return name.rsplit("の", 1)[-1] if name != value else name


def _is_day(value: str) -> bool:
    return any(a == 0 and b == len(value) for a, b, _, _ in day_spans(value, flatten(value), None))


def _unnamed(clause: str, about: About) -> Wish | None:
    """A value that can be of one field only: a day, a known account, a kind, points."""
    value = re.sub(
        r"の(?:話|こと|件|ほう|方)$", "", _bare(re.sub(r"^(?:正しくは|実は|これは|こちらは|それは)", "", clause))
    )
    if any(name == flatten(value) or (len(value) > 2 and name.startswith(value)) for name in about.accounts):
        return Wish("set", "account", value)
    if _is_day(value):
        return Wish("set", "date", value)
    if kind_called(value):
        return Wish("set", "category", value)
    if re.fullmatch(r"\d{1,2}点", value):
        return Wish("set", "value", value[:-1])
    if value != clause and _HONORIFIC.search(value) and re.search(r"が(?:言い|おっしゃい)", clause):
        return Wish("set", "contact", _person(value))
    return None
