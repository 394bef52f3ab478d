"""French: what the words of a correction mean."""

from __future__ import annotations

NUMBERS = "un deux trois quatre cinq six sept huit neuf dix"

WORDS = {
    "field:account": "client|cliente|compte|société|entreprise",
    "field:contact": "contact|interlocuteur|interlocutrice|personne|dit par|vient de",
    "field:name": "nom|s'appelle|s'écrit",
    "field:date": "date|jour|daté",
    "field:value": "valeur|note|score",
    "field:category": "type|genre|catégorie|sorte",
    "field:quote": "ajoute ceci|ses mots|ses mots exacts|la citation exacte",
    "field:cause": "raison|cause|la cause|c'est grâce à|c'est grâce au|c'est dû à|pourquoi ça a marché",
    "field:summary": "résumé|titre",
    "ok": "bon|bonne|correct|correcte|juste|parfait|parfaite|exact|exacte|tel quel|rien à redire|impeccable|ok",
    "except": "sauf|à part|hormis",
    "wrong": "faux|fausse|pas bon|pas bonne|incorrect|mauvais|mauvaise|erroné",
    "not": "pas|ne pas|n'est pas|ce n'est pas|c'est pas|n'|ne|jamais|aucun|aucune|sans|ni",
    "no": "non",
    "but": "mais|plutôt que non|sinon",
    "instead": "au lieu de|au lieu du|à la place de|plutôt que",
    "is": "est|c'est|c'|ce sont|serait|devrait être|doit être|il s'agit de|s'agit de|sont|est plutôt|être",
    "was": "était|c'était|date de|ça date de|date du|sont du|est du|a eu lieu|s'est passé|sont de",
    "belongs": "concerne|appartient à|c'est pour|est pour|chez",
    "said": "dit|a dit|l'a dit|a écrit|écrit|raconté|citation|dixit|l'a écrit|disait|m'a dit",
    "passed": "transmis|fait suivre|transféré|a transmis",
    "set": (
        "mets|mettez|mettre|mettre à|passe|passer|passez|change|changer|changez|monte|monter|corrige|corriger|donne"
    ),
    "rather": "plutôt|au moins|je dirais|disons|mérite|minimum|facile|sans hésiter|largement|vaut|vaut bien",
    "doubt": (
        "peut-être|pas sûr|pas sûre|aucune idée|je ne sais pas|sais pas|soit|entre|probablement|"
        "je ne suis pas sûr|si c'est"
    ),
    "condition": (
        "quand|dès que|si elle|si il|s'il|s'ils|si|jusqu'à|après que|avant de|une fois que|pas encore|seulement quand"
    ),
    "later": (
        "demain|semaine prochaine|rendez-vous|on se voit|je lui demanderai|demande à|demandez à|je vais|"
        "vais|verrai|verra|depuis|facture|prochain|prochaine|commence"
    ),
    "act:private": "privé|privée|confidentiel|confidentielle|entre nous|pour nous|garder secret|discrétion",
    "act:share": (
        "partager|partage|partagez|partagé|partagée|peut être partagé|diffuser|montrer au client|"
        "client peut le voir|partages"
    ),
    "act:delete": (
        "supprimer|supprime|supprimez|effacer|efface|effacez|enlève|enlever|enlevez|retire|retirer|retirez|"
        "jeter|pas une réussite|pas un succès|n'est pas un compliment|à la poubelle|poubelle|oublie ça|"
        "effacer ça"
    ),
    "act:undo": ("annule|annuler|annulez|rétablir|rétablis|revenir en arrière|remets comme avant|remettre comme avant"),
    "act:split": "séparer|sépare|séparez|scinder|diviser|deux histoires|deux réussites|deux succès|découper",
    "ref:1": "premier|première",
    "ref:2": "deuxième|second|seconde",
    "ref:3": "troisième",
    "ref:4": "quatrième",
    "ref:-1": "le dernier|la dernière",
    "ref:all": "les deux|les trois|tous les deux|tous les trois|toutes les trois|toutes|tous",
    "number word": "numéro|n°|no|pour le|le|sur le",
    "may": "peux|peut|pouvez|peut être|accord|d'accord|feu vert|autorisé|permission|ok pour",
    "thanks": "merci|merci beaucoup|mille mercis|merci bien",
    "cheer": (
        "super|génial|génialissime|bravo|bonjour|salut|coucou|trop bien|bonne journée|bonne soirée|"
        "bon week-end|magnifique|ah|oh|hihi|chouette"
    ),
    "win": "réussite|succès",
    "others": "les autres|l'autre|le reste",
    "leave": "touche|toucher|touchez|laisse|laisser|laissez|garde",
    "you": "peux-tu|pouvez-vous|pourrais-tu|pourriez-vous|tu peux|vous pouvez|tu|vous",
    "they": "il|elle|ils|elles|on|nous|je|j'|qui",
    "small": (
        "le|la|les|l'|un|une|des|du|de|d'|à|au|aux|et|en|ce|cet|cette|ça|cela|ces|se|s'|me|m'|te|t'|stp|"
        "svp|s'il te plaît|s'il vous plaît|plaît|reste|tout|aussi|fait|en fait|là|y|a|dans|dedans|il y a|"
        "pour|avec|par|sur|donc|alors|oui|bien|très|trop|que|qu'|qui|quoi|surtout|ma|mon|mes|son|sa|ses|"
        "leur|dernière|correction|modification|au contraire|contraire|toute|équipe|pense|crois|lui|moi|"
        "juste|je pense|je crois|pardon|oui|ou|autre|histoires|hein|du coup|faut|il faut"
    ),
}
