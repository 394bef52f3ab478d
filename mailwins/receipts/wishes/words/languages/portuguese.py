"""Portuguese: what the words of a correction mean."""

from __future__ import annotations

NUMBERS = "um dois três quatro cinco seis sete oito nove dez"

WORDS = {
    "field:account": "cliente|conta|empresa",
    "field:contact": "contacto|contato|pessoa|dito por",
    "field:name": "nome|chama-se|se chama|escreve-se",
    "field:date": "data|dia",
    "field:value": "valor|pontuação|nota|pontos",
    "field:category": "tipo|categoria",
    "field:cause": "motivo|razão|causa|a causa|o motivo|foi graças a|foi graças ao",
    "field:summary": "resumo|título",
    "ok": "certo|certa|correto|correta|está certo|tudo certo|perfeito|tudo bem|está bem|está tudo certo|bem",
    "except": "menos|exceto|salvo",
    "wrong": "errado|errada|incorreto|mal",
    "not": "não é|não|nunca|nem|sem|num",
    "but": "mas|e sim",
    "instead": "em vez de|do que|ao invés de",
    "is": "é|são|seria|deve ser|devia ser|deveria ser|trata-se de|seja",
    "was": "foi|era|eram|foram|aconteceu|são de|é de",
    "belongs": "pertence a|é da|é do|é para|é da",
    "said": "disse|escreveu|dito|falou|quem disse|contou|disse isso|citação|palavras",
    "passed": "reencaminhou|encaminhou|só passou",
    "set": (
        "põe|mete|sobe|baixa|coloca|põe|mete|mude|muda|mudar|altera|alterar|altere|coloca|coloque|corrige|"
        "dá|sobe|marca|ponha|passa para|bota|bote|põe aí"
    ),
    "rather": "antes|pelo menos|eu diria|diria|merece|no mínimo|melhor|mais um|mais uma|daria",
    "doubt": "talvez|não sei|não tenho a certeza|entre um|sem ideia|quiçá|se calhar",
    "condition": "se|quando|até|assim que|depois de|antes de|ainda não|ainda|só quando",
    "later": "amanhã|próxima semana|vou|reunião|encontro|pergunto|pergunta ao|pergunta à|desde|fatura|começa",
    "act:private": "privado|privada|confidencial|entre nós|em segredo|sigiloso",
    "act:share": (
        "partilhar com o cliente|partilhar|partilha|partilhes|partilhem|compartilhar|compartilhe|"
        "partilhado|pode ser partilhado|mostrar ao cliente|manda pro cliente|mandar pro cliente|"
        "mandar ao cliente|manda isso pro cliente|enviar ao cliente"
    ),
    "act:delete": (
        "apaga|apagar|apague|elimina|eliminar|remove|remover|tira|tirar|não é um sucesso|deita fora|exclui|"
        "excluir|apaga isto"
    ),
    "act:undo": "desfaz|desfazer|desfaça|anula|anular|reverte|reverter|repõe|volta atrás",
    "act:split": "separa|separar|divide|dividir|duas histórias|dois sucessos|duas coisas",
    "ref:1": "primeiro|primeira",
    "ref:2": "segundo|segunda",
    "ref:3": "terceiro|terceira",
    "ref:4": "quarto|quarta",
    "ref:-1": "último|última",
    "ref:all": "ambos|ambas|os dois|as duas|os três|as três|todos|todas",
    "number word": "número|o|a|no|ao",
    "may": "pode|podes|podem|autorizou|permissão|de acordo|à vontade",
    "thanks": "obrigado|obrigada|muito obrigado|muito obrigada|valeu",
    "cheer": "que bom|ótimo|fantástico|olá|bom dia|boa|viva|excelente|bravo|lindo|que maravilha",
    "win": "sucesso",
    "others": "os outros|as outras",
    "leave": "deixa|deixar|mexas|mexer|mexa",
    "you": "podes|poderias|pode|podem",
    "they": "ele|ela|eles|elas|eu|nós|quem",
    "small": (
        "afinal|o|a|os|as|um|uma|de|do|da|dos|das|e|em|no|na|com|por|para|que|se|se faz favor|"
        "se fizer favor|me|te|lhe|nos|já|muito|mais|tudo|isto|isso|esta|este|essa|esse|favor|por favor|só|"
        "fica|também|agora|resto|meu|minha|está|ao|à|pelo|pela|última|alteração|acho|ou|foi um|fica só|sim|"
        "aqui|lá|eu|aí|pro"
    ),
}
