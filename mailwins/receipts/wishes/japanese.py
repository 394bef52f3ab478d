"""Japanese corrections: a field, は or を, its value, a polite ending. There are no spaces, so clauses end at 、 and 。 alone."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.wish import Wish

_FIELDS = {
    "account": "顧客名?|お客様名?|会社名?|アカウント|取引先|企業",
    "value": "値|価値|評価|スコア|点数?|バリュー",
    "date": "日付|日にち|日時?",
    "category": "種類|種別|カテゴリー?|分類|タイプ",
    "contact": "担当者?|連絡先|発言者|お名前|コンタクト",
    "summary": "要約|概要|サマリー?|件名|見出し",
}
_END = r"(?:(?:に|へ|で|と)?(?:変更|修正|訂正|して|し|直し?|お願い(?:いた|致)?し|願い|ください|下さい|ます|です|でした|だ|になります|が正しい|の方が正しい|のほうが)*(?:お願い(?:いた|致)?します|ください|下さい|ます|です|でした|だ)?)?[。.!！]?"
_SET = tuple(
    (field, re.compile(rf"^(?:正しい)?(?:{words})(?:は|を|が|：|:)\s*(?P<value>.+?){_END}$"))
    for field, words in _FIELDS.items()
)
_NUMBER = re.compile(r"(?P<n>\d{1,2})(?:点|/10)?")
_HIRAGANA_END = re.compile(r"(?:に|へ|で|と)$")

_NEVER = re.compile(
    r"(?:共有|公開|見せ|開示|シェア)(?:を|は)?(?:しない|なし|不可|NG|せず|せないで|やめて|控えて|ないで|禁止)"
)
_MAY = re.compile(
    r"(?:お客様|顧客|先方)?(?:に|へ|と|には)?(?:共有|公開|シェア|見せて|開示)(?:を)?(?:可|して(?:も)?(?:ください|下さい|OK|大丈夫(?:です)?|構いません|かまいません|いいです|よいです|良いです)|OK(?:です)?|できます|可能です|も?(?:ください|いいです|構いません))[。!！]?"
)
_PRIVATE = re.compile(
    r"(?:この件は|これは)?(?:非公開|内密|社外秘|機密|内緒)(?:に|で|と)?(?:して(?:ください|下さい)?|お願いします|です|扱いで)?[。!！]?"
)
_DELETE = re.compile(
    r"(?:これ|この件|この投稿)?(?:は|を)?(?:削除|消去|取り消し|取消)(?:して(?:ください|下さい)?|お願いします|願います|を?お願いいたします)?[。!！]?|(?:これ|こちら)?は?(?:成功|成果|ウィン|win)では(?:ありません|ないです|ない)[。!！]?"
)
_COURTESY = re.compile(
    r"(?:お疲れ(?:さま|様)(?:です|でした)|お世話になって(?:おります|います)|よろしく(?:お願い(?:いた|致)?します)?|ありがとうございま(?:す|した)|以上です?|恐れ入りますが|すみません(?:が)?|失礼しました)[。、!！]?|[\w一-龥ぁ-んァ-ヶー]{1,8}です[。]?$"
)


def is_japanese(text: str) -> bool:
    return re.search(r"[ぁ-んァ-ヶ]", text) is not None


def clauses_of(sentence: str) -> list[str]:
    return [c for c in re.split(r"[、。！!]\s*", sentence.strip()) if c]


def is_courtesy(clause: str) -> bool:
    return _COURTESY.fullmatch(clause) is not None


def japanese_wish(clause: str) -> Wish | None:
    """One clause, wholly understood. "Please do not" is looked for before everything else."""
    if _NEVER.search(clause):
        return Wish("internal", instead_of="share")
    for verb, pattern in (("private", _PRIVATE), ("delete", _DELETE), ("share", _MAY)):
        if pattern.fullmatch(clause):
            return Wish(verb)
    for field, pattern in _SET:
        if match := pattern.match(clause):
            value = _HIRAGANA_END.sub("", match["value"].strip())
            if field == "value":
                number = _NUMBER.fullmatch(value)
                return Wish("set", "value", number["n"]) if number else None
            return Wish("set", field, value) if value and len(value) <= 120 else None
    return None
