"""Replies in many voices: ten languages, asides, jokes, thumbs, and what each of them wants.

Other than in ``replies`` it is the meaning that is compared, not the words: an account by its name, a day by the
day. The company is invented; the replies were written on Wednesday, 18 November 2026.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

WRITTEN = date(2026, 11, 18)

ACCOUNTS = """\
name,domains,aliases,csm,tier
Calder Valley Dairies,calderdairies.example,Calder Dairies,nell.harcourt@brightmoor.example,A
Calderbank Cars,calderbank.example,,nell.harcourt@brightmoor.example,B
Northgate Pharmacy Group,northgate-rx.example,Northgate;NPG,nell.harcourt@brightmoor.example,A
Harlow & Finch,harlowfinch.example,,nell.harcourt@brightmoor.example,C
Quillon Energy,quillon.example,,nell.harcourt@brightmoor.example,B
Stadtwerke Mühlheim GmbH,sw-muehlheim.example,SWM,gero.achleitner@brightmoor.example,A
Klinikum Rosenau,klinikum-rosenau.example,Rosenau,gero.achleitner@brightmoor.example,A
Fromagerie Aubertin,aubertin.example,Aubertin,solene.prigent@brightmoor.example,B
Hôtel des Remparts,remparts.example,,solene.prigent@brightmoor.example,B
Bodegas Ferrandis S.A.,ferrandis.example,Ferrandis,inaki.lasarte@brightmoor.example,A
Clínica Sant Roc,santroc.example,Sant Roc,inaki.lasarte@brightmoor.example,B
Garage Wessels B.V.,wessels.example,Wessels,joost.terpstra@brightmoor.example,C
Bloemenveiling Noordwijk,noordwijk-bloem.example,de Veiling,joost.terpstra@brightmoor.example,B
Pastificio Gentilini,gentilini.example,Gentilini,ornella.bassi@brightmoor.example,B
Officine Marangoni,marangoni.example,Marangoni,ornella.bassi@brightmoor.example,C
Adega do Sobral,sobral.example,Sobral,duarte.figueira@brightmoor.example,B
Sjöbergs Bageri AB,sjobergs.example,Sjöbergs,tuva.ekdahl@brightmoor.example,B
Kungälvs Bryggeri,kungalvs.example,Bryggeriet,tuva.ekdahl@brightmoor.example,B
Piekarnia Złoty Kłos,zlotyklos.example,Złoty Kłos,kinga.wrobel@brightmoor.example,B
Zakłady Wiśniewski,wisniewski.example,Wiśniewski,kinga.wrobel@brightmoor.example,A
ミナト物流,minato.example,Minato Logistics,ren.asakura@brightmoor.example,A
青葉クリニック,aoba.example,Aoba Clinic,ren.asakura@brightmoor.example,B
"""
PEOPLE = """\
email,name,role,team
nell.harcourt@brightmoor.example,Nell Harcourt,csm,Customer Success
gero.achleitner@brightmoor.example,Gero Achleitner,csm,Customer Success
solene.prigent@brightmoor.example,Solène Prigent,csm,Customer Success
inaki.lasarte@brightmoor.example,Iñaki Lasarte,csm,Customer Success
joost.terpstra@brightmoor.example,Joost Terpstra,csm,Customer Success
ornella.bassi@brightmoor.example,Ornella Bassi,csm,Customer Success
duarte.figueira@brightmoor.example,Duarte Figueira,csm,Customer Success
tuva.ekdahl@brightmoor.example,Tuva Ekdahl,csm,Customer Success
kinga.wrobel@brightmoor.example,Kinga Wróbel,csm,Customer Success
ren.asakura@brightmoor.example,Ren Asakura,csm,Customer Success
wilma.oduya@brightmoor.example,Wilma Oduya,manager,Customer Success
"""


@dataclass(frozen=True, slots=True)
class Voice:
    text: str
    meant: tuple[str, ...]
    more: dict[str, Any] = field(default_factory=dict)

    def row(self) -> dict[str, Any]:
        """As ``score.judge`` takes it. "2:value=9" is the second win's, "?=x" the answer to what was asked."""
        return {
            "text": self.text, "question": {"asked": self.more.get("asked"), "options": self.more.get("options", ())},
            "wins": self.more.get("wins", 1), "kept_as_note": self.more.get("kept", False), "written": WRITTEN.isoformat(),
            "expect": [_wish(m) for m in self.meant], "also_acceptable": [_wish(m) for m in self.more.get("also", ())],
        }  # fmt: skip


