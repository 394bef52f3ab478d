"""Spanish: what the words of a correction mean."""

from __future__ import annotations

NUMBERS = "uno dos tres cuatro cinco seis siete ocho nueve diez"

WORDS = {
    "field:account": "cuenta|cliente|empresa|compañía",
    "field:contact": "contacto|persona|dicho por",
    "field:name": "nombre|se llama|se escribe",
    "field:quote": "añade esto|añade esto que me dijo|sus palabras|palabras exactas",
    "field:date": "fecha|día",
    "field:value": "valor|puntuación|nota|puntos",
    "field:category": "tipo|categoría|clase",
    "field:cause": "motivo|razón|causa|la causa|el motivo|fue gracias a|es gracias a",
    "field:summary": "resumen|título|resúmelo|resúmelo así|titular",
    "ok": "bien|correcto|correcta|está bien|perfecto|perfecta|todo correcto|todo bien|vale",
    "except": "menos|salvo|excepto",
    "wrong": "mal|equivocado|equivocada|incorrecto|incorrecta|está mal",
    "not": "no es|no era|no|nunca|jamás|tampoco|ni|sin",
    "but": "sino|pero",
    "instead": "en vez de|en lugar de|que",
    "is": "es|son|sería|debería ser|debe ser|es de|esto es|sea|pone",
    "was": "fue|era|fueron|eran|ocurrió|pasó|son del|es del|eso fue",
    "belongs": "pertenece a|corresponde a|es de|es para",
    "said": "dijo|lo dijo|escribió|lo escribió|dijeron|ha dicho|dicho|comentó|contó|me contó|cita|palabras",
    "passed": "reenvió|lo reenvió|transmitió|solo lo pasó|pasó el mensaje",
    "set": (
        "ponlo|ponle|súbelo|bájalo|súbele|pon|ponlo|ponle|poner|cambia|cámbialo|cambiar|súbelo|sube|bájalo|"
        "baja|corrige|corregir|dale|márcalo|ponme|ponga|poned|ponedle"
    ),
    "rather": (
        "más bien|al menos|como mínimo|mínimo|yo diría|diría|merece|mejor|yo le pondría|le pondría|"
        "por lo menos|le daría"
    ),
    "doubt": "quizás|quizá|tal vez|no sé|no estoy seguro|no estoy segura|entre un|a lo mejor|ni idea|puede que",
    "condition": ("si|cuando|hasta|hasta que|en cuanto|después de|antes de|todavía|todavía no|aún no|aún|solo si"),
    "later": (
        "mañana|próxima semana|la veo|lo veo|cita con|reunión|le pregunto|pregunta a|pregúntale|voy a|"
        "desde|factura|empieza|próximo|próxima"
    ),
    "act:private": "privado|privada|confidencial|entre nosotros|en secreto",
    "act:share": (
        "compartir|compártelo|comparte|compartirlo|compartas|compartáis|compartido|publicar|"
        "enseñar al cliente|puede ver el cliente|puede verlo el cliente|cliente lo puede ver|"
        "cliente puede verlo"
    ),
    "act:delete": (
        "borrar|bórralo|borra|bórrala|eliminar|elimina|elimínalo|quitar|quítalo|quita|no es un éxito|"
        "no es un logro|tíralo|fuera|borradlo|bórrenlo|elimínenlo|quítenlo|bórrelo|elimínelo|quítelo|"
        "sáquenlo|sácalo"
    ),
    "act:undo": "deshacer|deshaz|deshazlo|revierte|revertir|déjalo como estaba|vuelve atrás",
    "act:split": "separar|separa|sepáralos|dividir|divide|divídelo|dos historias|dos éxitos|dos cosas",
    "ref:1": "primero|primera|primer",
    "ref:2": "segundo|segunda",
    "ref:3": "tercero|tercera|tercer",
    "ref:4": "cuarto|cuarta",
    "ref:-1": "el último|la última",
    "ref:all": "los dos|las dos|los tres|las tres|ambos|ambas|todos|todas",
    "number word": "número|el|la|al",
    "may": "puede|puedes|pueden|se puede|permiso|de acuerdo|autorizado|podéis",
    "thanks": "gracias|muchas gracias|mil gracias",
    "cheer": (
        "genial|qué bien|buen día|buen fin de semana|estupendo|buenísimo|hola|buenos días|buenas|jaja|olé|"
        "enhorabuena|fantástico|bravo"
    ),
    "win": "éxito|logro",
    "others": "los otros|las otras|los demás|las demás",
    "leave": "toques|tocar|toquéis|deja|dejar|dejadlo",
    "you": "puedes|podrías|podéis|podríais",
    "they": "él|ella|ellos|ellas|yo|nosotros|firma|quien",
    "small": (
        "al final|el|la|los|las|lo|un|una|unos|de|del|a|al|y|e|en|con|por|para|que|se|me|te|le|nos|ya|muy|"
        "más|todo|todos|esto|esta|este|eso|esa|ese|porfa|por favor|favor|así|pues|también|solo|sólo|ahora|"
        "hoy|resto|lo demás|demás|mi|su|sus|está|estaba|queda|quede|que quede|creo|o|ha|he|lo de|último|"
        "última|pedí|te pedí|hay|aquí|dio|nomás|no más"
    ),
}
