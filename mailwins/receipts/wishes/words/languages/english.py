"""English: what the words of a correction mean."""

from __future__ import annotations

NUMBERS = "one two three four five six seven eight nine ten"

WORDS = {
    "field:account": "account|customer|client|company|acct",
    "field:contact": (
        "contact|contact person|person|speaker|said by|quote is from|quote's from|words are from|comes from|came from"
    ),
    "field:name": "name|names|the name is|her name is|his name is|name's|spelled|spelt|spelling",
    "field:date": "date|day|dated",
    "field:value": "value|score|rating|points|worth|number should be|rate it|rate this",
    "field:category": "kind|type|category|kind of win",
    "field:summary": "summary|headline|title|one-liner|subject line",
    "field:cause": (
        "why it worked|it was down to|that was down to|it's because of|that's because of|why it happened|"
        "the reason|the cause|root cause"
    ),
    "field:quote": (
        "add her quote|add his quote|add their quote|add this|add the quote|add what she said|"
        "add what he said|what she actually wrote|what he actually wrote|what they actually wrote|"
        "what she wrote|what he wrote|actual words|exact words|their words|the full quote|full quote"
    ),
    "ok": (
        "fine|correct|right|spot on|ok|okay|good|perfect|as is|as it is|as they are|alone|all good|great|"
        "accurate|looks good|stays|stay|unchanged"
    ),
    "except": "apart from|except|except for|but for|bar",
    "wrong": "wrong|incorrect|not right|isn't right|off|mistaken",
    "not": (
        "not|isn't|isnt|wasn't|wasnt|ain't|never|don't|dont|do not|doesn't|shouldn't|didn't|cannot|can't|"
        "won't|aren't|no longer|neither|nor|without|nothing|hardly|barely|scarcely|refrain from|"
        "anything but"
    ),
    "no": "no|nope|nah",
    "but": "but|rather it's|instead it's",
    "instead": "instead of|rather than|than|as opposed to|in place of",
    "is": (
        "is|it's|its|that's|thats|that is|it is|they're|are|should be|shld be|must be|should say|"
        "should read|needs to be|has to be|this is|ought to be|would be|makes it|i meant|meant"
    ),
    "was": "was|were|happened|took place|it was|that was|dates from|is from|are from|was from|were from",
    "belongs": (
        "belongs to|belong to|under|goes to|goes under|belongs under|belongs with|file under|filed under|"
        "this is for|was for|it's for|is for"
    ),
    "said": (
        "said|said it|who said it|says|wrote|told|told me|told us|mentioned|who said|quoted|quote|words|"
        "remark|phoned|emailed|sent it|who wrote|that wrote|did it|put it"
    ),
    "passed": (
        "passed it on|only passed|passed on|forwarded|only forwarded|relayed|just passed|sent it on|"
        "only sent|told her|told him"
    ),
    "set": (
        "make|make it|make that|set|put|change|mark|mark it|call it|count it|count it as|bump|bump it|"
        "raise|lower|drop it|give it|give|move|move it|correct|fix|turn|switch|go|amend"
    ),
    "rather": (
        "rather|more like|at least|at most|i'd say|i'd call it|i'd go|i'd give|i reckon|reckon|more of|"
        "closer to|deserves|minimum|tops|feels like|honestly more|if anything|easily|i would say|i'd put|"
        "a solid|solid"
    ),
    "doubt": (
        "maybe|perhaps|possibly|not sure|unsure|might|could be|or maybe|either|probably or|whether|between|"
        "somewhere between|don't know|no idea|guess it could|hard to say|wondering"
    ),
    "condition": (
        "if|unless|until|till|once|when|whenever|as soon as|after|before|provided|assuming|pending|not yet|"
        "only after|only when|yet"
    ),
    "later": (
        "i'll|will|let me|going to|gonna|tomorrow|next week|next month|appointment|meeting|meet|"
        "meeting her|meeting him|seeing|see her|see him|see them|starts|start|starting|due|deadline|by|"
        "until|call her|call him|call them|scheduled|ask|ask him|ask her|kick-off|invoice|invoices|since"
    ),
    "act:private": (
        "don't let this go anywhere|dont let this go anywhere|don't let it go anywhere|"
        "dont let it go anywhere|keep this to yourself|keep it to yourself|mum's the word|"
        "for your eyes only|stays in this room|stays with us|private|confidential|between us|"
        "between ourselves|to ourselves|off the record|under wraps|hush hush|keep quiet about|"
        "for our eyes only|just us|in confidence|strictly internal"
    ),
    "act:share": (
        "share|shared|shareable|be shared|share away|show the customer|show it to the customer|"
        "customer can see|customer may see|client can see|show customers|can be public|can go out|"
        "ok to use externally|use it with other customers"
    ),
    "act:delete": (
        "delete|remove|bin it|bin this|bin that|scrap|trash|discard|get rid of|throw away|throw out|"
        "take out|take it out|take this out|chuck|chuck it|ditch|drop this one|not a win|isn't a win|"
        "no win|isn't really a win|not really a win|not a win really|kill it|erase|lose this one|lose it|"
        "can go|strike"
    ),
    "act:undo": (
        "undo|revert|roll back|put it back|put that back|put them back|change it back|go back to|take that back|restore"
    ),
    "act:split": (
        "split|split up|split them|separate|two stories|two wins|three wins|two separate|two things|"
        "two different|several wins|take apart"
    ),
    "ref:1": "first|1st|number one|no 1|the top one",
    "ref:2": "second|2nd|number two|middle|middle one|no 2",
    "ref:3": "third|3rd|number three|no 3",
    "ref:4": "fourth|4th|number four",
    "ref:5": "fifth|5th|number five",
    "ref:-1": "last one|the last|bottom one",
    "ref:all": (
        "all three|all of them|all of these|all four|all five|both|both of them|both of these|all wins|"
        "all the wins|each of them|every one"
    ),
    "number word": "number|no|nr|win|item|#|for|on|one|story",
    "may": (
        "can|may|happy for|fine to|ok to|okay to|free to|feel free|go ahead|allowed|agreed|happy|approved|"
        "permission|cleared|she's fine|he's fine"
    ),
    "thanks": "thanks|thank you|thx|ty|cheers|ta|thank|many thanks|much appreciated|appreciated",
    "cheer": (
        "lovely|brilliant|great stuff|nice|nice one|wow|haha|lol|love it|love this|awesome|amazing|"
        "made my day|that made my|as ever|as always|so much|my bad|my mistake|good day|have a good one|"
        "well done|super|fab|cool|yay|hooray|ooh|oh|ha|oops|ah|hey|hi|hello|hiya|nearly|almost|sorry|"
        "bit stingy|close"
    ),
    "win": "win|wins|success",
    "leave": "leave|touch|keep|alone|don't change|don't touch|hands off",
    "others": "others|the rest|the other|the other two|remaining",
    "you": (
        "could this one be|could this be|can this be|can this one be|could it be|can it be|you|could you|"
        "can you|would you|will you|could we|can we"
    ),
    "they": "they|he|she|we|i|who|him|her|them",
    "small": (
        "a|an|the|this|that|these|those|it|to|of|in|at|as|for|on|from|with|and|please|pls|plz|just|thing|"
        "kind of thing|sort of thing|really|actually|also|too|only|then|there|here|my|our|your|their|his|"
        "her|me|us|one|ones|is|be|been|by the way|btw|now|again|though|so|well|yes|yep|yeah|rest|"
        "everything|else|everything else|bit|little|way|same|because|would|should|could|honestly|myself|"
        "think|i think|believe|guess|up|out|over|about|some|any|other|others|what|which|x|xx|kindly|all|"
        "today|cos|either|definitely|clearly|obviously|more|very|most|do|did|does|has|had|have|or|want|"
        "need|like|i'd like|while you're at it|while|instead|got|get|say|says"
    ),
}