def _wish(meant: str) -> dict[str, Any]:
    place, _, rest = meant.partition(":") if meant[:1].isdigit() else ("", "", meant)
    verb, _, value = rest.partition("=")
    return {"verb": "answer" if verb == "?" else verb, "value": value or None, "win": int(place) if place else None}


def v(text: str, *meant: str, **more: Any) -> Voice:
    return Voice(text, meant, more)


PHONE = "\n\nSent from my iPhone\n\n> On 18 Nov 2026, at 08:20, Wins <wins@brightmoor.example> wrote:\n>\n> Captured.\n>\n> Account: Quillon Energy\n> Value: 5\n"


def quoted(*lines: str) -> str:
    """A receipt with answers between its lines: those of hers begin with a bar."""
    out = ["On 18/11/2026 08:20, Wins wrote:", "> Captured.", ">"]
    for line in lines:
        out += ["", line[1:], ""] if line.startswith("|") else [f"> {line}"]
    return "\n".join([*out, ">", "> Not right? Just reply. Plain words will do."])


ENGLISH = (
    v("Bit stingy with the 5, I'd go 8 myself.", "value=8"),
    v("ooh no that's Calderbank, not the dairy people", "account=Calderbank Cars"),
    v("Nearly! The company's Northgate Pharmacy Group and the person is Delia Thwaite, she runs the warehouse.", "account=Northgate Pharmacy Group", "contact=Delia Thwaite"),
    v("Could you put this under Quillon instead? Cheers, Nell", "account=Quillon Energy"),
    v("Kind should say renewal. They signed for three more years so I'd call it a 10.", "kind=renewal", "value=10"),
    v("please correct: date 3 November, value 6. Everything else is spot on.", "date=2026-11-03", "value=6"),
    v("She actually told me last Friday, I just got round to forwarding it today", "date=2026-11-13"),
    v("Not Tom, it was his colleague Ines Varga that wrote it.", "contact=Ines Varga"),
    v("The quote is from Bertram Oyelaran (their COO), I just met him in the corridor.", "contact=Bertram Oyelaran"),
    v("Keep this one between ourselves please, she hasn't told her boss yet.", "private"),
    v("She's happy for us to use it with other customers, so share away.", "share", also=("share",)),
    v("Don't share it, and don't delete it either, just leave it.", ),
    v("Honestly this is more of a referral than praise - she passed our name to her sister's firm.", "kind=referral"),
    v("bin it, I sent it twice", "delete"),
    v("scrap that one, turned out she meant a different supplier", "delete"),
    v("that's not a win really, he was being sarcastic. please take it out", "delete"),
    v("undo what I just asked for, I misread it", "undo"),
    v("Put it back how it was please", "undo"),
    v("Two stories in one here - can you split them up?", "split"),
    v("Value: 7 (not 10, I was overexcited) and mark it as adoption", "value=7", "kind=adoption"),
    v("9!", "value=9", asked="value"),
    v("an eight I reckon", "value=8", asked="value"),
    v("hm, between a 6 and a 7", kept=True, asked="value"),
    v("They have 9 sites now and 40 vans, up from 12.", kept=True),
    v("I'm seeing her on the 25th, will ask for a proper quote then.", kept=True),
    v("Can you send me the digest again? Mine went to spam.", kept=True),
    v("haha love it, that made my Wednesday", "thanks", also=("note",)),
    v("Thanks so much team, brilliant as ever x", "thanks"),
    v("Perfect, nothing to change.",),
    v("All good apart from the date: 12 November.", "date=2026-11-12"),
    v("right customer, wrong day. it was monday", "date=2026-11-16"),
    v("the name's spelled Katarzyna Dudek", "contact=Katarzyna Dudek"),
    v("its calderbank cars, value 4, private" + PHONE, "account=Calderbank Cars", "value=4", "private"),
    v("acct shld be harlow & finch thx" + PHONE, "account=Harlow & Finch"),
    v("Change the headline to: Night shift down from 14 people to 9", "summary=Night shift down from 14 people to 9"),
    v("Better title would be \"Pharmacy opens on time for the first time in years\".", "summary=Pharmacy opens on time for the first time in years"),
    v("first one is Quillon, second one is fine, third one please delete", "1:account=Quillon Energy", "3:delete", wins=3),
    v("Number two: value 9. Number three isn't a win, bin it.", "2:value=9", "3:delete", wins=3),
    v("Both of these are from 10 Nov. The second should be private.", "1:date=2026-11-10", "2:date=2026-11-10", "2:private", wins=2),
    v("#1 was said by Roz Halloran, #2 kind referral", "1:contact=Roz Halloran", "2:kind=referral", wins=2),
    v("the middle one's a milestone, the others are fine as they are", "2:kind=milestone", wins=3),
    v("Not sure whether it's Quillon or Northgate, I'll check and come back to you.", kept=True),
    v("Maybe worth a 9 if they renew in January.", kept=True),
    v("Please share it once Delia has signed it off.", kept=True),
    v("Is the customer going to see this?", kept=True),
    v("He expected it to take until Easter. We were done in nine days.", "?=He expected it to take until Easter. We were done in nine days.", asked="expected"),
    v("No idea. Ask Gero, he was in the room.", kept=True, asked="contact"),
    v("Delia Thwaite I think, the one who runs the warehouse", "?=Delia Thwaite", asked="contact"),
    v("the second", "?=Calderbank Cars", asked="account", options=("Calder Valley Dairies", "Calderbank Cars")),
    v("neither, it's Harlow and Finch", "?=Harlow & Finch", asked="account", options=("Calder Valley Dairies", "Calderbank Cars")),
    v("adoption, and while you're at it make the value 7", "?=adoption", "value=7", asked="category", options=("Adoption", "Endorsement")),
    v(quoted("Account: Calder Valley Dairies", "|nope, Calderbank Cars", "Said by: (unknown)", "|Jonty Frew", "Value: 5", "|8 at least"), "account=Calderbank Cars", "contact=Jonty Frew", "value=8"),
    v(quoted("Date: Wed 18 November 2026", "|no, a week ago today"), "date=2026-11-11"),
    v(quoted("Kind: Endorsement", "|renewal", "Value: 5"), "kind=renewal"),
    v(quoted("Summary: Fewer broken crates", "|Half as many broken crates since September"), "summary=Half as many broken crates since September"),
)  # fmt: skip

