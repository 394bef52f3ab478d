"""Italian: what the words of a correction mean."""

from __future__ import annotations

NUMBERS = "uno due tre quattro cinque sei sette otto nove dieci"

WORDS = {
    "field:account": "cliente|azienda|account|società",
    "field:contact": "contatto|referente|persona|detto da",
    "field:name": "nome|si chiama|si scrive|cognome",
    "field:date": "data|giorno",
    "field:value": "valore|punteggio|voto",
    "field:category": "tipo|categoria|genere",
    "field:cause": "motivo|causa|la causa|il motivo|merito|è stato grazie a|è merito di",
    "field:summary": "riassunto|titolo|sintesi",
    "ok": (
        "giusto|giusta|corretto|corretta|va bene|perfetto|perfetta|tutto giusto|tutto ok|bene|tutto bene|tutto corretto"
    ),
    "except": "tranne|a parte|salvo",
    "wrong": "sbagliato|sbagliata|errato|errata|scorretto",
    "not": "non è|non|mai|né|senza|neanche|mica|manco",
    "but": "ma|bensì|però",
    "instead": "invece di|invece che|anziché|al posto di|che",
    "is": "è|sono|sarebbe|deve essere|dovrebbe essere|si tratta di|sia|essere",
    "was": "era|fu|è stato|è stata|è successo|erano|risale a|sono del|è del",
    "belongs": "appartiene a|è di|è per|riguarda|è della|è del",
    "said": "detto|ha detto|l'ha detto|scritto|ha scritto|l'ha scritto|disse|dice|citazione|parole|raccontato",
    "passed": "inoltrato|girato|riferito|solo inoltrato",
    "set": (
        "mettilo|mettila|portalo|alzalo|abbassalo|segnalo|metti|metti un|mettere|mettete|cambia|cambiare|"
        "correggi|alza|alzalo|abbassa|dai|dagli|porta|segna|facciamo"
    ),
    "rather": "piuttosto|almeno|direi|io direi|minimo|merita|meglio|più una|più un|semmai|come minimo",
    "doubt": "forse|magari|non so|non sono sicuro|non sono sicura|tra un|nessuna idea|boh|può darsi",
    "condition": "se|quando|finché|appena|dopo che|prima di|non ancora|fino a",
    "later": (
        "domani|prossima settimana|la vedo|lo vedo|appuntamento|chiedo|le chiedo|gli chiedo|chiedi a|"
        "da quando|fattura|inizia|prossimo|prossima|vediamo"
    ),
    "act:private": ("privato|privata|riservato|riservata|riservato|confidenziale|tra noi|fra noi|tienilo per noi"),
    "act:share": (
        "condividere|condividi|condividilo|condividere con il cliente|condivisibile|condiviso|"
        "mostrare al cliente|lo può vedere|cliente può vederlo|può vederlo|mandarlo al cliente|"
        "mandare al cliente|girarlo al cliente|mostrarlo al cliente"
    ),
    "act:delete": (
        "cancella|cancellalo|cancellare|cancellala|elimina|eliminalo|eliminare|togli|toglilo|togliere|"
        "rimuovi|rimuovilo|butta via|buttalo|non è un successo"
    ),
    "act:undo": "annulla|annullare|ripristina|ripristinare|torna indietro|rimetti come prima",
    "act:split": "dividi|dividere|separa|separare|separali|due storie|due successi|due cose",
    "ref:1": "primo|prima",
    "ref:2": "secondo|seconda",
    "ref:3": "terzo|terza",
    "ref:4": "quarto|quarta",
    "ref:-1": "ultimo|ultima",
    "ref:all": "entrambi|entrambe|tutti e due|tutti e tre|tutte e tre|tutti|tutte",
    "number word": "numero|il|la|al|per il",
    "may": "si può|può|puoi|potete|permesso|d'accordo|autorizzato|pure",
    "thanks": "grazie|grazie mille|mille grazie",
    "cheer": (
        "bello|bellissimo|che bello|buona giornata|buon weekend|che meraviglia|fantastico|ciao|buongiorno|"
        "evviva|bravi|ottimo|stupendo"
    ),
    "win": "successo",
    "others": "gli altri|le altre",
    "leave": "lascia|lasciare|toccare|tocca|lasciate",
    "you": "puoi|potresti|potete|potreste",
    "they": "lui|lei|loro|io|noi|chi",
    "small": (
        "alla fine|il|lo|la|i|gli|le|l'|un|una|uno|un'|di|del|della|dello|dell'|dei|a|al|alla|e|ed|in|con|"
        "per|che|si|mi|ti|ci|ne|da|dal|dalla|su|come|anche|solo|pure|poi|per favore|favore|questo|questa|"
        "quello|quella|molto|più|tutto|resto|ma|sì|si|ecco|qui|invece|ultima|modifica|ho|ha|ha detto|"
        "mandato|l'ho|credo|penso|o|scusa|stato|suo|sua"
    ),
}
