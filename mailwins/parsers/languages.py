"""What mail programs print around a quoted mail, language by language. Data only: a new language is one more block.

Sources: the programs' own interfaces (Outlook's and Outlook on the web's header lines, Gmail's
"Forwarded message" line and attribution, Apple Mail's "Begin forwarded message", Thunderbird's
and Yahoo's separators). Compared in lower case, without bold marks, before the colon.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """*from_* … *date*: header labels. *extra*: labels that belong to a block but carry nothing for us.

    *forwarded*, *original*: words of separator lines. *wrote*: words around a name in an attribution.
    *reply*, *forward*: subject prefixes.
    """

    code: str
    from_: tuple[str, ...]
    to: tuple[str, ...]
    subject: tuple[str, ...]
    date: tuple[str, ...]
    cc: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    forwarded: tuple[str, ...] = ()
    original: tuple[str, ...] = ()
    wrote: tuple[str, ...] = ()
    reply: tuple[str, ...] = ()
    forward: tuple[str, ...] = ()


LANGUAGES: tuple[Language, ...] = (
    Language("en", ("from", "sender"), ("to", "recipient"), ("subject",), ("date", "sent", "sent at", "date sent"), ("cc", "copy"),
             ("bcc", "reply-to", "reply to", "importance", "priority", "attachments", "attachment", "sensitivity", "organization", "message-id", "resent-from", "return-path", "x-mailer", "categories", "when", "where", "mailing list", "flag status", "size", "time", "user-agent", "mailed-by", "signed-by", "security"),
             ("forwarded message", "this is a forwarded message", "begin forwarded message", "forwarded by", "forwarded mail", "forwarded email", "forward message", "start of forwarded message", "inline forwarded message"),
             ("original message", "original email", "original mail", "reply message", "original appointment"), ("wrote", "writes", "on", "at", "said", "has written"), ("re", "res"), ("fwd", "fw", "forwarded")),
    Language("de", ("von", "absender"), ("an", "empfänger"), ("betreff", "betr"), ("gesendet", "datum", "gesendet am", "am", "verschickt"), ("cc", "kopie", "kopie (cc)"),
             ("bcc", "antwort an", "wichtigkeit", "priorität", "anlagen", "anhänge", "anlage", "vertraulichkeit"),
             ("weitergeleitete nachricht", "anfang der weitergeleiteten nachricht", "weitergeleitet von", "weitergeleitete mail", "weitergeleitete e-mail", "weitergeleitete email"),
             ("ursprüngliche nachricht", "originalnachricht", "original-nachricht", "original nachricht", "ursprüngliche e-mail", "originalmail"), ("schrieb", "hat am", "am", "um", "geschrieben", "folgendes"), ("aw", "antw", "antwort"), ("wg", "wtr", "weitergeleitet")),
    Language("fr", ("de", "expéditeur", "from", "émetteur"), ("à", "a", "pour", "destinataire", "destinataires"), ("objet", "sujet"), ("date", "envoyé", "envoyé le", "date d'envoi"), ("cc", "copie", "copie à", "cci"),
             ("répondre à", "importance", "pièces jointes", "pièce jointe", "priorité"), ("message transféré", "début du message transféré", "début du message réexpédié", "message réexpédié", "transféré par", "message transmis", "mail transféré"),
             ("message d'origine", "message original", "mail original", "message initial"), ("a écrit", "écrit", "le", "à", "a écrit ce qui suit"), ("re", "rép", "rep", "réf"), ("tr", "trans", "fwd", "transféré")),
    Language("es", ("de", "remitente"), ("para", "a", "destinatario"), ("asunto",), ("fecha", "enviado", "enviados", "enviado el", "enviado a las"), ("cc", "copia"), ("cco", "responder a", "importancia", "datos adjuntos", "adjuntos", "prioridad"),
             ("mensaje reenviado", "inicio del mensaje reenviado", "correo reenviado", "mensaje enviado por", "reenviado por", "comienzo del mensaje reenviado"), ("mensaje original", "correo original"), ("escribió", "el", "a las", "a la(s)", "escribió lo siguiente", "ha escrito"), ("re", "rv resp", "resp"), ("rv", "renv", "reenv", "fwd")),
    Language("pt", ("de", "remetente"), ("para", "destinatário"), ("assunto",), ("data", "enviado", "enviada", "enviada em", "enviado em", "enviado a", "enviada a"), ("cc", "com cópia"), ("cco", "responder a", "responder para", "importância", "anexos", "anexo", "prioridade"),
             ("mensagem encaminhada", "início da mensagem encaminhada", "mensagem reencaminhada", "início da mensagem reencaminhada", "encaminhada por", "encaminhado por", "e-mail encaminhado"), ("mensagem original", "mensagem anterior"), ("escreveu", "em", "às", "escreveu o seguinte", "no dia"), ("re", "res", "resp"), ("enc", "enca", "fwd", "fw")),
    Language("it", ("da", "mittente"), ("a", "destinatario", "per"), ("oggetto",), ("data", "inviato", "inviata", "inviato il"), ("cc", "copia"), ("ccn", "rispondi a", "importanza", "priorità", "allegati", "allegato"),
             ("messaggio inoltrato", "inizio messaggio inoltrato", "inizio del messaggio inoltrato", "inoltrato da", "messaggio inoltrato da"), ("messaggio originale", "messaggio originario", "messaggio precedente"), ("ha scritto", "scrive", "il giorno", "il", "alle ore", "alle"), ("r", "rif", "re", "ris"), ("i", "inol", "fwd", "inoltro")),
    Language("nl", ("van", "afzender"), ("aan", "naar", "ontvanger"), ("onderwerp",), ("verzonden", "datum", "verzonden op", "verstuurd"), ("cc", "kopie"), ("bcc", "beantwoorden aan", "antwoord aan", "urgentie", "prioriteit", "bijlagen", "bijlage"),
             ("doorgestuurd bericht", "begin doorgestuurd bericht", "doorgestuurde e-mail", "doorgezonden bericht", "doorgestuurd door", "begin van doorgestuurd bericht"), ("oorspronkelijk bericht", "origineel bericht", "oorspronkelijke bericht"), ("schreef", "op", "om", "heeft", "geschreven", "het volgende geschreven"), ("antw", "re", "betr"), ("doorst", "fwd", "fw", "dg")),
    Language("sv", ("från", "avsändare"), ("till", "mottagare"), ("ämne", "ärende"), ("skickat", "datum", "skickades"), ("kopia", "cc"), ("hemlig kopia", "svara till", "prioritet", "bifogade filer", "bilagor"),
             ("vidarebefordrat meddelande", "vidarebefordrat brev", "påbörja vidarebefordrat meddelande", "vidarebefordrat mail", "vidarebefordrat mejl", "vidarebefordrat e-postmeddelande", "ursprungligt vidarebefordrat meddelande"), ("ursprungligt meddelande", "originalmeddelande", "ursprungsmeddelande"), ("skrev", "den", "kl", "följande"), ("sv", "re"), ("vb", "vs", "fwd")),
    Language("da", ("fra", "afsender"), ("til", "modtager"), ("emne",), ("sendt", "dato"), ("cc", "kopi"), ("bcc", "svar til", "prioritet", "vigtighed", "vedhæftede filer"), ("videresendt meddelelse", "videresendt besked", "start på videresendt besked", "begynd videresendt meddelelse", "videresendt mail", "videresendt e-mail"),
             ("oprindelig meddelelse", "original meddelelse", "oprindelig besked"), ("skrev", "den", "kl", "følgende"), ("sv", "re", "vedr"), ("vs", "fwd", "videresendt")),
    Language("no", ("fra", "avsender"), ("til", "mottaker"), ("emne",), ("sendt", "dato"), ("kopi", "cc", "kopi til"), ("blindkopi", "svar til", "prioritet", "vedlegg"), ("videresendt melding", "videresendt epost", "start på videresendt melding", "start på videresendt e-post", "videresendt e-post", "begin videresendt melding", "videresend"),
             ("opprinnelig melding", "original melding", "opprinnelig e-post"), ("skrev", "den", "kl", "følgende"), ("sv", "re"), ("vs", "fwd")),
    Language("fi", ("lähettäjä", "keneltä"), ("vastaanottaja", "kenelle"), ("aihe",), ("lähetetty", "päiväys", "päivämäärä", "pvm", "lähetysaika"), ("kopio", "kopio (cc)"), ("piilokopio", "vastaus", "vastausosoite", "tärkeys", "liitteet"), ("välitetty viesti", "edelleenlähetetty viesti", "välitetty viesti alkaa", "alkuperäinen viesti välitetty", "uudelleenlähetetty viesti", "välitetty sähköposti"),
             ("alkuperäinen viesti",), ("kirjoitti", "kello", "klo", "kirjoitti seuraavaa"), ("vs", "re", "vast"), ("vl", "ed", "fwd")),
    Language("pl", ("od", "nadawca"), ("do", "adresat", "odbiorca"), ("temat",), ("data", "wysłano", "wysłane", "wysłany", "data wysłania"), ("dw", "kopia", "do wiadomości"), ("udw", "odpowiedz do", "odpowiedź do", "ważność", "załączniki", "załącznik", "priorytet"), ("przekazana wiadomość", "treść przekazanej wiadomości", "wiadomość przekazana dalej", "początek przekazywanej wiadomości", "początek przekazanej wiadomości", "przesłana wiadomość", "wiadomość przesłana dalej", "przesyłana wiadomość", "przekazane przez", "początek wiadomości przekazanej"),
             ("wiadomość oryginalna", "oryginalna wiadomość", "pierwotna wiadomość", "treść oryginalnej wiadomości"), ("napisał(a)", "napisał", "napisała", "pisze", "w dniu", "dnia", "o godz", "użytkownik"), ("odp", "re"), ("pd", "pdt", "fwd")),
    Language("cs", ("od", "odesílatel"), ("komu", "příjemce"), ("předmět",), ("odesláno", "datum", "odeslané"), ("kopie", "cc"), ("skrytá kopie", "odpověď komu", "důležitost", "přílohy", "příloha"), ("přeposlaná zpráva", "začátek přeposlané zprávy", "přeposlaný e-mail", "začátek přeposílané zprávy", "přeposlal"),
             ("původní zpráva", "původní e-mail"), ("napsal(a)", "napsal", "napsala", "odesílatel", "dne", "v"), ("odp", "re"), ("přep", "fw", "fwd", "př")),
    Language("sk", ("od", "odosielateľ"), ("komu", "pre", "príjemca"), ("predmet",), ("odoslané", "dátum", "dátum odoslania"), ("kópia", "cc"), ("skrytá kópia", "odpovedať", "dôležitosť", "prílohy", "príloha"), ("preposlaná správa", "začiatok preposlanej správy", "preposlaný e-mail", "začiatok preposielanej správy", "preposlané"),
             ("pôvodná správa", "pôvodná správa", "originálna správa"), ("napísal(a)", "napísal", "napísala", "dňa", "používateľ", "o"), ("re", "odp"), ("fw", "preposlané", "posl")),
    Language("hu", ("feladó", "küldő", "from"), ("címzett", "címzettek"), ("tárgy",), ("dátum", "küldve", "elküldve", "küldés ideje"), ("másolatot kap", "másolat", "cc"), ("titkos másolat", "válaszcím", "fontosság", "mellékletek"), ("továbbított üzenet", "továbbított levél", "továbbított üzenet kezdete", "a továbbított üzenet kezdete"),
             ("eredeti üzenet", "eredeti levél"), ("írta", "ezt írta", "időpontban", "a következőt írta"), ("vá", "re"), ("tov", "fw", "továbbítás")),
    Language("ro", ("de la", "expeditor"), ("către", "pentru", "la", "destinatar"), ("subiect", "subiectul"), ("trimis", "data", "expediat", "dată"), ("cc", "copie"), ("răspuns către", "importanță", "atașări"), ("mesaj redirecționat", "mesaj transmis", "începutul mesajului redirecționat", "mesaj redirectionat", "e-mail redirecționat", "începe mesajul redirecționat"),
             ("mesaj original", "mesajul original", "mesaj inițial"), ("a scris", "scris", "în data de", "pe", "la"), ("re", "răsp"), ("fwd", "redir")),
    Language("hr", ("od", "šalje", "pošiljatelj", "pošiljalac"), ("za", "prima", "do", "primatelj"), ("predmet", "naslov"), ("poslano", "datum", "poslato"), ("kopija", "cc", "kopija (cc)"), ("skrivena kopija", "odgovori na", "važnost", "privici"), ("proslijeđena poruka", "proslijeđena poruka", "početak proslijeđene poruke", "započni proslijeđenu poruku", "prosleđena poruka", "proslijeđeno", "proslijedena poruka", "proslijeđeni e-mail"),
             ("izvorna poruka", "originalna poruka", "izvorni e-mail"), ("napisao je", "napisala je", "napisao/la je", "je napisao", "je napisala", "dana", "u", "piše", "je napisao/la"), ("odg", "re"), ("pros", "fwd", "proslijeđeno")),
    Language("sl", ("od", "pošiljatelj"), ("za", "prejemnik"), ("zadeva",), ("poslano", "datum"), ("kp", "kopija", "v vednost"), ("skp", "odgovori na", "pomembnost", "priloge"), ("posredovano sporočilo", "začetek posredovanega sporočila", "posredovano"), ("izvirno sporočilo", "izvorno sporočilo"), ("je napisal", "je napisala", "je oseba", "napisala", "napisal(a)", "dne", "ob"), ("odg", "re", "vs"), ("pos", "fwd")),
    Language("sr", ("од", "пошиљалац", "šalje"), ("за", "коме", "прима"), ("тема", "наслов", "предмет"), ("послато", "датум"), ("копија",), ("одговори на", "важност"), ("прослеђена порука", "почетак прослеђене поруке"), ("оригинална порука", "изворна порука"), ("је написао/ла", "је написао", "је написала", "дана", "у"), ("одг",), ("пр", "прослеђено")),
    Language("bg", ("от", "подател"), ("до", "към", "получател"), ("тема", "относно"), ("изпратено", "дата", "изпратен"), ("копие",), ("скрито копие", "отговор до", "важност", "прикачени файлове"), ("препратено съобщение", "препратен имейл", "начало на препратеното съобщение", "начало на препратено съобщение"), ("първоначално съобщение", "оригинално съобщение"), ("написа", "на", "в", "ч", "г"), ("отн", "re"), ("препр", "fwd")),
    Language("ru", ("от", "от кого", "отправитель"), ("кому", "получатель", "для"), ("тема",), ("отправлено", "дата", "отправлен", "дата отправки"), ("копия",), ("скрытая копия", "ответить", "кому ответить", "важность", "вложения"), ("пересылаемое сообщение", "это пересылаемое сообщение", "исходный текст сообщения", "переадресованное сообщение", "пересланное сообщение", "пересылаемое письмо", "начало переадресованного сообщения", "начало пересылаемого сообщения", "перенаправленное сообщение", "переадресованное письмо", "начало переадресованного письма"),
             ("исходное сообщение", "исходное письмо", "оригинальное сообщение", "первоначальное сообщение"), ("написал(а)", "написал", "написала", "пишет", "пользователь", "г", "в", "писал"), ("re", "отв", "на"), ("fwd", "пер", "hа", "пересл")),
    Language("uk", ("від", "від кого", "відправник"), ("кому", "до", "одержувач"), ("тема",), ("надіслано", "дата", "відправлено", "дата надсилання"), ("копія",), ("прихована копія", "відповісти", "важливість", "вкладення"), ("переслане повідомлення", "перенаправлене повідомлення", "початок пересланого повідомлення", "початок листа, що пересилається", "початок листа", "переспрямоване повідомлення", "пересланий лист"),
             ("вихідне повідомлення", "початкове повідомлення", "оригінальне повідомлення", "оригінал повідомлення"), ("пише", "написав(-ла)", "написав", "написала", "о", "р"), ("re", "відп"), ("fwd", "пересл")),
    Language("et", ("saatja", "kellelt"), ("saaja", "kellele", "adressaat"), ("teema",), ("saadetud", "kuupäev", "saatmisaeg"), ("koopia",), ("pimekoopia", "tähtsus", "manused"), ("edastatud kiri", "edastatud sõnum", "edastatud sõnumi algus", "edastatud e-kiri"), ("algne sõnum", "algne kiri", "originaalkiri"), ("kirjutas", "kell", "kirjutas järgmist"), ("vs", "re"), ("edasi", "fwd")),
    Language("lv", ("no", "sūtītājs"), ("kam", "adresāts"), ("tēma", "temats"), ("nosūtīts", "datums"), ("kopija",), ("svarīgums", "pielikumi"), ("pārsūtīta ziņa", "pārsūtītais ziņojums", "pārsūtīts ziņojums", "pārsūtītā vēstule"), ("sākotnējā ziņa", "oriģinālais ziņojums"), ("rakstīja", "plkst"), ("atb", "re"), ("pārs", "fwd")),
    Language("lt", ("nuo", "siuntėjas"), ("kam", "gavėjas", "iki"), ("tema",), ("išsiųsta", "data", "siuntimo data"), ("kopija",), ("svarba", "priedai"), ("persiųstas laiškas", "persiųstas pranešimas", "persiunčiamas pranešimas", "persiųsto laiško pradžia"), ("pradinis laiškas", "originalus laiškas", "pradinis pranešimas"), ("rašė", "parašė", "val"), ("ats", "re"), ("pers", "fwd")),
    Language("el", ("από", "αποστολέας"), ("προς", "παραλήπτης"), ("θέμα",), ("στάλθηκε", "ημερομηνία", "εστάλη", "αποστολή", "ημ/νία"), ("κοιν", "κοινοποίηση"), ("απάντηση σε", "προτεραιότητα", "συνημμένα"), ("προωθημένο μήνυμα", "έναρξη προωθημένου μηνύματος", "προωθούμενο μήνυμα", "αρχή προωθημένου μηνύματος"), ("αρχικό μήνυμα", "πρωτότυπο μήνυμα"), ("έγραψε", "ο χρήστης", "στις", "την", "μ.μ", "π.μ"), ("απ", "re", "σχετ"), ("πρθ", "προω", "fwd")),
    Language("tr", ("kimden", "gönderen", "kimden:"), ("kime", "alıcı"), ("konu",), ("gönderme tarihi", "tarih", "gönderildi", "gönderilme tarihi"), ("bilgi",), ("gizli", "yanıt", "önem", "ekler"), ("yönlendirilen ileti", "iletilen mesaj", "yönlendirilmiş mesaj", "iletilen ileti", "yönlendirilmiş ileti", "iletilmiş mesaj", "i̇letilen mesaj", "iletilmiş ileti", "başlangıç iletilen ileti", "i̇letilmiş ileti başlangıcı", "iletilmiş ileti başlangıcı"),
             ("orijinal mesaj", "özgün ileti", "orjinal mesaj", "özgün mesaj", "asıl ileti"), ("şunu yazdı", "yazdı", "tarihinde", "şunları yazdı", "saat"), ("ynt", "yan", "re"), ("ilt", "i̇lt", "fwd")),
    Language("ar", ("من", "المرسل"), ("إلى", "الى", "المستلم"), ("الموضوع", "موضوع"), ("التاريخ", "تاريخ الإرسال", "تم الإرسال", "أرسلت", "تاريخ", "‏‏تم الإرسال", "مُرسَل", "أُرسلت"), ("نسخة", "نسخة إلى"), ("الأهمية", "المرفقات", "الرد إلى"), ("رسالة مُعاد توجيهها", "رسالة معاد توجيهها", "الرسالة المعاد توجيهها", "بداية الرسالة المعاد توجيهها", "رسالة محولة"), ("الرسالة الأصلية", "رسالة أصلية"), ("كتب", "كتبت", "في", "كتب/كتبت", "كَتَبَ"), ("رد", "re"), ("إعادة توجيه", "fwd", "تحويل")),
    Language("he", ("מאת", "מ"), ("אל", "ל"), ("נושא", "הנדון"), ("נשלח", "תאריך", "‏‏נשלח"), ("עותק",), ("עותק מוסתר", "חשיבות", "קבצים מצורפים", "השב אל"), ("הודעה שהועברה", "תחילת ההודעה שהועברה", "הודעה מועברת"), ("הודעה מקורית", "‏‏הודעה מקורית"), ("כתב", "כתבה", "כתב/ה", "מאת", "ב-", "בתאריך", "‏‏‎"), ("תגובה", "re"), ("העברה", "fwd")),
    Language("fa", ("از", "فرستنده"), ("به", "گیرنده"), ("موضوع",), ("تاریخ", "ارسال شده", "ارسال", "فرستاده شده", "تاریخ ارسال"), ("رونوشت",), ("اهمیت", "پیوست"), ("پیام فورواردشده", "پیام هدایت شده", "پیام فوروارد شده", "پیام ارسال‌شده"), ("پیام اصلی",), ("نوشت", "در"), ("پاسخ",), ("فوروارد", "ارجاع")),
    Language("ja", ("差出人", "送信者", "送信元", "from", "発信者", "発信元"), ("宛先", "送信先", "to", "受信者"), ("件名", "題名"), ("日付", "送信日時", "日時", "送信日", "date", "作成日時"), ("cc", "ｃｃ", "写し"), ("bcc", "返信先", "重要度", "添付ファイル", "優先度"), ("転送されたメッセージ", "メッセージを転送", "転送メッセージ", "ここから転送メッセージ", "forwarded message", "以下の転送メッセージ", "転送メール", "転送された"),
             ("元のメッセージ", "元のメール", "オリジナルメッセージ", "original message"), ("のメール", "wrote", "さんは書きました", "が書きました", "は書きました", "さんのメール", "様"), ("re", "返信"), ("fw", "fwd", "転送")),
    Language("zh", ("发件人", "寄件者", "寄件人", "發件人", "发自", "发信人", "寄件者"), ("收件人", "收件者", "发送至", "發送至", "至"), ("主题", "主旨", "主題", "标题"), ("发送时间", "日期", "寄件日期", "发送日期", "時間", "时间", "傳送日期", "發送時間", "傳送時間", "已发送", "寄件時間", "发件时间"), ("抄送", "副本", "抄送人", "副本抄送"), ("密送", "密件副本", "回复", "重要性", "附件", "优先级"), ("转发的邮件", "转发邮件信息", "轉寄郵件", "转发邮件", "已转发的邮件", "轉寄的郵件", "已轉寄的郵件", "轉寄訊息", "转发的信息", "以下是转发的邮件", "被转发邮件", "轉寄郵件開始", "开始转发的邮件", "下面是被转发的邮件", "轉寄信件", "forwarded message", "以下是轉寄的郵件", "转发的消息", "转发信息"),
             ("原始邮件", "原始郵件", "原邮件", "原始邮件信息", "回复的原邮件", "原始信息", "原始訊息"), ("写道", "寫道", "於", "于", "在", "编写", "的邮件"), ("回复", "回覆", "答复", "re"), ("转发", "轉寄", "轉發", "fw")),
    Language("ko", ("보낸 사람", "보낸사람", "발신", "보내는 사람", "발신인", "from"), ("받는 사람", "받는사람", "수신", "받는 이", "수신인"), ("제목",), ("날짜", "보낸 날짜", "보낸날짜", "보낸 시간", "보낸시간", "발송일", "전송 날짜"), ("참조",), ("숨은 참조", "중요도", "첨부 파일", "첨부", "회신"), ("전달된 메일", "전달된 메시지", "forwarded message", "전달한 메시지", "전달 메시지 시작", "전달된 메시지 시작", "전달받은 메일", "전달 메일"),
             ("원본 메시지", "원본 메일", "원래 메시지", "original message"), ("님이 작성", "작성", "님이 작성:", "님이", "에"), ("re", "회신", "답장"), ("fw", "전달")),
    Language("vi", ("từ", "người gửi"), ("đến", "tới", "người nhận", "gửi tới"), ("chủ đề", "tiêu đề"), ("ngày", "đã gửi", "ngày gửi", "date"), ("cc", "đồng gửi"), ("quan trọng", "tệp đính kèm"), ("thư đã chuyển tiếp", "tin nhắn được chuyển tiếp", "thư được chuyển tiếp", "bắt đầu thư đã chuyển tiếp", "bắt đầu thư được chuyển tiếp", "thư chuyển tiếp"), ("thư gốc", "tin nhắn gốc"), ("đã viết", "viết", "vào", "lúc", "đã viết như sau"), ("re", "tl"), ("fwd", "ct")),
    Language("th", ("จาก", "ผู้ส่ง"), ("ถึง", "ผู้รับ"), ("เรื่อง", "หัวเรื่อง", "ชื่อเรื่อง"), ("วันที่", "ส่ง", "ส่งเมื่อ"), ("สำเนา", "สำเนาถึง"), ("ความสำคัญ", "สิ่งที่แนบมา"), ("ข้อความที่ส่งต่อ", "ข้อความที่ถูกส่งต่อ", "เริ่มต้นข้อความที่ส่งต่อ", "เริ่มข้อความที่ส่งต่อ"), ("ข้อความต้นฉบับ", "ข้อความเดิม"), ("เขียนว่า", "เขียน", "เมื่อ"), ("ตอบ", "re"), ("ส่งต่อ", "fwd")),
    Language("id", ("dari", "pengirim"), ("kepada", "untuk", "ke", "penerima"), ("perihal", "subjek", "hal", "judul"), ("dikirim", "tanggal", "terkirim", "tgl"), ("tembusan", "cc", "salinan"), ("penting", "lampiran"), ("pesan terusan", "pesan yang diteruskan", "mulai pesan terusan", "pesan diteruskan", "mulai pesan yang diteruskan"), ("pesan asli", "pesan awal"), ("menulis", "pada", "pukul", "wrote"), ("bls", "re"), ("trs", "fwd")),
    Language("ms", ("daripada", "dari"), ("kepada",), ("subjek", "perkara"), ("dihantar", "tarikh"), ("salinan", "sk"), ("lampiran",), ("mesej yang dimajukan", "mesej dimajukan"), ("mesej asal",), ("menulis", "pada"), ("bls",), ("pj", "fwd")),
    Language("ca", ("de", "remitent"), ("a", "per a", "per"), ("assumpte", "tema"), ("data", "enviat", "enviat el"), ("cc", "a/c", "còpia"), ("respon a", "importància", "fitxers adjunts"), ("missatge reenviat", "inici del missatge reenviat", "forwarded message"), ("missatge original",), ("va escriure", "ha escrit", "el dia", "el", "a les"), ("re",), ("rv", "fwd")),
    Language("eu", ("nork", "bidaltzailea", "norengandik"), ("nori", "hartzailea"), ("gaia",), ("bidalia", "data", "bidaltze-data"), ("kopia", "cc"), ("garrantzia",), ("birbidalitako mezua", "mezu birbidalia"), ("jatorrizko mezua",), ("idatzi du", "idatzi zuen"), ("er", "re"), ("bb", "fwd")),
    Language("gl", ("de", "remitente"), ("para", "a"), ("asunto",), ("enviado", "data"), ("cc",), ("importancia",), ("mensaxe reenviada", "mensaxe encamiñada"), ("mensaxe orixinal",), ("escribiu", "o", "ás"), ("re",), ("rv", "fwd")),
    Language("is", ("frá", "sendandi"), ("til", "viðtakandi"), ("efni",), ("sent", "dagsetning"), ("afrit",), ("mikilvægi",), ("áframsend skilaboð", "framsend skilaboð", "áframsent skeyti"), ("upprunaleg skilaboð", "upphafleg skilaboð"), ("skrifaði", "kl", "þann"), ("sv", "re"), ("framsent", "fs", "fwd")),
    Language("cy", ("oddi wrth",), ("at",), ("pwnc",), ("anfonwyd", "dyddiad"), ("copi",), ("atodiadau", "pwysigrwydd"), ("neges a anfonwyd ymlaen",), ("neges wreiddiol",), ("ysgrifennodd",)),
    Language("ga", ("ó",), ("chuig", "go"), ("ábhar",), ("seolta", "dáta", "data"), ("cc", "cóip"), (), ("teachtaireacht curtha ar aghaidh",), ("bunteachtaireacht", "teachtaireacht bhunaidh"), ("a scríobh", "scríobh"), ("re", "f"), ("ca", "fwd")),
    Language("hi", ("से", "प्रेषक"), ("प्रति", "को", "प्राप्तकर्ता"), ("विषय",), ("भेजा गया", "दिनांक", "तारीख"), ("प्रतिलिपि",), (), ("अग्रेषित संदेश", "फ़ॉरवर्ड किया गया संदेश"), ("मूल संदेश",), ("ने लिखा",), ("उत्तर",), ("अग्रे", "fwd")),
    Language("ka", ("გამომგზავნი", "ვისგან"), ("მიმღები", "ვის"), ("თემა",), ("გაგზავნილია", "თარიღი"), ("ასლი",), (), ("გადამისამართებული წერილი",), ("ორიგინალი წერილი",), ("დაწერა",), ("re",), ("fwd",)),
    Language("mk", ("од", "испраќач"), ("до", "за", "примач"), ("тема", "предмет"), ("испратено", "датум"), ("копија",), (), ("препратена порака",), ("оригинална порака",), ("напиша",), ("одг",), ("препр",)),
)  # fmt: skip


def _labels() -> dict[str, str]:
    table: dict[str, str] = {}
    for language in LANGUAGES:
        for field, words in (
            ("from", language.from_),
            ("to", language.to),
            ("subject", language.subject),
            ("date", language.date),
            ("cc", language.cc),
            ("extra", language.extra),
        ):
            for word in words:
                table.setdefault(word, field)
    return table


LABELS: dict[str, str] = _labels()
"""Header label in lower case → from, to, cc, subject, date or extra."""

FORWARDED: tuple[str, ...] = tuple(dict.fromkeys(w for g in LANGUAGES for w in g.forwarded))
ORIGINAL: tuple[str, ...] = tuple(dict.fromkeys(w for g in LANGUAGES for w in g.original))
WROTE: frozenset[str] = frozenset(w for g in LANGUAGES for w in g.wrote)
FORWARD_PREFIXES: frozenset[str] = frozenset(w for g in LANGUAGES for w in g.forward)
# "vs" is "reply" in Finnish and "forwarded" in Danish and Norwegian: no verdict from it alone.
REPLY_PREFIXES: frozenset[str] = frozenset(w for g in LANGUAGES for w in g.reply) - FORWARD_PREFIXES
AMBIGUOUS_PREFIXES: frozenset[str] = FORWARD_PREFIXES & frozenset(w for g in LANGUAGES for w in g.reply)