GERMAN = (
    v("Kunde ist falsch, das gehört zum Klinikum Rosenau.", "account=Klinikum Rosenau"),
    v("Bitte ändern: Kunde Stadtwerke Mühlheim, Wert 7, Datum 10.11.", "account=Stadtwerke Mühlheim GmbH", "value=7", "date=2026-11-10"),
    v("Super, danke! Nur der Name stimmt nicht, sie heißt Walburga Kienzle.", "contact=Walburga Kienzle"),
    v("Den Wert würde ich eher bei 8 sehen.", "value=8"),
    v("mach ne 9 draus", "value=9"),
    v("Gib dem Ganzen ruhig eine 10, das hat der Vorstand persönlich geschrieben", "value=10"),
    v("Gesagt hat das der Technische Leiter, Herr Ruprecht Sailer, nicht die Assistentin.", "contact=Herr Ruprecht Sailer"),
    v("das kam von Frau Dr. Ihde aus der Pflegeleitung", "contact=Frau Dr. Ihde"),
    v("Das war übrigens schon am Montag, nicht gestern.", "date=2026-11-16"),
    v("letzten Donnerstag war das", "date=2026-11-12"),
    v("Bitte vertraulich behandeln, das weiß dort noch keiner.", "private"),
    v("Darf raus an den Kunden, hab ich mit ihr abgesprochen.", "share"),
    v("kannst du löschen, war nur ein Versuch", "delete"),
    v("Das ist kein Erfolg, eher Höflichkeit. Bitte raus damit.", "delete"),
    v("nimm die letzte Änderung wieder zurück", "undo"),
    v("Art bitte auf Vertragsverlängerung ändern", "kind=renewal"),
    v("Eher eine Empfehlung als ein Lob, er hat uns ja weiterempfohlen", "kind=referral"),
    v("Bitte in zwei Erfolge aufteilen", "split"),
    v("Beim zweiten bitte Wert 9, den dritten bitte löschen", "2:value=9", "3:delete", wins=3),
    v("Nr. 1 passt. Nr. 2 ist Rosenau, nicht SWM", "2:account=Klinikum Rosenau", wins=2),
    v("Alle drei sind vom 9. November", "1:date=2026-11-09", "2:date=2026-11-09", "3:date=2026-11-09", wins=3),
    v("Beide bitte intern lassen, nichts davon teilen", wins=2, also=("internal", "private")),
    v("Passt alles so, vielen Dank euch!", "thanks", also=("ok",)),
    v("Ich glaub das ist Rosenau, bin aber nicht sicher. Ich frag nach.", kept=True),
    v("Am Freitag treffe ich sie zum Mittagessen, da frage ich nach einer Zahl.", kept=True),
    v("Die haben jetzt 8 Standorte statt 5!", kept=True),
    v("Erst teilen, wenn Frau Kienzle zugestimmt hat", kept=True),
    v("sechs reicht völlig", "?=6", asked="value"),
    v("Weil die Meldungen jetzt direkt aufs Handy kommen", "?=Weil die Meldungen jetzt direkt aufs Handy kommen", asked="cause"),
    v("Das war die Pflegedienstleitung, Frau Ihde", "?=Frau Ihde", asked="contact", also=("contact=Ihde",)),
    v("Verlängerung, was sonst", "?=renewal", asked="category"),
    v("Überschrift besser: Nachtschicht braucht nur noch neun Leute", "summary=Nachtschicht braucht nur noch neun Leute"),
    v(quoted("Account: Quillon Energy", "|SWM!", "Date: Wed 18 November 2026", "|gestern"), "account=Stadtwerke Mühlheim GmbH", "date=2026-11-17"),
)  # fmt: skip

