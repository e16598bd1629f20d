"""Signs: the words of a language by which a question is told to lead, to ask for a detail, a picture or a name.

Words are signs, not proof: whoever interviews children has to read each question all the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Signs:
    """The words of one language by which a text is told to be what it must not be.

    `leading`: suggests an answer, or names an act, a body or a person to blame; `closed`: a question with yes or no for
    an answer; `detail`: who, when, where, how often and why, which are for the interview; `images`: asks for a picture or
    a film, unless `refused` stands before it; `who`: asks a child who it is.
    """

    leading: re.Pattern[str]
    closed: re.Pattern[str]
    detail: re.Pattern[str]
    images: re.Pattern[str]
    refused: re.Pattern[str]
    who: re.Pattern[str]


def _signs(*, leading: str, closed: str, detail: str, images: str, refused: str, who: str) -> Signs:
    return Signs(*(re.compile(one, re.IGNORECASE) for one in (leading, closed, detail, images, refused, who)))


_FIRST = {
    "en": _signs(
        leading=r"\b((?<!what )did (he|she|they|you|somebody|anybody|anyone|someone)"
        r"|(is|was|are|were|did|does|has|have|had)n['’]t|(is|was|did|does|has) (it|he|she|they) not|right\?"
        r"|touch\w*|hurts?|hit|beat|rap\w+|abus\w+|forced?|victims?"
        r"|bod(y|ies)|private parts?|naked|undress\w*|sex\w*|your (father|mother|parents?|boyfriend|boss)"
        r"|(must|surely|obviously) (have )?(been|be)\b)",
        closed=r"(^|[.!?,;:]\s+)(do|does|did|is|are|am|was|were|has|have|had|can|could|will|would|should|may|might"
        r"|(and )?(there|it) (was|is))\b[^.?!]*\?",
        detail=r"\b(who|whom|whose|what did|what was|which|where|when|why|how (often|many|much|long|old))\b[^.!]*\?",
        images=r"\b(send|upload|attach|add|share|show|take|give|record|film)\b[^.!?]{0,40}"
        r"\b(pictures?|photos?|images?|videos?|films?|selfies?|nudes?)\b",
        refused=r"\b(no|not|never|don['’]t|without)\b[^.!?]*$",
        who=r"\b(your (full |first |last )?(names?|age|address|birthday|school|class|phone|number|e-?mail"
        r"|nationality|passport|papers|account|parents)|who (are|is) you|where (do )?you (live|are|stay)|how old"
        r"|date of birth|what are you called)\b",
    ),
    "et": _signs(
        leading=r"\b(kas (ta|nad|keegi)\b|eks ole|ega ju|puudut\w*|löö\w*|peks\w*|vägist\w*|kuritarvit\w*|sund\w*|ohvr\w*"
        r"|keha\w*|alasti\w*|seks\w*|sinu (isa|ema|vanemad|ülemus))",
        closed=r"\bkas\b[^.!?]*\?",
        detail=r"\b(kes|kelle(ga)?|kus|kuhu|millal|miks|kui (tihti|sageli|palju|kaua|vana)"
        r"|mida (ta|nad)|mis (ta|nad))\b[^.!]*\?",
        images=r"\b(saada|lisa|laadi|näita|jaga|tee|anna|salvesta|filmi)\b[^.!?]{0,40}\b(pil[dt]\w*|foto\w*|video\w*|selfi\w*)",
        refused=r"\b(ära|ärge|mitte|ei)\b[^.!?]*$",
        who=r"\b(sinu (täis|ees|pere)?(nimi|nime|vanus|aadress\w*|kool\w*|klass\w*|telefon\w*|number|e-post\w*)"
        r"|sinu kodakondsus\w*|kes sa oled|kus sa elad|kui vana|sünni(päev|aeg|kuupäev)\w*|mis su nimi|sinu sünni\w*)\b",
    ),
    "ar": _signs(
        leading=r"\b(هل (هو|هي|هم|قام|قامت|فعل|أحد)|أليس|ألم ي|لمس|ضرب|اغتصب|جسد|جسم|عار[يٍ]|جنس|ضحية|أجبر"
        r"|والدك|أبوك|أمك)",
        closed=r"(^|[.!؟?،]\s*)هل\b[^.!؟?]*[؟?]",
        detail=r"(من (الذي|فعل)|متى|أين|لماذا|كم (مرة|عمر)|كم من|ماذا فعل)[^.!]*[؟?]",
        images=r"(أرسل|حمّل|أضف|أظهر|شارك|التقط|أعط|صوّر)[^.!؟?]{0,40}(صور|فيديو|فيلم)",
        refused=r"(لا|دون|بدون|عدم)\s[^.!؟?]*$",
        who=r"(اسمك|عمرك|عنوانك|مدرستك|هاتفك|رقمك|بريدك|جنسيتك|من أنت|أين تسكن|أين تعيش|تاريخ ميلادك)",
    ),
}

# The words of eleven further languages, those of the pages for children. Written from grammar and dictionaries, tried on
# planted questions and on the forms as they are; nobody who interviews children in these languages has read them.
_NORTHERN = {
    "fi": _signs(
        leading=r"\b(eikö (niin|se|hän|totta)|(tekikö|satuttiko|uhkasiko|löikö|pakottiko) (hän|joku|he)|kosket\w*"
        r"|kosk(i|ivat) sinu\w*|löi|lyö\w*|hakka\w*|raiska\w*|hyväksikäyt\w*|pakot\w*|uhri\w*|keho\w*|vartalo\w*"
        r"|alasti\w*|alaston\w*|seks\w*|(isäsi|äitisi|vanhempasi|pomosi|poikaystäväsi)\b)",
        closed=r"(^|[.!?,;:]\s+)\w+(ko|kö)(han|hän)?\b[^.?!]*\?",
        detail=r"\b(kuka|ketkä|kene\w*|missä|minne|mihin|milloin|miksi|kuinka (usein|monta|paljon|kauan|vanha)"
        r"|miten (usein|monta|kauan)|mitä (hän|he))\b[^.!]*\?",
        images=r"\b(lähetä|lataa|lisää|näytä|jaa|ota|anna|kuvaa|nauhoita)\b[^.!?]{0,40}\b(kuv\w*|valokuv\w*|video\w*|selfie\w*)",
        refused=r"\b(älä|älkää|ei|ilman)\b[^.!?]*$",
        who=r"\b(nimesi|ikäsi|osoitteesi|koulusi|luokkasi|puhelinnumerosi|numerosi|sähköpostisi|kansalaisuutesi"
        r"|syntymä\w*|kuka (sinä )?olet|missä (sinä )?asut|(kuinka|miten) vanha)\b",
    ),
    "sv": _signs(
        leading=r"\b((rörde|slog|tvingade|skadade|hotade|gjorde) (han|hon|de|någon|du)\b|eller hur|inte sant"
        r"|rör(de|t) (dig|vid)|tafsa\w*|slog|slagit|misshandl\w*|våldt\w*|utnyttja\w*|övergrepp\w*|tvinga\w*|offer|offret"
        r"|kropp\w*|naken|nakna|naket|sex(uell\w*| med)\b|din (pappa|far|mamma|mor|pojkvän|chef)|dina föräldrar)",
        closed=r"(^|[.!?,;:]\s+)(har|hade|är|var|blev|blir|kan|kunde|vill|ville|ska|skulle|får|fick|gör|gjorde|tog|slog"
        r"|behöver|känner|kände|mår|finns|fanns|hände|händer|måste|vet|såg|hörde)\b[^.?!]*\?",
        detail=r"\b(vem|vilk\w+|vems|var|vart|när|varför|hur (ofta|många|mycket|länge|gammal)|vad (gjorde|sa))\b[^.!]*\?",
        images=r"\b(skicka|ladda|lägg|bifoga|visa|dela|ta|ge|filma|spela in)\b[^.!?]{0,40}"
        r"\b(bild\w*|foto\w*|video\w*|film\w*|selfie\w*)",
        refused=r"\b(inte|inga|ingen|inget|aldrig|utan)\b[^.!?]*$",
        who=r"\b(ditt (namn|nummer|telefonnummer|pass|födelsedatum)|din (ålder|adress|skola|klass|telefon|e-post|mejl"
        r"|födelsedag|nationalitet)|vad heter du|vem är du|var bor du|hur gammal)\b",
    ),
    "da": _signs(
        leading=r"\b(ikke (sandt|også)|(gjorde|slog|rørte|tvang|truede) (han|hun|de|nogen|du)\b|rør(te|t|er) (ved|dig)"
        r"|slog|slået|tæv\w*|voldt\w*|misbrug\w*|overgreb\w*|tvang|tvung\w*|ofre|offer|offeret|krop\w*|nøgen|nøgne|nøgent"
        r"|sex\w*|seksuel\w*|din (far|mor|kæreste|chef)|dine forældre)\b",
        closed=r"(^|[.!?,;:]\s+)(har|havde|er|var|blev|bliver|kan|kunne|vil|ville|skal|skulle|må|måtte|gør|gjorde|tog|slog"
        r"|ved|føler|findes|skete|sker|så|hørte)\b[^.?!]*\?",
        detail=r"\b(hvem|hvor|hvornår|hvorfor|hvilke\w*|hvad (gjorde|sagde))\b[^.!]*\?",
        images=r"\b(send|upload|tilføj|vis|del|tag|giv|film|optag)\b[^.!?]{0,40}\b(billede\w*|foto\w*|video\w*|film\w*|selfie\w*)",
        refused=r"\b(ikke|ingen|intet|aldrig|uden)\b[^.!?]*$",
        who=r"\b(dit (navn|nummer|telefonnummer|pas|cpr\w*)|din (alder|adresse|skole|klasse|telefon|e-mail|mail|fødselsdag"
        r"|nationalitet)|hvad hedder du|hvem er du|hvor bor du|hvor gammel)\b",
    ),
    "de": _signs(
        leading=r"\b((hat|haben|hatte|hatten) (er|sie|jemand|man|dich|dir)\b|nicht wahr|oder\?|stimmt['’]?s|anfass\w*"
        r"|angefasst|berühr\w*|schlug\w*|schlag\w*|geschlagen|vergewaltig\w*|missbrauch\w*|gezwungen|zwang\w*|zwing\w*"
        r"|opfer\w*|körper\w*|nackt\w*|sex\w*|dein (vater|freund|chef|papa)|deine (mutter|eltern|mama|chefin))",
        closed=r"(^|[.!?,;:]\s+)(hast|hat|habt|haben|hatte\w*|bist|ist|sind|seid|war\w*|wirst|wird|wurde\w*|kann\w*|konnte\w*"
        r"|willst|will|wollte\w*|soll\w*|darf\w*|muss\w*|gab|gibt|möchte\w*|brauchst|weißt)\b[^.?!]*\?",
        detail=r"\b(wer|wen|wem|wessen|wo|wohin|woher|wann|warum|wieso|weshalb|welche\w*|wie (oft|viele?|lange|alt)"
        r"|was (hat|haben|machte\w*|tat\w*))\b[^.!]*\?",
        images=r"\b(schick\w*|sende\w*|lade|füge?|zeig\w*|teile?|mach\w*|gib|nimm|film\w*)\b[^.!?]{0,40}"
        r"\b(bild\w*|foto\w*|video\w*|selfie\w*)|\b(bild\w*|foto\w*|video\w*|selfie\w*)\b[^.!?]{0,30}"
        r"\b(schicken|senden|hochladen|hinzufügen|zeigen|machen|aufnehmen)\b",
        refused=r"\b(kein\w*|nicht|nie|niemals|ohne)\b[^.!?]*$",
        who=r"\b(dein (name|alter|geburts\w*|pass|wohnort)|deinen namen|deine (adresse|schule|klasse|telefonnummer|nummer"
        r"|e-mail|mail|nationalität)|wie heißt du|wer bist du|wo wohnst du|wie alt)\b",
    ),
}
_EASTERN = {
    "lv": _signs(
        leading=r"\b(vai (viņš|viņa|viņi|kāds)\b|vai ne\b|pieskā\w*|aiztik\w*|sita\b|sit\b|piekāv\w*|izvaro\w*|piespie\w*"
        r"|spieda\b|upur\w*|ķermen\w*|kail\w*|seks\w*|tavs (tēvs|tētis|draugs|priekšnieks)|tava (māte|mamma)|tavi vecāki)",
        closed=r"\bvai\b[^.!?]*\?",
        detail=r"\b(kas (to|tas|viņš)|kurš|kura|kuri|kam|ko (viņš|viņa|viņi)|kur|kad|kāpēc|cik (bieži|ilgi|daudz|vec\w*)"
        r"|kād(s|a|i|as))\b[^.!]*\?",
        images=r"\b(sūti|atsūti|nosūti|augšupielādē|pievieno|parādi|dalies|uzņem|dod|filmē|ieraksti)\b[^.!?]{0,40}"
        r"\b(attēl\w*|foto\w*|bild\w*|video\w*|selfij\w*)",
        refused=r"\b(ne|nekād\w*|bez|nekad|nav)\b[^.!?]*$",
        who=r"\b(tav(s|u) (vārds|vārdu|uzvārds|vecums|vecumu|numurs|tālrunis|e-pasts)|tava (adrese|skola|klase|tautība)"
        r"|kā tevi sauc|kas tu esi|kur tu dzīvo|cik tev gadu|dzimšanas)\b",
    ),
    "lt": _signs(
        leading=r"\b(ar (jis|ji|jie|kas nors)\b|ar ne\b|palie[čt]\w*|lietė\w*|muš\w*|sumuš\w*|trenk\w*|išprievart\w*"
        r"|prievart\w*|tvirkin\w*|vertė\w*|privert\w*|auk(a|os|ą|ų)\b|kūn\w*|nuog\w*|seks\w*"
        r"|tavo (tėvas|tėtis|mama|motina|tėvai|vaikinas|viršininkas))",
        closed=r"\bar\b[^.!?]*\?",
        detail=r"\b(kas (tai|jis)|kuris|kuri|kam|ką (jis|ji|jie)|kur|kada|kodėl|kiek (kartų|laiko|dažnai|metų)"
        r"|kaip (dažnai|ilgai)|koks|kokia|kokie|su kuo)\b[^.!]*\?",
        images=r"\b(siųsk|atsiųsk|nusiųsk|įkelk|pridėk|parodyk|pasidalyk|padaryk|duok|filmuok|įrašyk)\b[^.!?]{0,40}"
        r"\b(nuotrauk\w*|paveikslėl\w*|vaizd\w*|foto\w*|asmenuk\w*|video\w*|film\w*)",
        refused=r"\b(ne|be|niekada|jokių|jokios)\b[^.!?]*$",
        who=r"\b(tavo (vardas|vardą|pavardė|amžius|adresas|mokykla|klasė|telefonas|numeris|pilietybė|gimimo)"
        r"|kuo tu vardu|kas tu esi|kur (tu )?gyveni|kiek tau metų|gimimo)\b",
    ),
    "pl": _signs(
        leading=r"\b(czy (on|ona|oni|ktoś)\b|prawda\?|nieprawdaż|dotyka\w*|dotkn\w*|uderz\w*|bił\w*|pobi\w*|zgwałc\w*"
        r"|gwałc\w*|molest\w*|wykorzyst\w*|zmusz\w*|zmusi\w*|ofiar\w*|ciał[oaeu]\w*|nag(a|i|o|iej|ą)\b|seks\w*"
        r"|twój (ojciec|tata|chłopak|szef)|twoja (matka|mama)|twoi rodzice)",
        closed=r"\bczy\b[^.!?]*\?",
        detail=r"\b(kto|kogo|komu|kim|gdzie|dokąd|skąd|kiedy|dlaczego|czemu|który|która|które|jak (często|długo|wiele)|ile"
        r"|co (on|ona|oni|zrobił\w*))\b[^.!]*\?",
        images=r"\b(wyślij|prześlij|przyślij|dodaj|załącz|pokaż|udostępnij|zrób|daj|nagraj)\b[^.!?]{0,40}"
        r"\b(zdję\w*|fot\w*|obraz\w*|film\w*|wideo\w*|selfie\w*)",
        refused=r"\b(nie|żadn\w*|bez|nigdy)\b[^.!?]*$",
        who=r"\b((twoje|swoje) (imię|nazwisko|dane)|twój (wiek|adres|numer|telefon|e-mail|paszport)"
        r"|twoja (szkoła|klasa|narodowość)|jak (się nazywasz|masz na imię)|kim jesteś|gdzie mieszkasz|ile masz lat"
        r"|data urodzenia)\b",
    ),
    "uk": _signs(
        leading=r"\b(чи (він|вона|вони|хтось)\b|хіба|правда ж|торка\w*|доторк\w*|вдари\w*|бив\b|били\b|била\b|побив\w*"
        r"|зґвалт\w*|ґвалт\w*|розбещ\w*|змушу\w*|змуси\w*|примуш\w*|жертв\w*|тіл[оауі]\b|гол(ий|а|ою|им)\b|секс\w*"
        r"|твій (батько|тато|хлопець|начальник)|твоя (мати|мама)|твої батьки)",
        closed=r"\bчи\b[^.!?]*\?|(^|[.!?]\s+)(ти|тебе|тобі|було|є|був|була|він|вона|вони)\b[^.?!]*\?",
        detail=r"\b(хто|кого|кому|ким|де|куди|звідки|коли|чому|навіщо|який|яка|які|як (часто|довго|багато)|скільки"
        r"|що (він|вона|вони))\b[^.!]*\?",
        images=r"\b(надішли|надсилай|пришли|завантаж|додай|покажи|поділися|зроби|дай|запиши|зніми)\b[^.!?]{0,40}"
        r"\b(фото\w*|світлин\w*|зображен\w*|відео\w*|картин\w*|селфі)",
        refused=r"\b(не|жодн\w*|без|ніколи)\b[^.!?]*$",
        who=r"\b((твоє|своє) (ім['’ʼ]я|прізвище)|твій (вік|номер|телефон|паспорт|клас)|твоя (адреса|школа|національність)"
        r"|як тебе (звати|звуть)|хто ти|де ти живеш|скільки тобі років|дата народження)\b",
    ),
    "ru": _signs(
        leading=r"\b(разве|неужели|не так ли|трога\w*|прикас\w*|косну\w*|удари\w*|бил\b|били\b|била\b|избил\w*|избива\w*"
        r"|изнасил\w*|насилу\w*|растл\w*|заставля\w*|застави\w*|принужд\w*|жертв\w*|тел[оауе]\b|гол(ый|ая|ым|ой)\b|секс\w*"
        r"|твой (отец|папа|парень|начальник)|твоя (мать|мама)|твои родители)",
        closed=r"\b\w+ ли\b[^.!?]*\?|(^|[.!?]\s+)(тебя|тебе|ты|было|есть|был|была|он|она|они)\b[^.?!]*\?",
        detail=r"\b(кто|кого|кому|кем|где|куда|откуда|когда|почему|зачем|какой|какая|какие|как (часто|долго|много)|сколько"
        r"|что (он|она|они))\b[^.!]*\?",
        images=r"\b(отправь|отправляй|пришли|присылай|загрузи|добавь|покажи|поделись|сделай|дай|запиши|сними)\b[^.!?]{0,40}"
        r"\b(фото\w*|снимк\w*|снимок|изображен\w*|видео\w*|картин\w*|селфи)",
        refused=r"\b(не|без|никогда|никак\w*)\b[^.!?]*$",
        who=r"\b((твоё|твое|своё|свое) имя|твой (возраст|номер|телефон|паспорт|адрес|класс)"
        r"|твоя (школа|фамилия|национальность)|как тебя зовут|кто ты|где ты жив[её]шь|сколько тебе лет|дата рождения)\b",
    ),
}
_FURTHER = {
    "fr": _signs(
        leading=r"\b((est-ce qu['’]|a-t-|ont-)(il|elle|on|ils|elles|quelqu)\w*|n['’]est-ce pas|touch\w*|frapp\w*|batt\w*"
        r"|viol(é|ée|er|ait)?\b|abus\w*|forc(é|er|ait)\w*|oblig\w*|victimes?|corps|nue?s?\b|sexe\w*|sexuel\w*"
        r"|ton (père|papa|copain|patron|chef)|ta (mère|maman)|tes parents)",
        closed=r"(^|[.!?,;:]\s+)(est-ce qu\w*|as-tu|es-tu|étais-tu|avais-tu|peux-tu|veux-tu|a-t-\w+|y a-t-il"
        r"|tu (as|es|étais|avais|peux|veux)|c['’](est|était)|il y a)\b[^.?!]*\?",
        detail=r"\b(qui|où|quand|pourquoi|combien|quel(le)?s?|quoi|qu['’]est-ce (qu['’](il|elle|ils)|que))\b[^.!]*\?",
        images=r"\b(envoie|envoyer|ajoute|ajouter|télécharge|montre|partage|prends|donne|filme|enregistre)\b[^.!?]{0,40}"
        r"\b(photos?|images?|vidéos?|films?|selfies?)",
        refused=r"\b(ne|n['’]|pas|aucune?|jamais|sans)\b[^.!?]*$",
        who=r"\b(ton (nom|prénom|âge|adresse|école|numéro|e-mail|mail|passeport)|ta (classe|nationalité|date)"
        r"|comment (tu t['’]appelles|t['’]appelles-tu)|qui es-tu|tu es qui|où (habites-tu|tu habites|vis-tu)|quel âge"
        r"|date de naissance)\b",
    ),
    "fa": _signs(
        leading=r"(آیا (او|کسی|آنها|آن‌ها)\b|\bمگر\b|لمس|کتک|تجاوز|سوء ?استفاده"
        r"|مجبورت|مجبور کرد|مجبور می‌کن|قربانی|\bبدن|برهنه|لخت|جنسی"
        r"|(پدر|مادر|رئیس|والدین)(ت|‌ات| تو)\b)",
        closed=r"(^|[.!؟?،]\s*)آیا\b[^.!؟?]*[؟?]",
        detail=r"(چه کس(ی|انی)|چه وقت|چه زمانی|کجا|چرا|چند (بار|وقت|سال)|کدام|چقدر)[^.!]*[؟?]",
        images=r"(عکس|تصویر|ویدیو|ویدئو|فیلم)[^.!؟?]{0,40}(بفرست|ارسال کن|بارگذاری کن|اضافه کن|نشان بده|بگیر)"
        r"|(بفرست|ارسال کن|بارگذاری کن|اضافه کن|نشان بده|بگیر)[^.!؟?]{0,40}(عکس|تصویر|ویدیو|ویدئو|فیلم)",
        refused=r"(نفرست|نکن|هیچ|بدون|هرگز)[^.!؟?]*$",
        who=r"(\bاسمت|\bنامت|نام تو|اسم تو|سن تو|آدرست|نشانی تو|نشانی‌ات|مدرسه‌ات|مدرسه تو|شماره‌ات|شماره تو|ایمیلت"
        r"|ملیتت|تو کیستی|تو کی هستی|کجا زندگی|چند سال|تاریخ تولد)",
    ),
}

SIGNS: Mapping[str, Signs] = MappingProxyType({**_FIRST, **_NORTHERN, **_EASTERN, **_FURTHER})
"""By language. A form in a language without signs is said to be unchecked, never to be careful."""
