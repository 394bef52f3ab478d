"""What absence notes say, in the languages whose programs send them: their subjects, and the sentences inside.

A mail is known by its subject and headers (``automatic``); where only its text is at hand, as with a reply to a
receipt, by such a sentence.
"""

from __future__ import annotations

import re

from mailwins.patterns import rare

# Subjects, as the programs print them.
SUBJECT = re.compile(
    r"^\s*(?:"
    r"automatic(?:ally generated)? reply|auto(?:matic)?[- ]?(?:reply|response)|autoreply"
    r"|out of (?:the )?office|ooo\b|i(?:'| a)m out of|on (?:vacation|leave|holiday)|vacation (?:reply|response)"
    r"|automatische (?:antwort|reactie|beantwoording)|abwesen|außer haus|ich bin (?:nicht im|außer)"
    r"|réponse automatique|absen(?:ce|t) du bureau|message d'absence|absence\s*[:\-]"
    r"|respuesta automática|fuera de (?:la )?oficina"
    r"|resposta automática|ausência|fora do escritório"
    r"|risposta automatica|fuori (?:sede|ufficio)"
    r"|afwezig|niet aanwezig"
    r"|autosvar|automatiskt? svar|frånvaro|ikke til stede|fravær"
    r"|automaattinen vastaus|poissa"
    r"|odpowiedź automatyczna|autoodpowiedź|nieobecno"
    r"|automatická odpověď|automatická odpoveď|mimo kancelář"
    r"|automatikus válasz|házon kívül"
    r"|răspuns automat|automatski odgovor|samodejni odgovor"
    r"|автоматический ответ|автоматична відповідь|автоматичен отговор"
    r"|αυτόματη απάντηση|otomatik yanıt"
    r"|自動返信|自動応答|不在|自动回复|自動回覆|자동 회신|부재중|رد تلقائي|תשובה אוטומטית"
    r")",
    re.I,
)

# Sentences, in lower case and without accents (RFC 3834's unlabelled kind).
SENTENCE = rare(
    r"\b(?:"
    r"(?:i am|i'm|i will be) (?:currently )?"
    r"(?:out of (?:the )?office|away from (?:the|my) (?:office|desk)|on (?:annual |parental |sick )?leave until)"
    r"|ich bin (?:derzeit |bis |vom )?.{0,30}(?:nicht im (?:buro|haus)|abwesend)"
    r"|je suis (?:actuellement )?absente?"
    r"|estoy fuera de la oficina"
    r"|estarei ausente"
    r"|sono (?:attualmente )?fuori (?:ufficio|sede)"
    r"|ik ben (?:momenteel )?(?:afwezig|niet op kantoor)"
    r"|jag ar (?:for narvarande )?(?:franvarande|inte pa kontoret)"
    r"|jestem poza biurem"
    r")\b"
)