FRENCH = (
    v("Ce n'est pas Aubertin mais l'Hôtel des Remparts. Le reste est bon.", "account=Hôtel des Remparts"),
    v("Mets plutôt 8, c'est la directrice en personne qui a écrit", "value=8"),
    v("La valeur je dirais 4, elle exagère toujours un peu.", "value=4"),
    v("C'est Maëlle Ruffieux qui l'a dit, pas son mari", "contact=Maëlle Ruffieux"),
    v("la date c'est le 9 novembre, pas le 18", "date=2026-11-09"),
    v("Ça date de vendredi dernier en fait", "date=2026-11-13"),
    v("À garder pour nous s'il te plaît, c'est sensible", "private"),
    v("Tu peux le partager avec le client, il a donné son feu vert", "share"),
    v("à supprimer, je l'ai envoyé deux fois", "delete"),
    v("Oublie, ce n'est pas une réussite. Supprime-le stp", "delete"),
    v("annule ma dernière correction", "undo"),
    v("type : renouvellement", "kind=renewal"),
    v("Le type n'est pas bon, c'est une recommandation", "kind=referral"),
    v("Il y a deux histoires là-dedans, peux-tu les séparer ?", "split"),
    v("Le 2 c'est pour Remparts. Le 3 tu peux l'effacer.", "2:account=Hôtel des Remparts", "3:delete", wins=3),
    v("les deux sont du 12 novembre", "1:date=2026-11-12", "2:date=2026-11-12", wins=2),
    v("Merci beaucoup, c'est parfait !", "thanks"),
    v("On se voit le 24 avec elle, je lui demanderai un chiffre.", kept=True),
    v("Ne partage surtout pas, elle me tuerait", also=("internal", "private")),
    v("Non, au moins 9", "?=9", asked="value"),
    v("grâce aux alertes sur le téléphone", "?=grâce aux alertes sur le téléphone", asked="cause"),
    v("Aucune idée, demande à Solène", kept=True, asked="contact"),
)  # fmt: skip

