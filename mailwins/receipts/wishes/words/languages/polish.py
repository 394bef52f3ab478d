"""Polish: what the words of a correction mean."""

from __future__ import annotations

NUMBERS = "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć"

WORDS = {
    "field:account": "klient|klienta|klientem|firma|konto",
    "field:contact": "kontakt|osoba|osoba kontaktowa",
    "field:name": "nazwisko|imię|nazywa się|pisze się|nazwa",
    "field:date": "data|dzień|datę|datą",
    "field:value": "wartość|ocena|punkty|ocenę",
    "field:category": "rodzaj|typ|kategoria|kategorię",
    "field:cause": "powód|powodem|przyczyna|przyczyną",
    "field:summary": "podsumowanie|tytuł|nagłówek",
    "ok": (
        "zgadza się|dobrze|poprawnie|w porządku|wszystko się zgadza|ok|okej|bez zmian|poprawna|poprawny|dobra|dobry"
    ),
    "except": "oprócz|poza",
    "wrong": "źle|błędny|błędna|niepoprawny|nieprawidłowy|zły|zła",
    "not": "nie|nigdy|ani|żaden|bez",
    "but": "ale|lecz|tylko że",
    "instead": "zamiast|niż",
    "is": "jest|to|to jest|powinno być|powinien być|powinna być|są|ma być|to był",
    "was": "było|był|była|to było|były|zdarzyło się|jest z|są z",
    "belongs": "należy do|dotyczy|dla|pod",
    "said": "powiedział|powiedziała|napisał|napisała|mówił|mówiła|cytat|słowa",
    "passed": "przekazał|przekazała|tylko przesłał|tylko przesłała|przesłała dalej",
    "set": "ustaw|zmień|zmienić|daj|popraw|zrób|podnieś|obniż|wpisz|na",
    "rather": ("raczej|co najmniej|przynajmniej|powiedziałbym|powiedziałabym|minimum|zasługuje na|lepiej|bardziej"),
    "doubt": "może|nie wiem|nie jestem pewien|nie jestem pewna|być może|między",
    "condition": "jeśli|jeżeli|gdy|kiedy|dopóki|zanim|po tym jak|jeszcze nie|dopiero",
    "later": ("jutro|w przyszłym tygodniu|spotkanie|widzę się|zapytam|zapytaj|będzie|od|faktura|zaczyna|spotykam"),
    "act:private": "prywatne|prywatny|poufne|poufny|między nami|tylko dla nas|w tajemnicy",
    "act:share": "udostępnić|udostępnij|udostępniaj|udostępniać|pokazać klientowi|można udostępnić",
    "act:delete": (
        "usuń|usunąć|skasuj|skasować|wyrzuć|wykasuj|to nie sukces|do kosza|proszę usunąć|wywal|wywalić|wyrzucić"
    ),
    "act:undo": "cofnij|cofnąć|przywróć|wycofaj|anuluj",
    "act:split": "podziel|podzielić|rozdziel|rozdzielić|dwa sukcesy|dwie historie|dwie sprawy",
    "ref:1": "pierwszy|pierwsza|pierwszą|pierwsze",
    "ref:2": "drugi|druga|drugą|drugie|drugiego",
    "ref:3": "trzeci|trzecia|trzecią|trzecie|trzeciego",
    "ref:4": "czwarty|czwarta",
    "ref:-1": "ostatni|ostatnia|ostatnią",
    "ref:all": "oba|obie|wszystkie trzy|wszystkie|obydwa",
    "number word": "numer|nr|w|dla",
    "may": "można|możesz|może być|możecie|zgodził się|zgodziła się|zgoda",
    "thanks": "dziękuję|dzięki|dzięki wielkie|dziękuje|wielkie dzięki",
    "cheer": "super|świetnie|miłego dnia|cudownie|brawo|cześć|hej|wow|fajnie|pięknie|dzień dobry|witam",
    "win": "sukces",
    "others": "pozostałe|inne|reszta z nich",
    "leave": "zostaw|ruszaj|dotykaj",
    "you": "możesz|czy możesz|mógłbyś|mogłabyś|proszę",
    "they": "on|ona|oni|one|my|ja|kto",
    "small": (
        "i|a|w|z|ze|na|do|o|od|po|za|się|ten|ta|to|te|tę|tego|tej|tym|już|tylko|też|także|bardzo|proszę|"
        "reszta|wszystko|mi|nam|jego|jej|ich|tak|no|więc|bo|ostatnią|zmianę|zachować|klientowi|test|chyba|"
        "czyli|lub|albo|jako|pan|pani powiedziała"
    ),
}
