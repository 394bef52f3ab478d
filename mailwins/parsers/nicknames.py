"""Short and pet forms of first names, so that "Bob" below a mail of Robert's is seen to be his signature. Data only.

Common ones per language, from general knowledge; forms that merely shorten the name ("Alex", "Gabi") need no entry.
"""

from __future__ import annotations

NICKNAMES: dict[str, tuple[str, ...]] = {
    # English
    "abigail": ("gail",), "albert": ("bert", "al"), "alexander": ("sandy", "xander", "sasha"), "alexandra": ("sandra", "lexi", "sasha"), "amanda": ("mandy",), "andrew": ("drew",), "anthony": ("tony",),
    "antonia": ("toni",), "barbara": ("babs", "barb"), "catherine": ("kate", "kathy", "katie", "cate", "kit"), "charles": ("chuck", "charlie"), "christina": ("tina",), "christopher": ("kit", "topher"),
    "deborah": ("debbie",), "dorothy": ("dot", "dottie"), "edward": ("ted", "ned", "eddie"), "eleanor": ("nell", "ellie", "nora"), "elizabeth": ("liz", "beth", "betty", "betsy", "lizzie", "libby"),
    "frederick": ("fritz",), "gerald": ("jerry",), "harold": ("harry", "hal"), "henry": ("harry", "hank"), "isabella": ("bella", "izzy"), "jacqueline": ("jackie",), "james": ("jim", "jimmy", "jamie"),
    "jennifer": ("jenny",), "john": ("jack", "johnny"), "jonathan": ("jon", "jonny"), "joseph": ("joe", "joey"), "katherine": ("kate", "kathy", "katie", "kit"), "kathleen": ("kate", "kathy"), "kenneth": ("ken", "kenny"),
    "lawrence": ("larry",), "leonard": ("len", "lenny"), "margaret": ("peggy", "maggie", "meg", "peg", "greta"), "mary": ("molly", "polly"), "matilda": ("tilly",), "michael": ("mike", "mick", "mickey"),
    "nathaniel": ("nat", "nate"), "nicholas": ("nick", "nicky"), "patricia": ("trish", "tricia"), "patrick": ("paddy",), "penelope": ("penny",), "philip": ("phil",), "rebecca": ("becky", "becca"), "richard": ("dick", "rick", "rich"),
    "robert": ("bob", "bobby", "rob", "bert"), "rosemary": ("rosie",), "samantha": ("sam",), "samuel": ("sam",), "sarah": ("sally", "sadie"), "stephanie": ("steph", "steffi"), "stephen": ("steve",), "steven": ("steve",),
    "susan": ("sue", "suzie"), "theodore": ("ted", "theo"), "theresa": ("terry", "tess"), "thomas": ("tom", "tommy"), "timothy": ("tim",), "veronica": ("ronnie",), "victoria": ("vicky", "tori"), "walter": ("wally",),
    "william": ("bill", "billy", "will", "liam"), "zachary": ("zac", "zach", "zack"),
    # German and Dutch
    "andreas": ("andi", "andy"), "anton": ("toni",), "christian": ("chris",), "cornelis": ("kees", "cees"), "elisabeth": ("lisa", "sissi", "lisi", "betti", "els"), "ferdinand": ("ferdl",), "friedrich": ("fritz", "fred"),
    "georg": ("schorsch",), "gerhard": ("gerd", "hardy"), "heinrich": ("heinz", "heiner", "hein"), "hildegard": ("hilde",), "jacobus": ("jaap", "koos"), "johannes": ("hans", "hannes", "jan", "joop"), "josef": ("sepp", "jupp"),
    "katharina": ("kathi", "kati", "nina"), "ludwig": ("wiggerl", "lutz"), "magdalena": ("lena", "leni"), "margarete": ("grete", "gretl"), "maximilian": ("max",), "nikolaus": ("klaus", "niki"), "sebastian": ("basti", "bastian"),
    "ulrich": ("uli", "ulli"), "ulrike": ("uli", "ulli", "rike"), "wilhelm": ("willi", "willy", "wim"), "wilhelmina": ("mien", "willemien"), "willem": ("wim",),
    # Romance languages
    "alejandro": ("jandro", "ale"), "antonio": ("toño", "toni", "tonino"), "concepción": ("concha", "conchi"), "dolores": ("lola",), "domenico": ("mimmo",), "enrique": ("quique", "kike"), "francesco": ("checco", "ciccio"),
    "francisca": ("paca", "paqui"), "francisco": ("paco", "pancho", "curro", "chico"), "giovanni": ("gianni", "nino"), "giuseppe": ("beppe", "peppe", "pino"), "guadalupe": ("lupe",), "ignacio": ("nacho",), "jesús": ("chuy", "chus"),
    "jose": ("pepe", "zé"), "josé": ("pepe", "zé"), "joão": ("joca",), "luigi": ("gigi",), "manuel": ("manolo", "lolo"), "mercedes": ("merche",), "pilar": ("pili",), "rosario": ("charo",), "salvatore": ("totò", "turi"),
    # Slavic languages, Hungarian
    "agnieszka": ("aga",), "aleksandr": ("sasha", "sascha"), "aleksandra": ("ola", "sasha"), "aleksander": ("olek",), "anastasia": ("nastya",), "dmitri": ("dima",), "dmitry": ("dima",), "ekaterina": ("katya", "katja"),
    "evgeny": ("zhenya",), "ivan": ("vanya",), "katarzyna": ("kasia",), "konstantin": ("kostya",), "krzysztof": ("krzysiek",), "maria": ("masha", "mascha", "majka", "mia"), "małgorzata": ("gosia",), "mikhail": ("misha",),
    "stanisław": ("staszek",), "svetlana": ("sveta",), "vladimir": ("volodya", "vova", "vlada"), "wojciech": ("wojtek",), "zofia": ("zosia",), "jiří": ("jirka",), "josefina": ("josie",), "lászló": ("laci",), "istván": ("pisti",),
    "sándor": ("sanyi",), "józsef": ("jóska",), "дмитрий": ("дима",), "екатерина": ("катя",), "александр": ("саша",), "александра": ("саша",), "мария": ("маша",), "михаил": ("миша",), "владимир": ("володя",), "светлана": ("света",),
}  # fmt: skip