SPANISH = (
    v("La cuenta es Clínica Sant Roc, no Ferrandis", "account=Clínica Sant Roc"),
    v("Súbelo a 9, que firma el gerente", "value=9"),
    v("yo le pondría un 7", "value=7"),
    v("Lo dijo Amparo Lluch, la jefa de compras, no el conserje.", "contact=Amparo Lluch"),
    v("Eso fue el martes pasado, no hoy", "date=2026-11-17"),
    v("fecha 11 de noviembre y tipo renovación porfa", "date=2026-11-11", "kind=renewal"),
    v("Que quede entre nosotros por favor", "private"),
    v("Se puede compartir, ya me dio permiso", "share"),
    v("bórralo, era una prueba", "delete"),
    v("Esto no es un éxito, quítalo", "delete"),
    v("deshaz lo último que te pedí", "undo"),
    v("El segundo es de Sant Roc y el tercero bórralo", "2:account=Clínica Sant Roc", "3:delete", wins=3),
    v("Gracias, todo correcto", "thanks"),
    v("Mañana la veo y le pregunto", kept=True),
    v("un ocho como mínimo", "?=8", asked="value"),
    v("No lo compartas todavía", kept=False, also=("internal", "private")),
)  # fmt: skip

DUTCH = (
    v("Het is niet Wessels maar de Bloemenveiling Noordwijk", "account=Bloemenveiling Noordwijk"),
    v("doe maar een 8", "value=8"),
    v("Waarde mag wel naar 9, dit zei de directeur zelf", "value=9"),
    v("Dat zei Hedwig Bijlsma, niet haar baas", "contact=Hedwig Bijlsma"),
    v("was afgelopen vrijdag hoor", "date=2026-11-13"),
    v("Dit graag onder ons houden", "private"),
    v("mag je delen met de klant, heeft ze goedgevonden", "share"),
    v("mag weg, dubbel gestuurd", "delete"),
    v("draai dat maar terug", "undo"),
    v("soort moet verlenging zijn", "kind=renewal"),
    v("Het is eigenlijk een aanbeveling, ze heeft haar zus over ons verteld", "kind=referral"),
    v("de tweede graag een 6 geven, de eerste is prima", "2:value=6", wins=2),
    v("Klopt helemaal, dank!", "thanks", also=("ok",)),
    v("ik zie haar vrijdag, dan vraag ik het", kept=True),
    v("niet delen aub", also=("internal", "private")),
    v("knip maar in tweeën, dit zijn twee verhalen", "split"),
)  # fmt: skip

ITALIAN = (
    v("Il cliente è Officine Marangoni, non Gentilini.", "account=Officine Marangoni"),
    v("Metti 8 come valore, grazie", "value=8"),
    v("valore 9", "value=9"),
    v("L'ha detto Ginevra Tosatti, non il marito", "contact=Ginevra Tosatti"),
    v("la data è il 5 novembre", "date=2026-11-05"),
    v("È successo venerdì scorso", "date=2026-11-13"),
    v("Tienilo riservato per favore", "private"),
    v("Si può condividere con il cliente", "share"),
    v("cancella pure, l'ho mandato due volte", "delete"),
    v("Non è un successo, eliminalo", "delete"),
    v("annulla l'ultima modifica", "undo"),
    v("tipo: rinnovo", "kind=renewal"),
    v("È più una raccomandazione che un complimento", "kind=referral"),
    v("il secondo è di Marangoni, il terzo cancellalo", "2:account=Officine Marangoni", "3:delete", wins=3),
    v("Grazie mille, tutto giusto!", "thanks"),
    v("almeno 7", "?=7", asked="value"),
    v("non condividere", also=("internal", "private")),
    v("La vedo venerdì, le chiedo io", kept=True),
)  # fmt: skip

