"""Every sentence that the program says, in Latvian and English; the key is a problem's code or a message's name.

Blanks in curly brackets are filled by the caller and are the same in both languages; a literal bracket is doubled.
A code with several sentences has them as `code/variant`; hints begin with `hint.`.
"""

PHRASES: dict[str, dict[str, str]] = {
    # Words around a problem
    "word.hint": {
        "lv": "padoms",
        "en": "hint",
    },
    # Hints that several problems share
    "hint.did-you-mean": {
        "lv": 'vai domājāt "{name}"?',
        "en": 'did you mean "{name}"?',
    },
    "hint.did-you-mean-at": {
        "lv": 'vai domājāt "{name}" ({place})?',
        "en": 'did you mean "{name}" ({place})?',
    },
    "hint.known-names": {
        "lv": "te var būt: {names}",
        "en": "it can be one of: {names}",
    },
    "hint.foreign-key": {
        "lv": 'šajā vietnē šo lauku sauc "{ours}"',
        "en": 'on this site the field is called "{ours}"',
    },
    "hint.localized": {
        "lv": "rakstiet katrā valodā: {{{example}}}",
        "en": "write it in every language: {{{example}}}",
    },
    "hint.plural-forms": {
        "lv": (
            "nosauciet skaitāmo visās skaitļa formās, piemēram, noun: {{lv: {{zero: bērni, one: bērns, other: "
            "bērni}}, en: {{one: child, other: children}}}}"
        ),
        "en": (
            "name what is counted in all its forms, for example noun: {{lv: {{zero: bērni, one: bērns, other: "
            "bērni}}, en: {{one: child, other: children}}}}"
        ),
    },
    # Reading files
    "unreadable-file": {
        "lv": "failu nevar izlasīt: {reason}",
        "en": "the file cannot be read: {reason}",
    },
    "file-moved": {
        "lv": "fails mainījās, kamēr vietne tika veidota",
        "en": "the file kept changing while the site was made",
    },
    "hint.file-moved": {
        "lv": "saglabājiet failu un palaidiet komandu vēlreiz; nekas nav publicēts",
        "en": "save the file and run the command again; nothing was published",
    },
    "file-too-large": {
        "lv": "fails ir pārāk liels: tajā var būt ne vairāk kā {limit} rakstzīmju",
        "en": "the file is too large: it may have at most {limit} characters",
    },
    "not-utf8": {
        "lv": "šeit ir burts, ko nevar izlasīt, jo fails nav saglabāts kā UTF-8",
        "en": "there is a letter here that cannot be read, because the file is not saved as UTF-8",
    },
    "not-utf8/utf16": {
        "lv": "fails ir saglabāts kā UTF-16, nevis UTF-8",
        "en": "the file is saved as UTF-16, not as UTF-8",
    },
    "hint.utf8": {
        "lv": "atveriet failu teksta redaktorā un saglabājiet to vēlreiz ar kodējumu (Encoding) “UTF-8”",
        "en": "open the file in a text editor and save it again with the encoding “UTF-8”",
    },
    "empty-file": {
        "lv": "fails ir tukšs",
        "en": "the file is empty",
    },
    "empty-body": {
        "lv": "aiz faila galvas (pēc otrās rindas ---) nav teksta",
        "en": "there is no text after the head of the file (after the second line ---)",
    },
    "no-front-matter": {
        "lv": "failam nav galvas starp divām rindām ---",
        "en": "the file has no head between two lines ---",
    },
    "hint.front-matter": {
        "lv": (
            "sāciet failu ar rindu ---, zem tās rakstiet laukus, piemēram, title: Virsraksts, un noslēdziet ar "
            "vēl vienu rindu ---"
        ),
        "en": (
            "begin the file with a line ---, write the fields below it, for example title: My title, and end with "
            "another line ---"
        ),
    },
    "front-matter-open": {
        "lv": "faila galva ir sākta ar ---, bet nav noslēgta",
        "en": "the head of the file begins with --- but does not end",
    },
    "hint.front-matter-open": {
        "lv": "pēc pēdējā lauka ielieciet atsevišķu rindu, kurā ir tikai ---",
        "en": "put a line with nothing but --- after the last field",
    },
    "merge-conflict": {
        "lv": "failā palikušas divas nesavienotas teksta versijas (Git zīmes <<<<<<<, ======= un >>>>>>>)",
        "en": "two versions of the text were left unmerged in the file (Git’s marks <<<<<<<, ======= and >>>>>>>)",
    },
    "hint.merge-conflict": {
        "lv": "atstājiet pareizo versiju, izdzēsiet otru un rindas ar šīm zīmēm",
        "en": "keep the right version and delete the other one and the lines with these marks",
    },
    "forbidden-character": {
        "lv": (
            "šeit ir neredzama zīme {character}, kuras tekstā nedrīkst būt; izdzēsiet to un ierakstiet šo vietu "
            "no jauna"
        ),
        "en": (
            "there is an invisible character {character} here that a text must not have; delete it and type this "
            "part anew"
        ),
    },
    # How fields are written
    "yaml-syntax": {
        "lv": "šo vietu nevar saprast kā laukus un to vērtības",
        "en": "this cannot be understood as fields and their values",
    },
    "yaml-syntax/tab": {
        "lv": "rindas sākumā ir tabulatora zīme",
        "en": "there is a tab at the beginning of the line",
    },
    "yaml-syntax/quote": {
        "lv": "pēdiņas ir atvērtas, bet nav aizvērtas",
        "en": "a quotation mark is opened but not closed",
    },
    "yaml-syntax/colon": {
        "lv": "vērtībā ir kols, tāpēc nav skaidrs, kur tā beidzas",
        "en": "the value has a colon in it, so it is not clear where it ends",
    },
    "yaml-syntax/no-colon": {
        "lv": "aiz lauka nosaukuma trūkst kola",
        "en": "a colon is missing after the name of a field",
    },
    "yaml-syntax/character": {
        "lv": "šeit ir zīme, kuras failā nedrīkst būt; izdzēsiet to un ierakstiet šo vietu no jauna",
        "en": "there is a character here that the file must not have; delete it and type this part anew",
    },
    "hint.yaml-tab": {
        "lv": "atkāpi veidojiet ar atstarpēm: divas atstarpes katram līmenim",
        "en": "indent with spaces: two for each level",
    },
    "hint.yaml-quote": {
        "lv": 'pielieciet otru " vērtības beigās; ja pēdiņas vajag pašā tekstā, rakstiet “ ”',
        "en": 'put the second " at the end of the value; for quotation marks within the text write “ ”',
    },
    "hint.yaml-colon": {
        "lv": 'ielieciet visu vērtību pēdiņās, piemēram, title: "Projekts: ko paveicām"',
        "en": 'put the whole value in quotation marks, for example title: "The project: what we did"',
    },
    "hint.yaml-no-colon": {
        "lv": "rakstiet lauka nosaukumu, kolu, atstarpi un vērtību, piemēram, title: Virsraksts",
        "en": "write the field’s name, a colon, a space and the value, for example title: My title",
    },
    "hint.yaml-indent": {
        "lv": "salīdziniet atkāpes ar blakus rindām: viena līmeņa laukiem jāsākas vienā slejā",
        "en": "compare the indentation with the lines around: fields of one level begin in the same column",
    },
    "hint.yaml-general": {
        "lv": (
            "pārbaudiet šo un iepriekšējo rindu: lauks ir nosaukums, kols, atstarpe un vērtība; garāku vērtību "
            "ielieciet pēdiņās"
        ),
        "en": (
            "check this line and the one before: a field is a name, a colon, a space and a value; put a longer "
            "value in quotation marks"
        ),
    },
    "yaml-several-documents": {
        "lv": "failā ir vēl viena rinda ---, kas te sāktu jaunu dokumentu; izdzēsiet to",
        "en": "the file has another line ---, which would begin a new document here; delete it",
    },
    "yaml-anchor": {
        "lv": "vērtība sākas ar zīmi & vai *, kam šeit ir īpaša nozīme",
        "en": "the value begins with & or *, which have a special meaning here",
    },
    "hint.yaml-anchor": {
        "lv": 'ielieciet vērtību pēdiņās, piemēram, title: "*Jaunums"',
        "en": 'put the value in quotation marks, for example title: "*News"',
    },
    "yaml-tag": {
        "lv": "vērtība sākas ar izsaukuma zīmi, kam šeit ir īpaša nozīme ({tag})",
        "en": "the value begins with an exclamation mark, which has a special meaning here ({tag})",
    },
    "hint.yaml-tag": {
        "lv": 'ielieciet vērtību pēdiņās, piemēram, title: "!Jaunums"',
        "en": 'put the value in quotation marks, for example title: "!News"',
    },
    "yaml-too-deep": {
        "lv": "lauki ir ielikti cits citā dziļāk nekā {limit} līmeņos",
        "en": "fields stand within fields more than {limit} levels deep",
    },
    "yaml-key": {
        "lv": "lauka nosaukumam jābūt vienkāršam vārdam, nevis sarakstam vai laukiem iekavās",
        "en": "the name of a field must be a plain word, not a list or fields in brackets",
    },
    "duplicate-key": {
        "lv": 'lauks "{key}" jau ir uzrakstīts {line}. rindā',
        "en": 'the field "{key}" is already written in line {line}',
    },
    # Fields and their values
    "unknown-key": {
        "lv": 'nezināms lauks "{key}"',
        "en": 'unknown field "{key}"',
    },
    "missing-key": {
        "lv": 'trūkst lauka "{key}"',
        "en": 'the field "{key}" is missing',
    },
    "empty-text": {
        "lv": 'lauks "{key}" ir tukšs',
        "en": 'the field "{key}" is empty',
    },
    "wrong-type/mapping": {
        "lv": 'laukam "{key}" vajag apakšlaukus ar vērtībām',
        "en": '"{key}" must hold fields with values',
    },
    "wrong-type/list": {
        "lv": 'laukam "{key}" vajag sarakstu',
        "en": '"{key}" must be a list',
    },
    "wrong-type/text": {
        "lv": 'laukam "{key}" vajag vienkāršu tekstu',
        "en": '"{key}" must be plain text',
    },
    "wrong-type/truth": {
        "lv": 'laukam "{key}" vajag true (jā) vai false (nē)',
        "en": '"{key}" must be true (yes) or false (no)',
    },
    "wrong-type/whole": {
        "lv": 'laukam "{key}" vajag veselu skaitli, piemēram, 42',
        "en": '"{key}" must be a whole number, for example 42',
    },
    "wrong-type/number": {
        "lv": 'laukam "{key}" vajag skaitli',
        "en": '"{key}" must be a number',
    },
    "wrong-type/localized": {
        "lv": 'laukam "{key}" vajag tekstu katrā valodā',
        "en": '"{key}" must be a text in every language',
    },
    "hint.list": {
        "lv": "liekiet vērtības kvadrātiekavās un atdaliet ar komatiem, piemēram, tags: [children, families]",
        "en": "put the values in square brackets with commas between, for example tags: [children, families]",
    },
    "hint.truth": {
        "lv": "rakstiet bez pēdiņām, piemēram, draft: true",
        "en": "write it without quotation marks, for example draft: true",
    },
    "hint.number": {
        "lv": "rakstiet tikai ciparus, bez atstarpēm un mērvienības, decimāldaļām ar punktu, piemēram, 1500000 vai 6.7",
        "en": "write digits only, without spaces or a unit and with a point for decimals, for example 1500000 or 6.7",
    },
    "missing-language": {
        "lv": 'laukam "{key}" trūkst teksta valodā "{language}"',
        "en": '"{key}" has no text in the language "{language}"',
    },
    "missing-plural-form": {
        "lv": 'trūkst skaitļa formas "{form}"',
        "en": 'the plural form "{form}" is missing',
    },
    "listed-twice": {
        "lv": '"{value}" sarakstā ir divreiz',
        "en": '"{value}" is in the list twice',
    },
    "unknown-choice": {
        "lv": 'laukam "{key}" nevar būt vērtība "{value}"',
        "en": '"{key}" cannot be "{value}"',
    },
    "unknown-word": {
        "lv": '"{value}" nav failā content/site.yaml, sarakstā "{list}"',
        "en": '"{value}" is not in the list "{list}" of content/site.yaml',
    },
    "bad-slug": {
        "lv": '"{value}" neder kā adreses daļa',
        "en": '"{value}" cannot be part of an address',
    },
    "hint.bad-slug": {
        "lv": (
            "lietojiet tikai mazos latīņu burtus bez garumzīmēm un mīkstinājumiem, ciparus un defises, piemēram, "
            "grupu-dzivokli"
        ),
        "en": "use only small letters a to z without marks, digits and hyphens, for example grupu-dzivokli",
    },
    "bad-id": {
        "lv": '"{value}" neder kā nosaukums, ar ko uz ierakstu atsaucas',
        "en": '"{value}" cannot be the name by which others refer to this',
    },
    "bad-url": {
        "lv": '"{value}" nav pilna tīmekļa adrese',
        "en": '"{value}" is not a whole web address',
    },
    "hint.bad-url": {
        "lv": "rakstiet visu adresi, piemēram, https://www.liepaja.lv/",
        "en": "write the whole address, for example https://www.liepaja.lv/",
    },
    "bad-email": {
        "lv": '"{value}" nav e-pasta adrese',
        "en": '"{value}" is not an e-mail address',
    },
    "hint.bad-email": {
        "lv": "rakstiet vienu adresi mazajiem burtiem, piemēram, pasts@example.lv",
        "en": "write one address in small letters, for example post@example.lv",
    },
    "bad-phone": {
        "lv": '"{value}" nav tālruņa numurs ar +371',
        "en": '"{value}" is not a telephone number with +371',
    },
    "hint.bad-phone": {
        "lv": 'rakstiet +371 un astoņus ciparus bez citām atstarpēm, piemēram, "+371 60000000"',
        "en": 'write +371 and eight digits without other spaces, for example "+371 60000000"',
    },
    "bad-address": {
        "lv": '"{value}" nav šīs vietnes adrese',
        "en": '"{value}" is not an address of this site',
    },
    "hint.bad-address": {
        "lv": "rakstiet adresi bez domēna, ar slīpsvītru sākumā un beigās, piemēram, /lv/jaunumi/2023/grupu-dzivokli/",
        "en": (
            "write the address without the domain, with a slash at the beginning and end, for example "
            "/en/news/2023/group-apartments/"
        ),
    },
    "bad-media-name": {
        "lv": '"{value}" neder kā attēla vai dokumenta faila nosaukums',
        "en": '"{value}" cannot be the name of a picture or document',
    },
    "hint.bad-media-name": {
        "lv": (
            "nosaukumā lietojiet tikai burtus bez garumzīmēm un mīkstinājumiem, ciparus, punktus un defises, "
            "piemēram, dienas-centrs.jpg"
        ),
        "en": "use only letters a to z without marks, digits, points and hyphens, for example day-centre.jpg",
    },
    "unknown-language": {
        "lv": 'vietnei nav valodas "{language}"',
        "en": 'the site has no language "{language}"',
    },
    "bad-language": {
        "lv": '"{value}" nav valodas kods',
        "en": '"{value}" is not the code of a language',
    },
    "hint.bad-language": {
        "lv": "rakstiet, piemēram, code: lv un locale: lv_LV",
        "en": "write, for example, code: lv and locale: lv_LV",
    },
    "bad-uuid": {
        "lv": '"{value}" nav pastāvīgs identifikators (UUID)',
        "en": '"{value}" is not a permanent identifier (UUID)',
    },
    "hint.bad-uuid": {
        "lv": "atjaunojiet iepriekšējo vērtību; tā izskatās šādi: 1b4e28ba-2fa1-41d2-883f-0016d3cca427",
        "en": "put back the value that was here; it looks like this: 1b4e28ba-2fa1-41d2-883f-0016d3cca427",
    },
    # The record of changes to facts
    "bad-tree": {
        "lv": '"{value}" nav Git koka nosaukums',
        "en": '"{value}" is not the name of a Git tree',
    },
    "hint.bad-tree": {
        "lv": "šo rindu raksta `site-builder changes --record`; atjaunojiet iepriekšējo vērtību vai rindu izdzēsiet",
        "en": "`site-builder changes --record` writes this line; put back the value that was here, or delete the line",
    },
    "record-cut": {
        "lv": "Git vēsture šajā kopijā sākas par vēlu, tāpēc izmaiņu pierakstā var trūkt jaunāko izmaiņu",
        "en": "the Git history in this clone begins too late, so the record of changes may lack the newest ones",
    },
    "hint.record-cut": {
        "lv": "dabūjiet vēsturi (git fetch --unshallow) vai palaidiet pilnā kopijā `site-builder changes --record`",
        "en": "fetch the whole history (git fetch --unshallow), or run `site-builder changes --record` in a full clone",
    },
    "record-no-history": {
        "lv": "Git šeit nevar pateikt, kas mainījies pēc pēdējā ieraksta",
        "en": "Git cannot tell here what changed since the last entry",
    },
    "hint.record-no-history": {
        "lv": "palaidiet šo pilnā Git kopijā; izmaiņu var ierakstīt failā arī ar roku",
        "en": "run this in a full Git clone; a change may also be written into the file by hand",
    },
    # Dates
    "bad-date": {
        "lv": '"{value}" nav pareizi uzrakstīts datums',
        "en": '"{value}" is not a date as dates are written here',
    },
    "bad-date/calendar": {
        "lv": 'datuma "{value}" kalendārā nav',
        "en": 'there is no "{value}" in the calendar',
    },
    "bad-date/full": {
        "lv": 'šeit vajag pilnu, droši zināmu datumu, nevis "{value}"',
        "en": 'a full and certain date is needed here, not "{value}"',
    },
    "hint.full-date": {
        "lv": "rakstiet gadu, mēnesi un dienu, piemēram, 2023-09-01",
        "en": "write year, month and day, for example 2023-09-01",
    },
    "hint.date-day": {
        "lv": (
            "rakstiet gadu, mēnesi un dienu, piemēram, 2023-09-01; ja diena nav zināma: {{date: 2023-09, "
            "precision: month}}"
        ),
        "en": (
            "write year, month and day, for example 2023-09-01; if the day is not known: {{date: 2023-09, "
            "precision: month}}"
        ),
    },
    "hint.date-month": {
        "lv": "rakstiet gadu un mēnesi, piemēram, {{date: 2023-09, precision: month}}",
        "en": "write year and month, for example {{date: 2023-09, precision: month}}",
    },
    "hint.date-season": {
        "lv": (
            "rakstiet gadu un gadalaiku (winter, spring, summer, autumn), piemēram, {{date: 2023-summer, "
            "precision: season}}"
        ),
        "en": (
            "write year and season (winter, spring, summer, autumn), for example {{date: 2023-summer, precision: "
            "season}}"
        ),
    },
    "hint.date-year": {
        "lv": "rakstiet tikai gadu, piemēram, {{date: 2023, precision: year}}",
        "en": "write the year only, for example {{date: 2023, precision: year}}",
    },
    "inferred-without-reason": {
        "lv": "datums ir noteikts netieši (inferred: true), bet nav teikts, pēc kā",
        "en": "the date was worked out (inferred: true), but nothing says how",
    },
    "hint.because": {
        "lv": "pievienojiet pamatojumu, piemēram, because: {{lv: avotā nav gada, en: the source gives no year}}",
        "en": "add the reason, for example because: {{lv: avotā nav gada, en: the source gives no year}}",
    },
    "dates-order": {
        "lv": 'datums "{later}" ir pārāk agrs, salīdzinot ar "{earlier}"',
        "en": 'the date "{later}" is too early compared with "{earlier}"',
    },
    "published-missing": {
        "lv": "datums nav precīzs, tāpēc jānorāda arī diena, kad ziņu publicējām",
        "en": "the date is not exact, so the day on which we published the item is needed too",
    },
    "hint.published": {
        "lv": "pievienojiet, piemēram, published: 2023-09-05",
        "en": "add, for example, published: 2023-09-05",
    },
    "future-date": {
        "lv": 'datums "{value}" vēl nav pienācis; ja ziņai jāparādās vēlāk, lietojiet lauku "publish_from"',
        "en": 'the date "{value}" is still to come; to show an item later use the field "publish_from"',
    },
    "year-folder": {
        "lv": 'fails ir mapē "{folder}", bet datuma gads ir {year}',
        "en": 'the file is in the folder "{folder}", but the year of its date is {year}',
    },
    "hint.year-folder": {
        "lv": "pārvietojiet failu visās valodās uz mapi {folder} vai izlabojiet datumu",
        "en": "move the file, in all languages, to {folder}, or correct the date",
    },
    # The site's configuration
    "no-project": {
        "lv": "šeit nav vietnes: nav atrasts fails content/site.yaml",
        "en": "there is no site here: content/site.yaml was not found",
    },
    "hint.no-project": {
        "lv": "atveriet vietnes mapi vai nosauciet to, piemēram, site-builder --project kurzeme-visiem build",
        "en": "go to the site’s folder or name it, for example site-builder --project kurzeme-visiem build",
    },
    "bad-timezone": {
        "lv": 'nezināma laika josla "{value}"; Latvijā tā ir Europe/Riga',
        "en": 'unknown time zone "{value}"; for Latvia it is Europe/Riga',
    },
    "missing-section": {
        "lv": 'sarakstā "sections" trūkst obligātās sadaļas "{key}"',
        "en": 'the section "{key}", which the site needs, is missing from the list "sections"',
    },
    "unknown-section": {
        "lv": 'nezināma sadaļa "{key}": sarakstā "sections" tādas nav',
        "en": 'unknown section "{key}": the list "sections" does not have it',
    },
    "section-without-page": {
        "lv": 'sadaļai "{key}" nav lapas: failu content/pages/{key}.lv.md un tā tulkojumu',
        "en": 'the section "{key}" has no page: no content/pages/{key}.lv.md and its translations',
    },
    "duplicate-id": {
        "lv": '"{key}" šajā sarakstā ir divreiz',
        "en": '"{key}" is in this list twice',
    },
    "base-url-undecided": {
        "lv": "vietnes īstā adrese vēl nav izvēlēta",
        "en": "the real address of the site is not yet decided",
    },
    "hint.base-url": {
        "lv": (
            'kad adrese būs zināma, ierakstiet to laukā "base_url", piemēram, base_url: '
            "https://www.liepaja.lv/kurzeme-visiem/"
        ),
        "en": (
            'once it is known, write it in the field "base_url", for example base_url: '
            "https://www.liepaja.lv/kurzeme-visiem/"
        ),
    },
    "publisher-undecided": {
        "lv": "vietnes izdevējs vēl nav norādīts, tāpēc lapās ir rakstīts “nav norādīts”",
        "en": "the publisher of the site is not yet decided, so the pages say “not stated”",
    },
    "hint.publisher": {
        "lv": "kad izdevējs būs zināms, ierakstiet publisher: {{name: {{lv: …, en: …}}, url: https://…/}}",
        "en": "once it is known, write publisher: {{name: {{lv: …, en: …}}, url: https://…/}}",
    },
    # Files of the content
    "no-content": {
        "lv": 'nav mapes "content" ar vietnes saturu',
        "en": 'there is no folder "content" with the content of the site',
    },
    "link-outside": {
        "lv": "šī saīsne ved ārpus projekta mapes; tās vietā ielieciet pašu failu",
        "en": "this link leads out of the project’s folder; put the file itself here instead",
    },
    "media-type": {
        "lv": '"{value}" nav attēls vai dokuments, ko vietnē var ielikt',
        "en": '"{value}" is not a kind of picture or document that the site can have',
    },
    "unknown-file": {
        "lv": "nav skaidrs, kam šis fails paredzēts: šajā vietā vai ar šādu nosaukumu tas neder",
        "en": "it is not clear what this file is for: it does not belong here or under this name",
    },
    "no-language": {
        "lv": "faila nosaukumā trūkst valodas",
        "en": "the name of the file does not say its language",
    },
    "hint.no-language": {
        "lv": "pārdēvējiet failu, piemēram, par {example}",
        "en": "rename the file, for example to {example}",
    },
    "no-year-folder": {
        "lv": "ziņas failam jābūt gada mapē",
        "en": "a news item must be in the folder of a year",
    },
    "hint.no-year-folder": {
        "lv": "pārvietojiet failu, piemēram, uz mapi content/news/2023/",
        "en": "move the file, for example to content/news/2023/",
    },
    "bad-file-name": {
        "lv": '"{value}" neder kā faila nosaukums',
        "en": '"{value}" cannot be the name of a file',
    },
    "hint.bad-file-name": {
        "lv": (
            "pārdēvējiet: tikai mazie burti bez garumzīmēm un mīkstinājumiem, cipari un defises, piemēram, "
            "grupu-dzivokli.lv.md"
        ),
        "en": (
            "rename it: only small letters a to z without marks, digits and hyphens, for example grupu-dzivokli.lv.md"
        ),
    },
    "missing-twin": {
        "lv": "trūkst tulkojuma {twin}",
        "en": "the translation {twin} is missing",
    },
    "hint.missing-twin": {
        "lv": (
            "uzrakstiet {twin} vai esošajā failā paskaidrojiet, kāpēc tulkojuma nav, piemēram, only: lv un "
            "reason: attiecas tikai uz vietējiem"
        ),
        "en": (
            "write {twin}, or say in this file why there is none, for example only: lv and reason: concerns local "
            "people only"
        ),
    },
    "only-without-reason": {
        "lv": 'lauks "only" saka, ka tulkojuma nebūs, bet nav teikts, kāpēc',
        "en": '"only" says that there will be no translation, but not why',
    },
    "hint.only-reason": {
        "lv": "pievienojiet, piemēram, reason: attiecas tikai uz vietējiem",
        "en": "add, for example, reason: concerns local people only",
    },
    "only-disagrees": {
        "lv": 'laukā "only" ir "{only}", bet faili ir valodās: {present}',
        "en": '"only" says "{only}", but there are files in: {present}',
    },
    "twin-differs": {
        "lv": 'lauks "{key}" tulkojumā atšķiras',
        "en": 'the field "{key}" differs in the translation',
    },
    "hint.twin-differs": {
        "lv": 'lauks "{key}" ir kopīgs visām valodām un stāv failā {first}: te to izdzēsiet vai ierakstiet to pašu',
        "en": '"{key}" is the same for all languages and stands in {first}: delete it here, or write the same',
    },
    # Names of things
    "unknown-news": {
        "lv": 'nezināma ziņa "{key}"',
        "en": 'unknown news item "{key}"',
    },
    "unknown-page": {
        "lv": 'nezināma lapa "{key}"',
        "en": 'unknown page "{key}"',
    },
    "unknown-facility": {
        "lv": 'nezināma vieta "{key}"',
        "en": 'unknown facility "{key}"',
    },
    "unknown-service": {
        "lv": 'nezināms pakalpojums "{key}"',
        "en": 'unknown service "{key}"',
    },
    "unknown-operation": {
        "lv": 'nezināms ES projekts "{key}"',
        "en": 'unknown operation "{key}"',
    },
    "unknown-fact": {
        "lv": 'nezināms fakts "{key}"',
        "en": 'unknown fact "{key}"',
    },
    "chart-figures": {
        "lv": 'diagrammai "{key}" neder šāds skaitļu saraksts',
        "en": 'the chart "{key}" cannot be drawn from this list of figures',
    },
    "hint.chart-figures": {
        "lv": "kind: bars vajag vismaz vienu skaitli, kind: growth – tieši vienu",
        "en": "kind: bars needs at least one figure, kind: growth exactly one",
    },
    "chart-units": {
        "lv": 'diagrammā "{key}" ir skaitļi ar dažādām mērvienībām: {units}',
        "en": 'the chart "{key}" has figures of different units: {units}',
    },
    "hint.chart-units": {
        "lv": "vienā diagrammā lieciet tikai skaitļus ar vienu un to pašu unit",
        "en": "put only figures with the same unit into one chart",
    },
    "unknown-partner": {
        "lv": 'nezināms partneris "{key}"',
        "en": 'unknown partner "{key}"',
    },
    "unknown-member": {
        "lv": 'nezināms darba grupas dalībnieks "{key}"',
        "en": 'unknown working group member "{key}"',
    },
    "unknown-person": {
        "lv": 'nezināma persona "{key}"',
        "en": 'unknown person "{key}"',
    },
    "unknown-milestone": {
        "lv": 'nezināms laika līnijas notikums "{key}"',
        "en": 'unknown milestone "{key}"',
    },
    "unknown-source": {
        "lv": 'nezināms avots "{key}"',
        "en": 'unknown source "{key}"',
    },
    "unknown-term": {
        "lv": 'nezināms vārdnīcas vārds "{key}"',
        "en": 'unknown glossary term "{key}"',
    },
    "unknown-contact": {
        "lv": 'nezināms kontakts "{key}"',
        "en": 'unknown contact "{key}"',
    },
    "unknown-media": {
        "lv": 'mapē content/media nav faila "{key}"',
        "en": 'there is no file "{key}" in content/media',
    },
    "not-published": {
        "lv": 'šeit nosaukts "{key}", bet vietnē tā pagaidām nav (melnraksts, vēl nav sācies vai jau beidzies)',
        "en": '"{key}" is named here but is not on the site now (a draft, not begun, or expired)',
    },
    "no-translation": {
        "lv": '"{key}" nav pieejams valodā "{language}", tāpēc šīs valodas tekstā to nevar nosaukt',
        "en": '"{key}" is not available in the language "{language}", so a text in that language cannot name it',
    },
    "same-address": {
        "lv": "adrese {address} jau ir aizņemta: {first}",
        "en": "the address {address} is already taken by {first}",
    },
    "hint.same-address": {
        "lv": 'vienā no abiem failiem nomainiet lauku "slug" vai izdzēsiet adresi no "aliases"',
        "en": 'change the field "slug" in one of the two files, or delete the address from "aliases"',
    },
    # Figures
    "disputed-readings": {
        "lv": "skaitlim, par kuru avoti nesakrīt (status: disputed), vajag vismaz divus rādījumus",
        "en": "a figure on which sources differ (status: disputed) needs at least two readings",
    },
    "disputed-value": {
        "lv": 'skaitlim, par kuru avoti nesakrīt (status: disputed), nevar būt viena vērtība "value"',
        "en": 'a figure on which sources differ (status: disputed) cannot have one "value"',
    },
    "readings-undisputed": {
        "lv": '"readings" lieto tikai skaitļiem, par kuriem avoti nesakrīt (status: disputed)',
        "en": '"readings" are only for figures on which sources differ (status: disputed)',
    },
    "hint.readings": {
        "lv": (
            'ar status: disputed zem "readings" uzrakstiet katra avota vērtību un izdzēsiet "value"; citādi '
            'atstājiet tikai "value"'
        ),
        "en": (
            'with status: disputed write each source’s value under "readings" and delete "value"; otherwise keep '
            'only "value"'
        ),
    },
    "hint.explanation": {
        "lv": "paskaidrojiet, ar ko avoti atšķiras: explanation: {{lv: …, en: …}}",
        "en": "say how the sources differ: explanation: {{lv: …, en: …}}",
    },
    "figure-without-source": {
        "lv": "skaitlim nav avota",
        "en": "the figure has no source",
    },
    "hint.source": {
        "lv": "pievienojiet avotu no content/facts/sources.yaml, piemēram, sources: [results-2023]",
        "en": "add a source from content/facts/sources.yaml, for example sources: [results-2023]",
    },
    "figure-without-date": {
        "lv": "nav teikts, uz kuru dienu skaitlis attiecas",
        "en": "nothing says as of which day the figure holds",
    },
    "hint.undated": {
        "lv": (
            "rakstiet as_of: 2023-09-01 vai paskaidrojiet: undated: {{lv: avotā datums nav norādīts, en: the "
            "source gives no date}}"
        ),
        "en": (
            "write as_of: 2023-09-01, or explain: undated: {{lv: avotā datums nav norādīts, en: the source gives "
            "no date}}"
        ),
    },
    "figure-date-twice": {
        "lv": 'skaitlim ir gan datums "as_of", gan paskaidrojums "undated", ka datuma nav; atstājiet vienu no tiem',
        "en": 'the figure has both a date "as_of" and "undated", which says there is none; keep one of them',
    },
    "additive-people": {
        "lv": "saskaitīt drīkst tikai naudu: cilvēku grupas var pārklāties",
        "en": "only money may be added up: groups of people may overlap",
    },
    "hint.additive": {
        "lv": "rakstiet additive: false",
        "en": "write additive: false",
    },
    # Privacy and accessibility
    "sensitive/field": {
        "lv": 'lauks "{key}" nav atļauts, jo runa ir par cilvēku mājām',
        "en": 'the field "{key}" is not allowed, because this is about people’s home',
    },
    "sensitive/date": {
        "lv": "cilvēku māju atvēršanas laiku nedrīkst norādīt ar dienu vai mēnesi",
        "en": "the opening of people’s home must not be told by day or month",
    },
    "sensitive/map": {
        "lv": "tekstā par cilvēku mājām nedrīkst būt kartes vai koordinātu",
        "en": "a text about people’s home must not have a map or coordinates",
    },
    "hint.sensitive": {
        "lv": "izdzēsiet to: mājām nerāda ne vietu kartē, ne attēlus",
        "en": "delete it: homes are shown neither on a map nor in pictures",
    },
    "hint.sensitive-date": {
        "lv": "norādiet gadalaiku vai gadu, piemēram, {{date: 2023-summer, precision: season}}",
        "en": "give the season or the year, for example {{date: 2023-summer, precision: season}}",
    },
    "missing-alt": {
        "lv": "attēlam nav apraksta cilvēkiem, kuri to neredz",
        "en": "the picture has no words for people who do not see it",
    },
    "missing-alt/front-matter": {
        "lv": 'attēlam nav apraksta šajā valodā (lauka "image_alt")',
        "en": 'the picture has no words in this language (the field "image_alt")',
    },
    "hint.alt": {
        "lv": (
            "aprakstiet, kas redzams: faila galvā image_alt: Dienas centra ieeja, tekstā ![Dienas centra "
            "ieeja](media:ieeja.jpg)"
        ),
        "en": (
            "say what it shows: image_alt: The day centre’s entrance in the head, ![The day centre’s "
            "entrance](media:entrance.jpg) in the text"
        ),
    },
    # Texts
    "unknown-embed": {
        "lv": 'nezināms veids "{kind}" dubultajās kvadrātiekavās [[…]]',
        "en": 'unknown kind "{kind}" in double square brackets [[…]]',
    },
    "unknown-form": {
        "lv": 'nezināms pieraksts "{form}" aiz nosaukuma dubultajās kvadrātiekavās [[…]]',
        "en": 'unknown form "{form}" after the name in double square brackets [[…]]',
    },
    "bad-link": {
        "lv": 'saite "{value}" nekur neved',
        "en": 'the link "{value}" leads nowhere',
    },
    "dead-file-link": {
        "lv": 'saite ved uz failu "{value}", kura nav',
        "en": 'the link leads to the file "{value}", which does not exist',
    },
    "hint.bad-link": {
        "lv": (
            "rakstiet [vārdi](facility:salmu-iela-53), blakus failu [vārdi](cita-zina.lv.md) vai pilnu adresi "
            "[vārdi](https://www.liepaja.lv/)"
        ),
        "en": (
            "write [words](facility:salmu-iela-53), a file beside this one [words](other-news.en.md) or a whole "
            "address [words](https://www.liepaja.lv/)"
        ),
    },
    "picture-not-media": {
        "lv": 'attēls "{value}" nav no mapes content/media',
        "en": 'the picture "{value}" is not from the folder content/media',
    },
    "hint.media": {
        "lv": "ielieciet attēlu mapē content/media un rakstiet ![kas attēlā redzams](media:nosaukums.jpg)",
        "en": "put the picture into content/media and write ![what the picture shows](media:name.jpg)",
    },
    "html-removed": {
        "lv": "{what} tekstā nav atļauts un lapā netiks parādīts",
        "en": "{what} is not allowed in texts and will not be on the page",
    },
    "hint.html-removed": {
        "lv": (
            "izdzēsiet to vai rakstiet ar parastajām zīmēm: **treknraksts**, [vārdi](https://www.liepaja.lv/), - "
            "saraksts"
        ),
        "en": "delete it, or use the usual marks: **bold**, [words](https://www.liepaja.lv/), - list",
    },
    "markdown-too-large": {
        "lv": "teksts ir pārāk garš",
        "en": "the text is too long",
    },
    "markdown-too-deep": {
        "lv": "rindas sākumā ir pārāk liela atkāpe vai saraksti ir ielikti cits citā pārāk dziļi",
        "en": "the line is indented too far, or lists stand too deep within lists",
    },
    "markdown-run": {
        "lv": "pēc kārtas atkārtojas pārāk daudz iekavu, zvaigznīšu vai citu zīmju",
        "en": "too many brackets, asterisks or other marks follow one another",
    },
    "markdown-private-character": {
        "lv": "tekstā ir zīme, kas nav burts (nereti tā gadās, kopējot no PDF vai Word)",
        "en": "the text has a character that is no letter (often it comes with a copy from a PDF or from Word)",
    },
    "hint.markdown-limits": {
        "lv": "izdzēsiet lieko un šo vietu ierakstiet no jauna; garu tekstu sadaliet vairākās lapās",
        "en": "delete what is too much and type this part anew; divide a long text into several pages",
    },
    # Templates and interface words
    "eu-picture/missing": {
        "lv": "trūkst attēla ar ES karogu un vārdiem “{words}”, kas vajadzīgs periodam {period}",
        "en": "the picture with the EU flag and the words “{words}”, which the period {period} requires, is missing",
    },
    "eu-picture/size": {
        "lv": "ES karoga attēla pirmajam elementam <svg> vajag width un height ar pikseļu skaitu",
        "en": "the first tag <svg> of the EU flag’s picture needs width and height as numbers of pixels",
    },
    "hint.eu-picture": {
        "lv": "atjaunojiet failu vai izveidojiet to: python tests/outline_words.py",
        "en": "put the file back, or make it: python tests/outline_words.py",
    },
    "missing-static": {
        "lv": "mapē static trūkst šī faila, kas vajadzīgs katrai lapai; atjaunojiet to",
        "en": "this file, which every page needs, is missing from the folder static; put it back",
    },
    "contrast/light": {
        "lv": "krāsas {foreground} kontrasts pret {ground} gaišajā shēmā ir {ratio}, bet vajag vismaz {needed}",
        "en": "the contrast of {foreground} on {ground} in the light scheme is {ratio} and must be at least {needed}",
    },
    "contrast/dark": {
        "lv": "krāsas {foreground} kontrasts pret {ground} tumšajā shēmā ir {ratio}, bet vajag vismaz {needed}",
        "en": "the contrast of {foreground} on {ground} in the dark scheme is {ratio} and must be at least {needed}",
    },
    "contrast/print": {
        "lv": "krāsas {foreground} kontrasts pret {ground} drukas shēmā ir {ratio}, bet vajag vismaz {needed}",
        "en": "the contrast of {foreground} on {ground} in the print scheme is {ratio} and must be at least {needed}",
    },
    "hint.contrast": {
        "lv": "padariet vienu krāsu tumšāku vai gaišāku: {foreground}, {ground}",
        "en": "make one of the colours darker or lighter: {foreground}, {ground}",
    },
    "contrast-token": {
        "lv": "krāsu pārī ir nosaukta krāsa {token}, kuras šajā failā nav",
        "en": "a pair of colours names {token}, which is not in this file",
    },
    "colour-form": {
        "lv": 'krāsas {token} vērtību "{value}" nevar izlasīt, tāpēc tās kontrastu nevar aprēķināt',
        "en": 'the colour {token} has the value "{value}", which cannot be read, so its contrast cannot be computed',
    },
    "hint.colour-form": {
        "lv": "rakstiet krāsu kā #rrggbb, piemēram, #00543c",
        "en": "write the colour as #rrggbb, for example #00543c",
    },
    "unknown-pictogram": {
        "lv": 'piktogrammas "{key}" nav failā static/pictograms.svg',
        "en": 'there is no pictogram "{key}" in static/pictograms.svg',
    },
    "unreadable-picture": {
        "lv": "šajā failā nav attēla, ko varētu nolasīt, tāpēc nav zināms, cik liels tas ir",
        "en": "there is no picture in this file that can be read, so its size is not known",
    },
    "hint.unreadable-picture": {
        "lv": "saglabājiet attēlu no jauna kā .jpg, .png, .webp vai .svg; SVG failam vajag width un height vai viewBox",
        "en": "save the picture again as .jpg, .png, .webp or .svg; an SVG file needs width and height, or a viewBox",
    },
    "missing-word": {
        "lv": 'trūkst vietnes vārda "{key}", kas ir šeit: {model}',
        "en": 'the site’s word "{key}" is missing, which is here: {model}',
    },
    "word-shape": {
        "lv": 'vietnes vārds "{key}" ir uzrakstīts citādi nekā pirmajā valodā (teksts, saraksts vai skaitļa formas)',
        "en": 'the site’s word "{key}" is written otherwise than in the first language (text, list or plural forms)',
    },
    "word-blanks": {
        "lv": 'vietnes vārdam "{key}" figūriekavās ir citi vārdi nekā pirmajā valodā; tie jāatstāj netulkoti',
        "en": (
            'the site’s word "{key}" has other words in curly brackets than in the first language; leave those '
            "untranslated"
        ),
    },
    "unknown-word-key": {
        "lv": 'nezināms vietnes vārds "{key}"',
        "en": 'unknown word of the site "{key}"',
    },
    "template-missing": {
        "lv": 'nav veidnes "{name}", kas vajadzīga lapai {page}',
        "en": 'there is no template "{name}", which the page {page} needs',
    },
    "template-word": {
        "lv": 'veidne lapai {page} prasa vietnes vārdu "{key}", kura nav',
        "en": 'the template asks, for the page {page}, for the site’s word "{key}", which does not exist',
    },
    "hint.word": {
        "lv": "ierakstiet to failā {file}",
        "en": "write it in {file}",
    },
    "template-forbidden/filter": {
        "lv": 'veidne lapai {page} lieto filtru "{name}", kas veidnēs nav atļauts',
        "en": 'the template for the page {page} uses the filter "{name}", which is not allowed in templates',
    },
    "template-forbidden/test": {
        "lv": 'veidne lapai {page} lieto pārbaudi "{name}", kas veidnēs nav atļauta',
        "en": 'the template for the page {page} uses the test "{name}", which is not allowed in templates',
    },
    "template-forbidden/attribute": {
        "lv": 'veidne lapai {page} lieto "{name}", bet veidnēs tas nav atļauts',
        "en": 'the template for the page {page} uses "{name}", which is not allowed in templates',
    },
    "template-error": {
        "lv": "veidnē ir kļūda, tāpēc nevar izveidot lapu {page}: {said}",
        "en": "the template has a mistake, so the page {page} cannot be made: {said}",
    },
    "dead-link": {
        "lv": "saite {link} ved uz lapu, kuras nav",
        "en": "the link {link} leads to a page that does not exist",
    },
    "dead-anchor": {
        "lv": "saite {link} ved uz vietu, kuras tajā lapā nav",
        "en": "the link {link} leads to a place that its page does not have",
    },
    # The output folder and the disk
    "output-refused/link": {
        "lv": "rezultātu mape ir saīsne, nevis īsta mape",
        "en": "the output folder is a link, not a real folder",
    },
    "output-refused/home": {
        "lv": "šeit rezultātus rakstīt nedrīkst: tā ir projekta vai lietotāja mape vai mape, kurā tās atrodas",
        "en": (
            "the site must not be written here: this is the project’s or the user’s own folder, or one that holds them"
        ),
    },
    "output-refused/source": {
        "lv": "šeit rezultātus rakstīt nedrīkst: te ir vietnes saturs vai programma",
        "en": "the site must not be written here: this is where its content or the program is",
    },
    "output-refused/file": {
        "lv": "šeit jau ir fails ar rezultātu mapes nosaukumu",
        "en": "there is a file with the name of the output folder",
    },
    "output-refused/foreign": {
        "lv": "mapē ir faili, ko nav veidojusi šī programma",
        "en": "the folder has files that this program did not make",
    },
    "output-refused/outside": {
        "lv": "šis fails nonāktu ārpus rezultātu mapes",
        "en": "this file would come to stand outside the output folder",
    },
    "hint.output": {
        "lv": "izvēlieties jaunu vai tukšu mapi, piemēram, --output public",
        "en": "choose a new or empty folder, for example --output public",
    },
    "hint.output-foreign": {
        "lv": "izvēlieties tukšu mapi, piemēram, --output public; savu mapi programma pazīst pēc faila {manifest}",
        "en": "choose an empty folder, for example --output public; the program knows its own by the file {manifest}",
    },
    "output-busy": {
        "lv": "šeit jau publicē cita programma: process {pid} datorā {host}, kopš {since}",
        "en": "another run is publishing here: process {pid} on {host}, since {since}",
    },
    "hint.output-busy": {
        "lv": "pagaidiet, līdz tā beidz, un mēģiniet vēlreiz; ja tā ir iestrēgusi, apturiet procesu {pid}",
        "en": "wait until it is done and try again; if it hangs, end process {pid}",
    },
    "publish-failed/old": {
        "lv": "neizdevās publicēt: {reason}. Lasītāji redz līdzšinējo vietni, tajā nekas nav mainīts",
        "en": "publishing failed: {reason}. Readers see the site as it was; nothing in it has changed",
    },
    "publish-failed/new": {
        "lv": "jaunā vietne jau ir publicēta, bet pēc tam radās kļūda: {reason}. Palaidiet komandu vēlreiz",
        "en": "the new site is published already, but afterwards something failed: {reason}. Run the command again",
    },
    "publish-failed/mixed": {
        "lv": "publicēšana apstājās pusceļā: {reason}. Lasītāji redz daļu jauno lapu; palaidiet komandu vēlreiz",
        "en": "publishing stopped halfway: {reason}. Readers see some of the new pages; run the command again",
    },
    "no-release/none": {
        "lv": "nav agrāka laidiena, pie kā atgriezties",
        "en": "there is no earlier release to go back to",
    },
    "no-release/number": {
        "lv": "laidiena {number} nav vai tas vairs netiek glabāts",
        "en": "there is no release {number}, or it is no longer kept",
    },
    "release-lost": {
        "lv": "laidienu {number} vairs nevar atjaunot: daļa tā failu ir zudusi",
        "en": "release {number} can no longer be brought back: some of its files are lost",
    },
    "hint.no-release": {
        "lv": "kādi laidieni tiek glabāti, parāda site-builder releases",
        "en": "site-builder releases shows which releases are kept",
    },
    "vanished-address": {
        "lv": "adrese {address} bija publicēta, bet tagad tajā nav ne lapas, ne pāradresācijas",
        "en": "the address {address} was published, but now has neither a page nor a redirect",
    },
    "hint.vanished-address": {
        "lv": (
            "lapas failā, kas nākusi tās vietā, ierakstiet aliases: [{address}]; ja lapas vairs nebūs, failā "
            "content/site.yaml sarakstā withdrawn pievienojiet: - {{address: {address}, reason: {{lv: …, en: …}}}}"
        ),
        "en": (
            "write aliases: [{address}] in the file of the page that took its place; if there is none, add to the list "
            "withdrawn in content/site.yaml: - {{address: {address}, reason: {{lv: …, en: …}}}}"
        ),
    },
    "slow-yaml": {
        "lv": "PyYAML ir uzstādīts bez libyaml: lasīšana būtu desmitiem reižu lēnāka un kļūdu vietas citas",
        "en": "PyYAML was installed without libyaml: reading would take tens of times as long and tell other places",
    },
    "hint.slow-yaml": {
        "lv": "uzstādiet gatavo PyYAML pakotni (wheel): pip install --only-binary pyyaml -r requirements.txt",
        "en": "install the ready-made package (wheel): pip install --only-binary pyyaml -r requirements.txt",
    },
    "disk": {
        "lv": "neizdevās lasīt vai rakstīt diskā: {reason}",
        "en": "the disk could not be read or written: {reason}",
    },
    "unheard": {
        "lv": "neizdevās izvadīt to, ko komanda ziņo: {reason}",
        "en": "what the command says could not be written out: {reason}",
    },
    "hint.unheard": {
        "lv": "paveiktais paliek spēkā; kas ir publicēts, rāda site-builder releases",
        "en": "what was done stays done; site-builder releases shows what is published",
    },
    # site-builder new
    "new-exists": {
        "lv": '"{path}" jau ir; nekas nav mainīts',
        "en": '"{path}" is there already; nothing was changed',
    },
    "hint.new-exists": {
        "lv": "izvēlieties citu virsrakstu vai labojiet esošo",
        "en": "choose another title, or edit what is there",
    },
    "new-title": {
        "lv": 'virsrakstā "{title}" nav burtu vai ciparu, no kuriem veidot adresi',
        "en": 'the title "{title}" has no letters or digits to make an address from',
    },
    "new-titles-missing": {
        "lv": "trūkst virsrakstu: vajag vienu katrai vietnes valodai",
        "en": "titles are missing: there must be one for each language of the site",
    },
    "hint.new-title": {
        "lv": (
            'rakstiet pa virsrakstam katrā valodā, piemēram, site-builder new news "Atvērts dienas centrs" "A day '
            'centre opens"'
        ),
        "en": (
            'write a title in each language, for example site-builder new news "Atvērts dienas centrs" "A day '
            'centre opens"'
        ),
    },
    # site-builder serve
    "serve.at": {
        "lv": "Priekšskatījums: {url}",
        "en": "Preview: {url}",
    },
    "serve.stop": {
        "lv": "Saglabājiet failu, un lapa pārlūkā atjaunosies; lai beigtu, spiediet Ctrl+C",
        "en": "Save a file and the page in the browser is renewed; to stop, press Ctrl+C",
    },
    "serve.rebuilt": {
        "lv": "Atjaunots: {seconds} s",
        "en": "Renewed: {seconds} s",
    },
    "serve.problems": {
        "lv": "Nav atjaunots, kļūdu skaits: {count}; pārlūkā paliek iepriekšējā versija",
        "en": "Not renewed, errors: {count}; the browser keeps the last good version",
    },
    "serve.banner-title": {
        "lv": "Šī ir iepriekšējā versija: saturā ir kļūdas",
        "en": "This is the last good version: the content has errors",
    },
    "serve.banner-text": {
        "lv": "Izlabojiet tālāk minēto un saglabājiet failu; lapa atjaunosies pati.",
        "en": "Correct what is listed below and save the file; the page renews itself.",
    },
    "serve.port-busy": {
        "lv": (
            "ports {port} ir aizņemts: varbūt priekšskatījums jau darbojas citā logā; citu portu norāda, "
            "piemēram, ar --port 8001"
        ),
        "en": (
            "the port {port} is in use: perhaps a preview already runs in another window; choose another, for "
            "example --port 8001"
        ),
    },
    "serve.not-loopback": {
        "lv": '"{host}" nav šī datora adrese, bet priekšskatījums ir tikai šim datoram',
        "en": '"{host}" is not an address of this computer, and the preview is for this computer only',
    },
    "hint.loopback": {
        "lv": "lietojiet --host 127.0.0.1 vai atstājiet --host pavisam",
        "en": "use --host 127.0.0.1, or leave --host out",
    },
    # The command line
    "cli.about": {
        "lv": "Veido projekta vietni no satura failiem, pārbauda to un rāda priekšskatījumu.",
        "en": "Makes the project’s site from its content files, checks it and shows a preview.",
    },
    "cli.verb": {
        "lv": "KOMANDA",
        "en": "COMMAND",
    },
    "cli.build": {
        "lv": "izveidot vietni mapē public",
        "en": "make the site in the folder public",
    },
    "cli.serve": {
        "lv": "rādīt priekšskatījumu, kas atjaunojas pēc katras saglabāšanas",
        "en": "show a preview that is renewed whenever a file is saved",
    },
    "cli.check": {
        "lv": "pārbaudīt saturu, neko nerakstot",
        "en": "check the content without writing anything",
    },
    "cli.releases": {
        "lv": "parādīt publicētos laidienus, pie kuriem var atgriezties",
        "en": "list the published releases that can be brought back",
    },
    "cli.rollback": {
        "lv": "atgriezties pie agrāka laidiena",
        "en": "bring back an earlier release",
    },
    "cli.output-released": {
        "lv": "mape, kurā vietne ir izveidota (citādi public)",
        "en": "the folder in which the site was made (otherwise public)",
    },
    "cli.json-releases": {
        "lv": "izvadīt sarakstu JSON formātā citām programmām",
        "en": "print the list as JSON for other programs",
    },
    "cli.number": {
        "lv": "NUMURS",
        "en": "NUMBER",
    },
    "cli.rollback-number": {
        "lv": "laidiena numurs; ja nav norādīts, laidiens pirms tā, ko lasītāji redz tagad",
        "en": "the number of the release; if left out, the one before what readers see now",
    },
    "cli.release": {
        "lv": "{number}. laidiens, {moment}: mainītas lapas – {pages}, faili – {files}",
        "en": "release {number}, {moment}: pages changed – {pages}, files – {files}",
    },
    "cli.release-restores": {
        "lv": "; atjaunots {number}. laidiens",
        "en": "; brought back release {number}",
    },
    "cli.release-live": {
        "lv": " ← to lasītāji redz tagad",
        "en": " ← what readers see now",
    },
    "cli.no-releases": {
        "lv": "Šajā mapē vēl nav publicēts neviens laidiens",
        "en": "No release has been published in this folder yet",
    },
    "cli.rolled-back": {
        "lv": "Lasītāji atkal redz {number}. laidienu ({moment}): {output}/ tagad ir {release}. laidiens",
        "en": "Readers see release {number} ({moment}) again: {output}/ is release {release} now",
    },
    "cli.rollback-nothing": {
        "lv": "{number}. laidienu lasītāji jau redz; nekas nav mainīts",
        "en": "Readers see release {number} already; nothing was changed",
    },
    "cli.in-place": {
        "lv": "Šajā diskā mapes nevar apmainīt vienā solī, tāpēc faili nomainīti pa vienam (docs/reliability.md)",
        "en": "On this disk two folders cannot change places, so files were replaced one by one (docs/reliability.md)",
    },
    "cli.new": {
        "lv": "sagatavot jaunu ziņu, lapu, vietu vai partneri visās valodās",
        "en": "prepare a new news item, page, facility or partner in all languages",
    },
    "cli.changes": {
        "lv": "parādīt faktu izmaiņas, ko zina Git un kuru vēl nav failā content/changes.yaml",
        "en": "tell the changes to facts that Git knows and content/changes.yaml does not yet have",
    },
    "cli.record": {
        "lv": "pierakstīt tās failā",
        "en": "write them into the file",
    },
    "changes.line": {
        "lv": "{day} {table}/{id}: {field} {old} → {new}",
        "en": "{day} {table}/{id}: {field} {old} → {new}",
    },
    "changes.words": {
        "lv": "{day} {table}/{id}: formulējums ({field})",
        "en": "{day} {table}/{id}: wording ({field})",
    },
    "changes.whole": {
        "lv": "{day} {table}/{id}: {change} ({old} → {new})",
        "en": "{day} {table}/{id}: {change} ({old} → {new})",
    },
    "changes.none": {
        "lv": "Pierakstā nekā netrūkst",
        "en": "The record lacks nothing",
    },
    "changes.recorded": {
        "lv": "Pierakstīts failā {path}",
        "en": "Recorded in {path}",
    },
    "cli.status": {
        "lv": "parādīt, kas ir melnraksts, ieplānots, beidzas vai jāpārskata un kad vietne mainīsies pati",
        "en": "tell what is draft, scheduled, expiring or to be reviewed, and when the site changes by itself",
    },
    "cli.status-date": {
        "lv": "stāvoklis šajā dienā (citādi šodien)",
        "en": "the state on this day (otherwise today)",
    },
    "cli.status-json": {
        "lv": "izvadīt stāvokli JSON formātā citām programmām",
        "en": "print the state as JSON for other programs",
    },
    "status.title": {
        "lv": "Vietnes saturs {day} ({zone})",
        "en": "The site’s content on {day} ({zone})",
    },
    "status.errors": {
        "lv": "Saturā ir kļūdas: kamēr tās nav izlabotas, nekas netiek publicēts. Kļūdainie faili te nav ieskaitīti.",
        "en": "There are errors: until they are corrected nothing is published. Files with errors are left out here.",
    },
    "status.next": {
        "lv": "Nākamā pārmaiņa bez labojumiem: {day} plkst. {time}",
        "en": "Next change without an edit: {day} at {time}",
    },
    "status.next-build": {
        "lv": "Lasītāji to redzēs, kad pēc tam vietne būs izveidota no jauna.",
        "en": "Readers see it once the site has been built after that.",
    },
    "status.try": {
        "lv": "Pārbaudīt jau tagad: site-builder check --date {day}",
        "en": "Check it now: site-builder check --date {day}",
    },
    "status.never": {
        "lv": "Bez labojumiem vietne nemainīsies.",
        "en": "Without an edit the site will not change.",
    },
    "status.later": {
        "lv": "Pēc tam līdz {day}",
        "en": "After that, until {day}",
    },
    "status.warnings": {
        "lv": "Mainās tikai brīdinājumi, lapas ne (līdz {day})",
        "en": "Only warnings change, no page (until {day})",
    },
    "status.appears": {
        "lv": "parādās",
        "en": "appears",
    },
    "status.goes": {
        "lv": "pazūd",
        "en": "goes",
    },
    "status.warning": {
        "lv": "sākas",
        "en": "begins",
    },
    "status.warning-ends": {
        "lv": "beidzas",
        "en": "ends",
    },
    "status.drafts": {
        "lv": "Melnraksti",
        "en": "Drafts",
    },
    "status.scheduled": {
        "lv": "Ieplānots: no kuras dienas parādās",
        "en": "Scheduled: the day it appears",
    },
    "status.expiring": {
        "lv": "Beidzas: no kuras dienas vairs nerāda",
        "en": "Expiring: the day it goes",
    },
    "status.expired": {
        "lv": "Beidzies, vietnē vairs nerāda",
        "en": "Expired, no longer on the site",
    },
    "status.untranslated": {
        "lv": "Nav visās valodās",
        "en": "Not in every language",
    },
    "status.behind": {
        "lv": "Tulkojums atpaliek: kad mainīts oriģināls",
        "en": "The translation is behind: the day the original was updated",
    },
    "status.stale": {
        "lv": "Jāpārskata: kopš kuras vai no kuras dienas",
        "en": "To be looked at again: since or from which day",
    },
    "status.nothing": {
        "lv": "Tukši saraksti: {names}",
        "en": "Empty lists: {names}",
    },
    "status.drafts-short": {
        "lv": "melnraksti",
        "en": "drafts",
    },
    "status.scheduled-short": {
        "lv": "ieplānotais",
        "en": "scheduled",
    },
    "status.expiring-short": {
        "lv": "kas beidzas",
        "en": "expiring",
    },
    "status.expired-short": {
        "lv": "kas beidzies",
        "en": "expired",
    },
    "status.untranslated-short": {
        "lv": "netulkotais",
        "en": "untranslated",
    },
    "status.behind-short": {
        "lv": "tulkojumi, kas atpaliek",
        "en": "translations behind",
    },
    "status.stale-short": {
        "lv": "kas jāpārskata",
        "en": "to be looked at again",
    },
    "cli.help": {
        "lv": "parādīt šo palīdzību",
        "en": "show this help",
    },
    "cli.version": {
        "lv": "parādīt programmas versiju",
        "en": "show the program’s version",
    },
    "cli.project": {
        "lv": "vietnes mape; ja nav norādīta, tā, kurā atrodaties",
        "en": "the site’s folder; if left out, the one you are in",
    },
    "cli.messages": {
        "lv": "ziņojumu valoda: lv vai en",
        "en": "the language of messages: lv or en",
    },
    "cli.output": {
        "lv": "mape, kurā izveidot vietni (citādi public)",
        "en": "the folder to make the site in (otherwise public)",
    },
    "cli.base-url": {
        "lv": "adrese, kurā vietni publicēs, piemēram, https://www.liepaja.lv/kurzeme-visiem/",
        "en": "the address where the site is published, for example https://www.liepaja.lv/kurzeme-visiem/",
    },
    "cli.date": {
        "lv": "veidot vietni, kāda tā ir šajā dienā (citādi šodien)",
        "en": "make the site as of this day (otherwise today)",
    },
    "cli.drafts": {
        "lv": "iekļaut arī melnrakstus un vēl nepublicēto",
        "en": "include drafts and what is not yet published",
    },
    "cli.clean": {
        "lv": "izveidot un ierakstīt visus failus no jauna, arī nemainītos",
        "en": "make and write every file anew, also those that did not change",
    },
    "cli.why": {
        "lv": "pateikt, kāpēc katrs fails izveidots no jauna; ar PATH – tikai par vienu failu vai lapas adresi",
        "en": "say why each file was made again; with PATH, of one file or page address only",
    },
    "why.new": {"lv": "jauns fails, agrāk tāda nebija", "en": "a new file: no earlier build made it"},
    "why.arguments": {
        "lv": "mainījies, kas lapā jāuzskaita vai kas stāv līdzās (piemēram, iepriekšējais jaunums)",
        "en": "what it lists, or what stands beside it, is different (such as the previous news item)",
    },
    "why.missing": {
        "lv": "faila nebija ne mapē, ne kešatmiņā",
        "en": "the file was neither in the output nor in the cache",
    },
    "why.file": {"lv": "{path}", "en": "{path}"},
    "why.body": {"lv": "{path} (teksts)", "en": "{path} (text)"},
    "why.places": {"lv": "{path} (rindas, uz kurām tas rakstīts)", "en": "{path} (the lines on which it stands)"},
    "why.fields": {"lv": "{path} (lauki)", "en": "{path} (fields)"},
    "why.list": {"lv": "{path} (saraksts)", "en": "{path} (the list)"},
    "why.day": {"lv": "cita diena", "en": "another day"},
    "why.formats": {"lv": "{path} (skaitļu un datumu pieraksts)", "en": "{path} (how numbers and dates are written)"},
    "why.names": {"lv": "nosaukumi, kas visās valodās vienādi", "en": "names that are the same in every language"},
    "why.citations": {"lv": "{path} (avotu īsie nosaukumi)", "en": "{path} (short names of sources)"},
    "why.nothing": {"lv": "Neviens fails nebija jāveido no jauna.", "en": "No file had to be made again."},
    "why.up-to-date": {
        "lv": "{path} nav veidots no jauna: nekas, no kā tas veidots, nav mainījies.",
        "en": "{path} was not made again: nothing that it is made from has changed.",
    },
    "why.unknown": {
        "lv": "vietnē nav faila vai lapas “{path}”",
        "en": "the site has no file or page “{path}”",
    },
    "cli.jobs": {
        "lv": "cik procesu drīkst izmantot (šai versijai pietiek ar vienu)",
        "en": "how many processes may be used (one is enough for this version)",
    },
    "cli.json": {
        "lv": "izvadīt problēmas JSON formātā citām programmām",
        "en": "print problems as JSON for other programs",
    },
    "cli.host": {
        "lv": "priekšskatījuma adrese šajā datorā (citādi 127.0.0.1)",
        "en": "the preview’s address on this computer (otherwise 127.0.0.1)",
    },
    "cli.port": {
        "lv": "priekšskatījuma ports (citādi 8000)",
        "en": "the preview’s port (otherwise 8000)",
    },
    "cli.strict": {
        "lv": "arī brīdinājumus uzskatīt par kļūdām",
        "en": "treat warnings as errors too",
    },
    "cli.kind": {
        "lv": "ko sagatavot: news (ziņu), page (lapu), facility (vietu) vai partner (partneri)",
        "en": "what to prepare: news, page, facility or partner",
    },
    "cli.title": {
        "lv": "VIRSRAKSTS",
        "en": "TITLE",
    },
    "cli.titles": {
        "lv": "virsraksti pēdiņās, pa vienam katrā valodā; ja nav norādīti, programma pajautās",
        "en": "titles in quotation marks, one for each language; if left out, you will be asked",
    },
    "cli.titles-missing": {
        "lv": (
            'trūkst virsrakstu; rakstiet, piemēram, site-builder new news "Atvērts dienas centrs" "A day centre opens"'
        ),
        "en": (
            'titles are missing; write, for example, site-builder new news "Atvērts dienas centrs" "A day centre opens"'
        ),
    },
    "cli.ask-title": {
        "lv": "Virsraksts ({language}): ",
        "en": "Title ({language}): ",
    },
    "cli.created": {
        "lv": "Izveidots: {path}",
        "en": "Created: {path}",
    },
    "cli.created-next": {
        "lv": (
            "Tālāk: aizpildiet failus un pārbaudiet ar site-builder check; ja failā ir rinda draft: true, kad "
            "teksts gatavs, izdzēsiet to"
        ),
        "en": (
            "Next: fill in the files and try site-builder check; where there is a line draft: true, delete it "
            "when the text is ready"
        ),
    },
    "cli.wrong-use": {
        "lv": "Komandu nevar saprast: {reason} (palīdzība: site-builder --help)",
        "en": "The command cannot be understood: {reason} (help: site-builder --help)",
    },
    "cli.counts": {
        "lv": "Kopā – kļūdas: {error}, brīdinājumi: {warning}, piezīmes: {notice}",
        "en": "In all – errors: {error}, warnings: {warning}, notices: {notice}",
    },
    "cli.more-problems": {
        "lv": "… un vēl {count}, kas te nav parādītas; visas redzamas ar --json",
        "en": "… and {count} more that are not shown; see all with --json",
    },
    "cli.not-published": {
        "lv": "Nekas nav publicēts: vispirms izlabojiet kļūdas; {output} paliek, kā bija",
        "en": "Nothing was published: correct the errors first; {output} stays as it was",
    },
    "cli.published": {
        "lv": "Gatavs: lapas ({pages}), {seconds} s → {output}/; faili – ierakstīti: {written}, dzēsti: {removed}",
        "en": "Done: pages ({pages}), {seconds} s → {output}/; files – written: {written}, removed: {removed}",
    },
    "cli.look": {
        "lv": "Lai apskatītu, palaidiet make serve un pārlūkā atveriet http://127.0.0.1:8000",
        "en": "To look at it, run make serve and open http://127.0.0.1:8000 in the browser",
    },
    "hint.over-budget": {
        "lv": "saīsiniet lapu vai sadaliet to; garus sarakstus un stilus maina izstrādātājs",
        "en": "shorten the page or split it; long lists and styles are the developer’s to change",
    },
    "budget.html": {
        "lv": "lapas HTML: {value} kB, robeža {limit} kB",
        "en": "HTML of the page: {value} kB, limit {limit} kB",
    },
    "budget.css": {
        "lv": "lapas stili (gzip): {value} kB, robeža {limit} kB",
        "en": "styles of the page (gzip): {value} kB, limit {limit} kB",
    },
    "budget.js": {
        "lv": "lapas skripti (gzip): {value} kB, robeža {limit} kB",
        "en": "scripts of the page (gzip): {value} kB, limit {limit} kB",
    },
    "budget.all": {
        "lv": "HTML, stili un skripti kopā (gzip): {value} kB, robeža {limit} kB",
        "en": "HTML, styles and scripts together (gzip): {value} kB, limit {limit} kB",
    },
    "budget.requests": {
        "lv": "lapas pieprasījumi bez attēliem: {value}, robeža {limit}",
        "en": "requests of the page without pictures: {value}, limit {limit}",
    },
    "budget.fonts": {
        "lv": "lapas tīmekļa fonti: {value}, robeža {limit}",
        "en": "web fonts of the page: {value}, limit {limit}",
    },
    "budget.unsized": {
        "lv": "lapas attēli bez platuma un augstuma: {value}, robeža {limit}",
        "en": "pictures of the page without width and height: {value}, limit {limit}",
    },
    "cli.budgets": {
        "lv": "Svars (smagākā lapa katrai robežai):",
        "en": "Weight (the heaviest page for each limit):",
    },
    "cli.checked": {
        "lv": "Kļūdu nav: lapas ({pages})",
        "en": "No errors: pages ({pages})",
    },
    "stage.render": {
        "lv": "Lapas",
        "en": "Pages",
    },
    "not-additive": {
        "lv": 'skaitļus nedrīkst saskaitīt: "{figure}"',
        "en": 'these figures must not be added up: "{figure}"',
    },
    "money-differs": {
        "lv": "summa nesakrīt: kopā norādīts {total}, bet daļas kopā ir {parts}",
        "en": "the sums differ: the total is {total}, but the parts add up to {parts}",
    },
    "cli.usage": {
        "lv": "lietošana: ",
        "en": "usage: ",
    },
    "cli.options": {
        "lv": "iespējas",
        "en": "options",
    },
    "cli.verbs": {
        "lv": "komandas",
        "en": "commands",
    },
    "usage.unknown": {
        "lv": "nezināms: {words}",
        "en": "unknown: {words}",
    },
    "usage.choice": {
        "lv": "{name}: “{value}” nav starp iespējām: {choices}",
        "en": "{name}: “{value}” is none of: {choices}",
    },
    "usage.value-missing": {
        "lv": "{name}: trūkst vērtības",
        "en": "{name}: a value is missing",
    },
    "usage.required": {
        "lv": "trūkst: {names}",
        "en": "missing: {names}",
    },
    "usage.value": {
        "lv": "{name}: vajadzīgs {wanted}",
        "en": "{name}: wanted is {wanted}",
    },
    "section-unpublished": {
        "lv": 'lapai "{key}" vietnē jābūt publicētai visās valodās',
        "en": 'the page "{key}" must be published in every language',
    },
    "hint.section-unpublished": {
        "lv": 'izdzēsiet rindu "draft: true" vai "only"; šo lapu izmanto izvēlne un citas lapas',
        "en": 'remove the line "draft: true" or "only"; the menu and other pages need this page',
    },
    "hint.own-anchor": {
        "lv": "pārbaudiet, vai virsraksta rindas beigās ir tāds pats {{#nosaukums}} kā saitē",
        "en": "check that a heading of this text ends with the same {{#name}} as the link",
    },
    "hash-in-text": {
        "lv": "teksts aiz zīmes # pazustu: YAML to uzskata par piezīmi",
        "en": "the text after # would be lost: YAML takes it for a comment",
    },
    "hint.hash-in-text": {
        "lv": 'ielieciet visu vērtību pēdiņās, piemēram, title: "Darbnīcas #1 atvērtas"',
        "en": 'put the whole value in quotation marks, for example title: "Workshops #1 open"',
    },
    "sensitive/picture": {
        "lv": "ziņā par cilvēku mājām nedrīkst būt attēlu",
        "en": "news about people’s homes must have no pictures",
    },
    "sample-text": {
        "lv": "šeit vēl ir parauga teikums “{text}”",
        "en": "the sample sentence “{text}” is still here",
    },
    "hint.sample-text": {
        "lv": "aizstājiet to ar savu tekstu vai izdzēsiet failu",
        "en": "replace it with your own text or delete the file",
    },
    "unusable-word": {
        "lv": 'vārda "{key}" trūkst, vai figūriekavās {{}} ir citi nosaukumi, nekā vajadzīgs',
        "en": 'the word "{key}" is missing, or its braces {{}} hold other names than needed',
    },
    "hint.missing-key": {
        "lv": "pievienojiet rindu, kas sākas ar {key}:",
        "en": "add a line that begins with {key}:",
    },
    "hint.empty-body": {
        "lv": "zem otrās rindas --- uzrakstiet tekstu",
        "en": "write the text below the second line ---",
    },
    "yaml-syntax/indent": {
        "lv": "rindas sākumā ir liekas atstarpes",
        "en": "there are extra spaces at the beginning of the line",
    },
    "hint.indent": {
        "lv": "lauka nosaukumam jāsākas rindas pašā sākumā",
        "en": "the name of a field begins at the very start of the line",
    },
    "yaml-syntax/bracket": {
        "lv": "nav aizvērta iekava [ vai {{, vai starp vērtībām trūkst komata",
        "en": "a bracket [ or {{ is not closed, or a comma is missing",
    },
    "hint.bracket": {
        "lv": "piemēram: tags: [children, families]",
        "en": "for example: tags: [children, families]",
    },
    "yaml-syntax/no-space": {
        "lv": "aiz kola trūkst atstarpes",
        "en": "a space is missing after the colon",
    },
    "hint.no-space": {
        "lv": "rakstiet, piemēram, category: services",
        "en": "write, for example, category: services",
    },
    "leftover-mark": {
        "lv": "“{mark}” nav pareizi uzrakstīts un lapā paliktu redzams",
        "en": "“{mark}” is not written correctly and would be seen on the page",
    },
    "hint.leftover-mark": {
        "lv": "pareizi ir [[fact:atslēga]], [vārdi](facility:atslēga), [^1] ar paskaidrojumu faila beigās vai "
        "## Virsraksts {{#vieta}}; zīmi, kam jāpaliek, rakstiet ar \\ priekšā",
        "en": "right are [[fact:key]], [words](facility:key), [^1] with its note at the end of the file or "
        "## Heading {{#place}}; put \\ before a mark that must stay",
    },
    "embed-in-plain": {
        "lv": "virsrakstos, kopsavilkumos un īsos laukos drīkst rakstīt tikai [[fact:…]], ne [[{kind}:…]]",
        "en": "in titles, summaries and short fields only [[fact:…]] may stand, not [[{kind}:…]]",
    },
    "hint.embed-in-plain": {
        "lv": "uzrakstiet nosaukumu vārdiem",
        "en": "write the name in words",
    },
    "section-is-word": {
        "lv": 'sadaļai "{key}" nav lapas, tāpēc izvēlnē to likt nevar',
        "en": 'the section "{key}" has no page, so it cannot be in a menu',
    },
    "section-circle": {
        "lv": 'sadaļa "{key}" ar parent nonāk pati pie sevis',
        "en": 'the section "{key}" leads to itself by parent',
    },
    "same-text": {
        "lv": "teksts ir tāds pats kā failā {twin}",
        "en": "the text is the same as in {twin}",
    },
    "hint.same-text": {
        "lv": "iztulkojiet to",
        "en": "translate it",
    },
    "id-twice": {
        "lv": 'lapā divām vietām ir viens nosaukums "{id}"',
        "en": 'two places of a page have the same name "{id}"',
    },
    "hint.id-twice": {
        "lv": "dodiet virsrakstam citu nosaukumu: ## Virsraksts {{#cits}}",
        "en": "give the heading another name: ## Heading {{#other}}",
    },
    "related-self": {
        "lv": 'ziņa laukā "related" nosauc pati sevi',
        "en": 'the item names itself in "related"',
    },
    "hint.folder-as-file": {
        "lv": "tā ir mape vai saite, bet šeit vajadzīgs fails",
        "en": "this is a folder or a link, and a file is needed here",
    },
    "slug-of-section": {
        "lv": 'lapas "{key}" adresi nosaka content/site.yaml, tāpēc "slug" te neko nemaina',
        "en": 'the address of the page "{key}" is set in content/site.yaml, so "slug" changes nothing here',
    },
    "hint.slug-of-section": {
        "lv": "izdzēsiet rindu slug:",
        "en": "delete the line slug:",
    },
    "operation-page": {
        "lv": 'lapai "{key}" jārāda viens projekts, bet to ir {count}',
        "en": 'the page "{key}" shows one operation, and there are {count}',
    },
    # Rules for texts
    "people-first": {
        "lv": "“{words}” cilvēka vietā nosauc viņa stāvokli",
        "en": "“{words}” names a condition instead of a person",
    },
    "typography": {
        "lv": "šajā valodā tā neraksta: “{mark}”",
        "en": "this is not how this language is typed: “{mark}”",
    },
    "hint.write-instead": {
        "lv": "rakstiet: {better}",
        "en": "write: {better}",
    },
    "poor-alt": {
        "lv": "apraksts “{words}” sākas ar to, ka tas ir attēls",
        "en": "the words “{words}” begin by saying that it is a picture",
    },
    "poor-alt/file-name": {
        "lv": "“{words}” ir faila nosaukums, nevis attēla apraksts",
        "en": "“{words}” is the name of a file and not what the picture shows",
    },
    "hint.poor-alt": {
        "lv": "rakstiet uzreiz, kas redzams: Dienas centra ieeja",
        "en": "write at once what is seen: The day centre’s entrance",
    },
    "link-words": {
        "lv": "saites vārdi “{words}” nepasaka, kurp tā ved",
        "en": "the link’s words “{words}” do not say where it leads",
    },
    "link-words/address": {
        "lv": "saites vārdi ir tikai adrese “{words}”",
        "en": "the link’s words are only the address “{words}”",
    },
    "hint.link-words": {
        "lv": "nosauciet to, ko lasītājs atradīs: [projekta rezultāti](page:results)",
        "en": "name what the reader will find: [the results of the project](page:results)",
    },
    "long-title": {
        "lv": "virsraksts ir par garu, rakstzīmju skaits: {count}",
        "en": "the heading is too long: {count} characters",
    },
    "hint.long-title": {
        "lv": "saīsiniet to līdz {limit} rakstzīmēm un pārējo sakiet kopsavilkumā; adresi, ko dod slug, nemainiet",
        "en": "shorten it to {limit} characters and say the rest in the summary; leave the slug as it is",
    },
    # The accessibility statement, reviews, easy language
    "statement/unreviewed": {
        "lv": "piekļūstamības paziņojumam nav pārskatīšanas dienas",
        "en": "the accessibility statement has no review date",
    },
    "hint.reviewed": {
        "lv": "latviešu faila galvā pievienojiet, piemēram, reviewed: 2026-11-22",
        "en": "add to the head of the Latvian file, for example, reviewed: 2026-11-22",
    },
    "statement/part": {
        "lv": 'piekļūstamības paziņojumam trūkst daļas "{part}"',
        "en": 'the accessibility statement lacks the part "{part}"',
    },
    "statement/empty": {
        "lv": 'piekļūstamības paziņojuma daļa "{part}" ir tukša',
        "en": 'the part "{part}" of the accessibility statement is empty',
    },
    "hint.statement-part": {
        "lv": "to prasa MK noteikumu Nr. 445 paraugs: rakstiet virsrakstu ## … {{#{part}}} un zem tā tekstu",
        "en": "the form in Cabinet Regulations No 445 asks for it: write a heading ## … {{#{part}}} and text below it",
    },
    "statement/order": {
        "lv": 'piekļūstamības paziņojuma daļa "{part}" nav savā vietā',
        "en": 'the part "{part}" of the accessibility statement is not in its place',
    },
    "hint.statement-order": {
        "lv": "pareizā secība ir {parts}",
        "en": "the right order is {parts}",
    },
    "statement/address": {
        "lv": "piekļūstamības paziņojums nenosauc vietnes adresi",
        "en": "the accessibility statement does not name the site’s address",
    },
    "hint.statement-address": {
        "lv": "nosauciet {host} vai, kamēr adreses vēl nav, rakstiet vārdus “{words}”",
        "en": "name {host} or, while there is no address yet, write the words “{words}”",
    },
    "statement/ombudsman": {
        "lv": 'piekļūstamības paziņojuma daļa "enforcement" nenosauc tiesībsargu',
        "en": 'the part "enforcement" of the accessibility statement does not name the Ombudsman',
    },
    "hint.statement-ombudsman": {
        "lv": "rakstiet, ka var vērsties pie tiesībsarga (programma meklē burtus “{name}”)",
        "en": "write that one may turn to the Ombudsman (the program looks for “{name}”)",
    },
    "review-due": {
        "lv": "lapa nav pārskatīta vairāk nekā gadu, dienu skaits: {days}",
        "en": "the page has not been reviewed for more than a year: {days} days",
    },
    "hint.review-due": {
        "lv": "izlasiet lapu, izlabojiet, kas novecojis, un laukā reviewed ierakstiet šodienu",
        "en": "read the page, put right what is out of date, and write today’s date as reviewed",
    },
    "hard-to-read/sentence": {
        "lv": "teikums vieglajai valodai ir par garu, vārdu skaits: {count}",
        "en": "the sentence is too long for easy language: {count} words",
    },
    "hint.long-sentence": {
        "lv": "sadaliet to: viena doma teikumā, ne vairāk kā {limit} vārdi",
        "en": "divide it: one idea per sentence, at most {limit} words",
    },
    "hard-to-read/heading": {
        "lv": "virsraksts vieglajai valodai ir par garu, vārdu skaits: {count}",
        "en": "the heading is too long for easy language: {count} words",
    },
    "hint.long-heading": {
        "lv": "virsrakstā ir ne vairāk kā {limit} vārdi",
        "en": "a heading has at most {limit} words",
    },
    "hard-to-read/abbreviation": {
        "lv": "saīsinājums “{words}” nav paskaidrots",
        "en": "the abbreviation “{words}” is not explained",
    },
    "hint.abbreviation": {
        "lv": "izrakstiet pilnos vārdos vai paskaidrojiet iekavās tūlīt aiz tā",
        "en": "write it in full, or explain it in brackets right after it",
    },
    # EU-funded projects
    "operation-money": {
        "lv": 'projektam nav ne "{key}", ne paskaidrojuma, kāpēc tā nav',
        "en": 'the project has neither "{key}" nor words that say why not',
    },
    "hint.operation-money": {
        "lv": "pievienojiet rindu {key}: ar skaitļa atslēgu vai laukā funding_note sakiet, kas avotos nav norādīts",
        "en": "add a line {key}: with the key of a figure, or say in funding_note what no source states",
    },
    "operation-old": {
        "lv": "projekts vēl notiek, bet ziņas par to nav atjaunotas pusgadu, dienu skaits: {days}",
        "en": "the project is still running, and its description has not been updated for half a year: {days} days",
    },
    "hint.operation-old": {
        "lv": "tās jāatjauno vismaz reizi pusgadā: pārbaudiet tekstu un mainiet last_updated",
        "en": "it has to be updated at least every half year: check the text and change last_updated",
    },
}