PORTUGUESE = (
    v("O cliente é a Adega do Sobral", "account=Adega do Sobral"),
    v("põe 9 no valor", "value=9"),
    v("valor 8, por favor", "value=8"),
    v("Quem disse isso foi a Leonor Abrantes", "contact=Leonor Abrantes"),
    v("foi na sexta-feira passada", "date=2026-11-13"),
    v("data: 10 de novembro", "date=2026-11-10"),
    v("fica só entre nós, por favor", "private"),
    v("pode partilhar com o cliente", "share"),
    v("apaga isto, foi um teste", "delete"),
    v("desfaz a última alteração", "undo"),
    v("o tipo é renovação", "kind=renewal"),
    v("Não é a Sobral, é a Ferrandis", "account=Bodegas Ferrandis S.A."),
    v("Obrigado, está tudo certo!", "thanks"),
    v("não partilhes", also=("internal", "private")),
    v("apaga o segundo", "2:delete", wins=2),
)  # fmt: skip

SWEDISH = (
    v("Kunden är Kungälvs Bryggeri, inte Sjöbergs", "account=Kungälvs Bryggeri"),
    v("värde 8 tack", "value=8"),
    v("sätt en 9:a på den", "value=9"),
    v("Det var Linnéa Brodin som sa det", "contact=Linnéa Brodin"),
    v("det var i fredags", "date=2026-11-13"),
    v("datum 9 november", "date=2026-11-09"),
    v("Håll det mellan oss", "private"),
    v("Får delas med kunden", "share"),
    v("ta bort den, det var ett test", "delete"),
    v("ångra det senaste", "undo"),
    v("typ: förlängning", "kind=renewal"),
    v("ta bort nummer 2", "2:delete", wins=2),
    v("Tack, allt stämmer!", "thanks"),
    v("dela inte", also=("internal", "private")),
)  # fmt: skip

POLISH = (
    v("Klient to Zakłady Wiśniewski, nie Złoty Kłos", "account=Zakłady Wiśniewski"),
    v("wartość 8", "value=8"),
    v("daj 9", "value=9"),
    v("To powiedziała Bożena Rutka", "contact=Bożena Rutka"),
    v("to było w zeszły piątek", "date=2026-11-13"),
    v("data 9 listopada", "date=2026-11-09"),
    v("proszę zachować między nami", "private"),
    v("można udostępnić klientowi", "share"),
    v("usuń to, to był test", "delete"),
    v("cofnij ostatnią zmianę", "undo"),
    v("rodzaj: odnowienie", "kind=renewal"),
    v("usuń drugi", "2:delete", wins=2),
    v("Dziękuję, wszystko się zgadza!", "thanks"),
    v("nie udostępniaj", also=("internal", "private")),
)  # fmt: skip

JAPANESE = (
    v("顧客は青葉クリニックです。評価は9でお願いします。", "account=青葉クリニック", "value=9"),
    v("お疲れさまです。ミナト物流ではなく青葉クリニックです。", "account=青葉クリニック"),
    v("発言者は佐伯美和様です", "contact=佐伯美和"),
    v("日付は11月10日に直してください", "date=2026-11-10"),
    v("昨日ではなく先週の金曜日でした", "date=2026-11-13"),
    v("社外秘でお願いします", "private"),
    v("お客様に共有して大丈夫です", "share"),
    v("これは削除してください。重複しています。", "delete"),
    v("先ほどの変更を元に戻してください", "undo"),
    v("種類は更新にしてください", "kind=renewal"),
    v("2番目は削除、3番目の評価は8で", "2:delete", "3:value=8", wins=3),
    v("ありがとうございます、すべて合っています。", "thanks"),
    v("共有しないでください", also=("internal", "private")),
    v("8点です", "?=8", asked="value"),
)  # fmt: skip

MORE_ENGLISH = (
    v("Make it 8. No, 9.", "value=9"),
    v("cause was the new alerts, not the webinar", "cause=the new alerts"),
    v("ha no he was being sarcastic, bin it", "delete", asked="expected"),
    v("Sorry, brain fade - that happened on the 10th, not the 17th", "date=2026-11-10"),
    v("Think you've got the wrong Calder: it's Calderbank", "account=Calderbank Cars"),
    v("could this one be private? they're in the middle of redundancies", "private"),
    v("Not for customers' eyes please.", also=("internal", "private")),
    v("hiya, delete plz, duplicate of yesterdays", "delete"),
    v("Val 8. Referral. Quillon. Ta", "value=8", "kind=referral", "account=Quillon Energy"),
    v("The person who wrote this is Priscilla Vane, not Tom - he just sent it on.", "contact=Priscilla Vane"),
    v("value: 8\nkind: adoption\naccount: Harlow & Finch", "value=8", "kind=adoption", "account=Harlow & Finch"),
    v("I'd rate this one seven out of ten", "value=7"),
    v("bump to 9 pls and share", "value=9", "share"),
    v("Looks right to me but the date's off, should be Nov 5", "date=2026-11-05"),
    v("Reads well. One thing: Bertram Oyelaran said it, not the assistant.", "contact=Bertram Oyelaran"),
    v("wrong one! meant Harlow & Finch", "account=Harlow & Finch"),
    v("Put me down as credit? No, seriously, credit goes to Ren.", kept=True),
    v("The kind's wrong. This is their second renewal!", "kind=renewal"),
    v("Undo. Sorry.", "undo"),
    v("Can we call it a milestone instead?", "kind=milestone"),
    v("Leave the value, change the account to Northgate", "account=Northgate Pharmacy Group"),
    v("Everything's fine except the account, that's Quillon Energy", "account=Quillon Energy"),
    v("I was at their office yesterday and they have 12 people on it now", kept=True),
    v("number 3 please lose it. number 1 give it an 8", "3:delete", "1:value=8", wins=3),
    v("2 - Quillon\n3 - private", "2:account=Quillon Energy", "3:private", wins=3),
)  # fmt: skip
MORE_GERMAN = (
    v("Hi, Korrektur: nicht SWM, sondern Klinikum Rosenau. Danke!", "account=Klinikum Rosenau"),
    v("Wert 4 reicht, so weltbewegend war das nicht.", "value=4"),
    v("Bitte Wert hoch auf 9, das kam vom Geschäftsführer", "value=9"),
    v("Der Name schreibt sich Kienzle, Walburga Kienzle", "contact=Walburga Kienzle"),
    v("das war am 9.11., nicht heute", "date=2026-11-09"),
    v("Kategorie Referenz passt nicht, es ist eine Verlängerung", "kind=renewal"),
    v("bitte nur intern, nicht an den Kunden", also=("internal", "private")),
    v("kann weg, hab mich vertan", "delete"),
    v("Zweiter: Rosenau. Dritter: weg damit.", "2:account=Klinikum Rosenau", "3:delete", wins=3),
    v("den dritten mit 7 bewerten bitte", "3:value=7", wins=3),
    v("Das sind zwei verschiedene Sachen, bitte trennen", "split"),
    v("Hat mir Frau Kienzle gestern am Telefon erzählt", kept=True, also=("date=2026-11-17", "contact=Kienzle")),
    v("Ja, passt.", also=("ok",)),
    v("Nein, das ist Rosenau", "account=Klinikum Rosenau"),
)  # fmt: skip
MORE_FRENCH = (
    v("Petite correction : le client est Aubertin et la valeur 7.", "account=Fromagerie Aubertin", "value=7"),
    v("c'était lundi", "date=2026-11-16"),
    v("c'est plutôt un renouvellement", "kind=renewal"),
    v("Monte à 9 s'il te plaît", "value=9"),
    v("Le contact c'est Mme Ruffieux", "contact=Mme Ruffieux", also=("contact=Ruffieux",)),
    v("Ok pour partager", "share"),
    v("pas pour le client !", also=("internal", "private")),
    v("Non, c'est Aubertin", "account=Fromagerie Aubertin"),
    v("le premier c'est bon, le deuxième mets 8", "2:value=8", wins=2),
    v("Tu peux supprimer le troisième ?", "3:delete", wins=3),
)  # fmt: skip
MORE_SPANISH = (
    v("Cambia la cuenta a Sant Roc por favor", "account=Clínica Sant Roc"),
    v("valor 8 y es una renovación", "value=8", "kind=renewal"),
    v("No, es Ferrandis", "account=Bodegas Ferrandis S.A."),
    v("fue el 10 de noviembre", "date=2026-11-10"),
    v("la persona se llama Amparo Lluch", "contact=Amparo Lluch"),
    v("Es confidencial, no lo saquéis en el boletín", "private"),
    v("los tres son del 9 de noviembre", "1:date=2026-11-09", "2:date=2026-11-09", "3:date=2026-11-09", wins=3),
)  # fmt: skip
MORE_DUTCH = (
    v("Nee, dit is Noordwijk", "account=Bloemenveiling Noordwijk"),
    v("klant klopt niet, moet Wessels zijn", "account=Garage Wessels B.V."),
    v("datum: 9 november, de rest is prima", "date=2026-11-09"),
    v("Het was Hedwig Bijlsma die dat schreef", "contact=Hedwig Bijlsma"),
    v("eerder een 7", "value=7"),
    v("verwijder nummer 2 en maak van 3 een 9", "2:delete", "3:value=9", wins=3),
    v("Mag met de klant gedeeld worden", "share"),
)  # fmt: skip
MORE_ITALIAN = (
    v("No, è Marangoni", "account=Officine Marangoni"),
    v("Il valore lo metterei a 9", "value=9"),
    v("è stato lunedì", "date=2026-11-16"),
    v("La persona è Ginevra Tosatti", "contact=Ginevra Tosatti"),
    v("Non mostrarlo al cliente", also=("internal", "private")),
    v("elimina il terzo, grazie", "3:delete", wins=3),
    v("è un rinnovo, non un complimento", "kind=renewal"),
)  # fmt: skip
MORE_PORTUGUESE = (
    v("A conta certa é Ferrandis", "account=Bodegas Ferrandis S.A."),
    v("foi dito pela Leonor Abrantes", "contact=Leonor Abrantes"),
    v("é uma renovação", "kind=renewal"),
    v("valor 10, foi o diretor que escreveu", "value=10"),
    v("o segundo é privado", "2:private", wins=2),
)  # fmt: skip
MORE_SWEDISH = (
    v("Nej, det är Kungälvs Bryggeri", "account=Kungälvs Bryggeri"),
    v("sätt värdet till 9", "value=9"),
    v("det är en förlängning", "kind=renewal"),
    v("datumet ska vara 10 november", "date=2026-11-10"),
    v("den andra är privat", "2:private", wins=2),
)  # fmt: skip
MORE_POLISH = (
    v("Nie, to Złoty Kłos", "account=Piekarnia Złoty Kłos"),
    v("zmień wartość na 9", "value=9"),
    v("to jest odnowienie", "kind=renewal"),
    v("to było 10 listopada", "date=2026-11-10"),
    v("napisała to Bożena Rutka", "contact=Bożena Rutka"),
)  # fmt: skip
MORE_JAPANESE = (
    v("いいえ、青葉クリニックです。", "account=青葉クリニック"),
    v("評価を8にしてください。", "value=8"),
    v("11月9日の話です。", "date=2026-11-09"),
    v("1番目は非公開でお願いします。", "1:private", wins=2),
    v("日付は合っています。顧客はミナト物流に変更してください。", "account=ミナト物流"),
)  # fmt: skip
LANGUAGES: dict[str, tuple[Voice, ...]] = {
    "English": ENGLISH + MORE_ENGLISH,
    "German": GERMAN + MORE_GERMAN,
    "French": FRENCH + MORE_FRENCH,
    "Spanish": SPANISH + MORE_SPANISH,
    "Dutch": DUTCH + MORE_DUTCH,
    "Italian": ITALIAN + MORE_ITALIAN,
    "Portuguese": PORTUGUESE + MORE_PORTUGUESE,
    "Swedish": SWEDISH + MORE_SWEDISH,
    "Polish": POLISH + MORE_POLISH,
    "Japanese": JAPANESE + MORE_JAPANESE,
}
VOICES = tuple(voice for voices in LANGUAGES.values() for voice in voices)
