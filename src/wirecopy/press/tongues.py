"""The press's words in other languages than English; see words.Words for what each one is for."""

from __future__ import annotations

from wirecopy.press.tongues_arabic import ARABIC
from wirecopy.press.words import ENGLISH, Words

GERMAN = Words(
    skip="Zum Inhalt",
    sections="Ressorts",
    home="Startseite",
    search="Suchen",
    search_label="Auf dieser Seite suchen",
    corrections="Korrekturen",
    about="Wie diese Seite entsteht",
    contact="Kontakt",
    masthead="Wer wir sind",
    ethics="Ethische Grundsätze",
    ownership="Eigentum und Finanzierung",
    feedback="Rückmeldung",
    privacy="Datenschutz",
    accessibility="Barrierefreiheit",
    feed="RSS-Feed",
    breadcrumb="Sie sind hier",
    edition="Letzte Änderung",
    credit_line="Agenturtexte gehören den jeweils genannten Agenturen.",
    by="Von {name}",
    photo="Foto: {credit}",
    picture_alt="Bild zur Meldung: {headline}",
    min_read="{n} Min. Lesezeit",
    last_updated="Zuletzt aktualisiert",
    first_published="Zuerst veröffentlicht",
    correction="Korrektur",
    corrected_tag="Korrigiert",
    also_read="Lesen Sie auch",
    more_from_section="Mehr aus diesem Ressort",
    topics="Themen",
    topic="Thema",
    next_story="Nächste Meldung",
    did_you_mean="Meinten Sie {name}?",
    since="Von",
    until="Bis",
    agency="Agentur",
    all_agencies="Alle Agenturen",
    coverage="Alle Berichte",
    timeline="Zeitverlauf",
    agencies="Agenturen",
    updates_so_far="Aktualisierungen bisher: {n}",
    show_words="Wort für Wort",
    what_changed="Was sich geändert hat",
    share="Teilen",
    share_mail="Per E-Mail senden",
    permalink="Link zu dieser Meldung",
    published="Veröffentlicht",
    updated="Aktualisiert von {who}",
    corrected="Korrigiert von {who}",
    reworked="Überschrift oder Bild geändert von {who}",
    withdrawn="Zurückgezogen von {who}",
    expired="Nach Ende der Lizenz entfernt",
    restored="Wieder veröffentlicht",
    notice_untouched=(
        "Automatisch aus dem Angebot von {agency} veröffentlicht; "
        "nicht von der Redaktion von {site} bearbeitet."
    ),
    notice_headline=(
        "Überschrift von der Redaktion von {site}; "
        "alles Übrige stammt aus dem Angebot von {agency}."
    ),
    notice_picture=(
        "Bild ausgewählt von der Redaktion von {site}; "
        "alles Übrige stammt aus dem Angebot von {agency}."
    ),
    notice_both=(
        "Überschrift und Bild von der Redaktion von {site}; "
        "alles Übrige stammt aus dem Angebot von {agency}."
    ),
    notice_updated="Aktualisiert von {agency}: {time}.",
    notice_corrected="Korrigiert von {agency}: {time}.",
    lead_story="Die wichtigsten Meldungen",
    latest="Neueste Meldungen",
    more_top="Mehr vom Tage",
    live="Live",
    breaking="Eilmeldung",
    developing="In Entwicklung",
    earlier_days="Frühere Tage",
    day_before="Der Tag davor",
    day_after="Der Tag danach",
    parts="Teile dieses Tages",
    part="Teil {n}",
    nothing_yet="Hier gibt es noch keine Meldungen.",
    corrections_intro=(
        "Korrekturen der Agenturen und Meldungen, die es hier nicht mehr gibt, die neuesten zuerst."
    ),
    corrections_none="Bisher wurde nichts korrigiert.",
    withdrawn_story="Eine Meldung von {agency} wurde zurückgezogen.",
    gone_title="Diese Meldung gibt es nicht mehr",
    gone_withdrawn="Die Meldung wurde zurückgezogen. Bitte verwenden Sie frühere Kopien nicht.",
    gone_expired="Unsere Lizenz für diese Meldung ist abgelaufen.",
    moved_title="Eine Meldung, eine Seite",
    moved_text="{agency} hat dieselbe Meldung gesandt wie {other}. Sie steht hier:",
    missing_title="Seite nicht gefunden",
    missing_text="Unter dieser Adresse gibt es keine Seite. Die Suche oder die Startseite hilft.",
    to_home="Zur Startseite",
    results="Treffer: {n}",
    no_results="Nichts gefunden. Vielleicht helfen weniger oder andere Wörter.",
    sort="Reihenfolge",
    newest="Neueste zuerst",
    relevance="Beste Treffer",
    all_sections="Alle Ressorts",
    page_before="Neuere Treffer",
    page_after="Weitere Treffer",
    about_intro=(
        "Die Meldungen dieser Seite kommen von Nachrichtenagenturen und werden automatisch "
        "veröffentlicht; die Redaktion darf Überschrift und Bild ändern, sonst nichts."
    ),
    about_agencies="Agenturen",
    about_treatment="Was das Programm mit einer Meldung tut",
    about_treatment_intro="Diese Schritte sind für jede Meldung gleich; weitere gibt es nicht.",
    treat_clean=(
        "Auszeichnungen werden auf Absätze, Überschriften, Listen, Zitate, Tabellen und Links "
        "zurückgeführt."
    ),
    treat_lines="Zeilen, die der Draht umbrochen hat, werden zu Absätzen verbunden.",
    treat_dateline="Die Ortsmarke wird aus dem Text genommen; der Ort steht neben der Agentur.",
    treat_sign_off="Das Kürzel am Ende wird aus dem Text genommen und steht darunter.",
    treat_markers="Kennzeichen für Aktualisierungen werden von der Überschrift genommen.",
    treat_byline=("Eine Zeile, die nur den Autor nennt, wird zur Autorenzeile."),
    treat_notes=(
        "Hinweise an Redaktionen werden herausgenommen; sie sind nicht für Leser bestimmt."
    ),
    treat_embargo=(
        "Eine Zeile, die sagt, ab wann eine Meldung frei ist, wird befolgt und aus dem Text "
        "genommen."
    ),
    treat_signs=(
        "Buchstaben und Akzente werden einheitlich geschrieben; leere Absätze und Folgen von "
        "Leerzeichen entfallen."
    ),
    treat_repeats=(
        "Ein erster Absatz, der Überschrift oder Vorspann wiederholt, und die Fußzeile eines "
        "Feeds entfallen."
    ),
    treat_media=("Bilder stehen neben dem Text; Abspielgeräte werden zu Links."),
    treat_missing=(
        "Fehlt Überschrift oder Vorspann, treten die ersten Worte des Berichts an die Stelle."
    ),
    about_notice="Was der Hinweis sagt",
    about_notice_intro=(
        "Jede Meldung endet mit einem dieser Sätze. Er wird aus dem Protokoll berechnet und kann "
        "nicht von Hand geschrieben werden."
    ),
    about_corrections="Korrekturen und Rückzüge",
    about_corrections_text=(
        "Eine Korrektur der Agentur steht über der Meldung und auf der Seite der Korrekturen. "
        "Zieht eine Agentur eine Meldung zurück, verschwindet ihr Text überall sofort."
    ),
)

HINDI = Words(
    skip="सीधे सामग्री पर जाएँ",
    sections="अनुभाग",
    home="मुखपृष्ठ",
    search="खोजें",
    search_label="इस साइट पर खोजें",
    corrections="भूल-सुधार",
    about="यह साइट कैसे बनती है",
    contact="संपर्क",
    masthead="हमारा परिचय",
    ethics="आचार संहिता",
    ownership="स्वामित्व और वित्त",
    feedback="प्रतिक्रिया",
    privacy="निजता",
    accessibility="सुगम्यता",
    feed="आरएसएस फ़ीड",
    breadcrumb="आप यहाँ हैं",
    edition="आख़िरी बदलाव",
    credit_line="एजेंसी की सामग्री उसके साथ नामित एजेंसी की है।",
    by="{name}",
    photo="फ़ोटो: {credit}",
    picture_alt="ख़बर की तस्वीर: {headline}",
    min_read="{n} मिनट में पढ़ें",
    last_updated="आख़िरी अपडेट",
    first_published="पहली बार प्रकाशित",
    correction="भूल-सुधार",
    corrected_tag="सुधारा गया",
    also_read="यह भी पढ़ें",
    more_from_section="इस अनुभाग से और",
    topics="विषय",
    topic="विषय",
    next_story="अगली ख़बर",
    did_you_mean="क्या आप {name} खोज रहे थे?",
    since="कब से",
    until="कब तक",
    agency="एजेंसी",
    all_agencies="सभी एजेंसियां",
    coverage="पूरी कवरेज",
    timeline="घटनाक्रम",
    agencies="एजेंसियां",
    updates_so_far="अब तक के अद्यतन: {n}",
    show_words="शब्दशः बदलाव",
    what_changed="क्या बदला",
    share="साझा करें",
    share_mail="ई-मेल से भेजें",
    permalink="इस ख़बर का लिंक",
    published="प्रकाशित",
    updated="{who} ने अपडेट किया",
    corrected="{who} ने सुधारा",
    reworked="{who} ने शीर्षक या तस्वीर बदली",
    withdrawn="{who} ने वापस लिया",
    expired="लाइसेंस समाप्त होने पर हटाया गया",
    restored="फिर से प्रकाशित",
    notice_untouched=(
        "{agency} की फ़ीड से अपने-आप प्रकाशित; {site} के कर्मचारियों ने इसे संपादित नहीं किया है।"
    ),
    notice_headline="शीर्षक {site} के कर्मचारियों का है; बाक़ी रिपोर्ट {agency} की फ़ीड से है।",
    notice_picture="तस्वीर {site} के कर्मचारियों ने चुनी है; बाक़ी रिपोर्ट {agency} की फ़ीड से है।",
    notice_both="शीर्षक और तस्वीर {site} के कर्मचारियों के हैं; बाक़ी रिपोर्ट {agency} की फ़ीड से है।",
    notice_updated="{agency} ने अपडेट किया: {time}।",
    notice_corrected="{agency} ने सुधारा: {time}।",
    lead_story="मुख्य ख़बरें",
    latest="ताज़ा ख़बरें",
    more_top="आज की और ख़बरें",
    live="लाइव",
    breaking="ताज़ा",
    developing="ख़बर बन रही है",
    earlier_days="पिछले दिन",
    day_before="एक दिन पहले",
    day_after="अगला दिन",
    parts="इस दिन के भाग",
    part="भाग {n}",
    nothing_yet="यहाँ अभी कोई ख़बर नहीं है।",
    corrections_intro="एजेंसियों के भेजे सुधार और वे ख़बरें जो अब यहाँ नहीं हैं, नई पहले।",
    corrections_none="अब तक कोई सुधार नहीं हुआ।",
    withdrawn_story="{agency} की एक रिपोर्ट वापस ली गई।",
    gone_title="यह ख़बर अब उपलब्ध नहीं है",
    gone_withdrawn="यह रिपोर्ट वापस ले ली गई है। कृपया इसकी पुरानी प्रतियों पर भरोसा न करें।",
    gone_expired="यह रिपोर्ट दिखाने का हमारा लाइसेंस समाप्त हो गया है।",
    moved_title="एक ख़बर, एक पृष्ठ",
    moved_text="{agency} ने वही रिपोर्ट भेजी है जो {other} ने। वह यहाँ है:",
    missing_title="पृष्ठ नहीं मिला",
    missing_text="इस पते पर कोई पृष्ठ नहीं है। खोज कर देखें, या मुखपृष्ठ से शुरू करें।",
    to_home="मुखपृष्ठ पर जाएँ",
    results="परिणाम: {n}",
    no_results="कुछ नहीं मिला। कम या दूसरे शब्द आज़माएँ।",
    sort="क्रम",
    newest="नई पहले",
    relevance="सबसे प्रासंगिक",
    all_sections="सभी अनुभाग",
    page_before="नए परिणाम",
    page_after="और परिणाम",
    about_intro=(
        "इस साइट की ख़बरें समाचार एजेंसियों से आती हैं और अपने-आप प्रकाशित होती हैं; "
        "कर्मचारी केवल शीर्षक और तस्वीर बदल सकते हैं, और कुछ नहीं।"
    ),
    about_agencies="एजेंसियाँ",
    about_treatment="प्रोग्राम रिपोर्ट के साथ क्या करता है",
    about_treatment_intro="ये क़दम हर रिपोर्ट के लिए समान हैं; इनके सिवा कुछ नहीं होता।",
    treat_clean="मार्कअप को पैराग्राफ़, शीर्षक, सूची, उद्धरण, तालिका और लिंक तक सीमित किया जाता है।",
    treat_lines="तार पर टूटी पंक्तियाँ जोड़कर पैराग्राफ़ बनाए जाते हैं।",
    treat_dateline="डेटलाइन पाठ से निकाली जाती है; स्थान एजेंसी के नाम के साथ दिखता है।",
    treat_sign_off="अंत के हस्ताक्षर पाठ से निकालकर उसके नीचे दिखाए जाते हैं।",
    treat_markers="शीर्षक से अपडेट के चिह्न हटाए जाते हैं।",
    treat_byline=("केवल लेखक का नाम बताने वाली पंक्ति बाइलाइन बनती है।"),
    treat_notes=("संपादकों के लिए लिखी टिप्पणियाँ हटाई जाती हैं; वे पाठकों के लिए नहीं हैं।"),
    treat_embargo=(
        "जो पंक्ति बताती है कि रिपोर्ट कब से छापी जा सकती है, उसका पालन होता है और वह पाठ से हटा दी जाती है।"
    ),
    treat_signs=("अक्षर एक मानक रूप में लिखे जाते हैं; ख़ाली पैराग्राफ़ और लगातार ख़ाली जगहें हटा दी जाती हैं।"),
    treat_repeats=("शीर्षक या सार दोहराने वाला पहला पैराग्राफ़ और फ़ीड का अपना फ़ुटर छोड़ दिए जाते हैं।"),
    treat_media=("चित्र पाठ से अलग दिखते हैं; प्लेयर लिंक बन जाते हैं।"),
    treat_missing=("जिस रिपोर्ट में शीर्षक या सार न हो, उसके पहले शब्द वहाँ रखे जाते हैं।"),
    about_notice="सूचना क्या कहती है",
    about_notice_intro=(
        "हर रिपोर्ट इनमें से एक वाक्य पर ख़त्म होती है। वह रिकॉर्ड से निकाला जाता है, लिखा नहीं जा सकता।"
    ),
    about_corrections="सुधार और वापसी",
    about_corrections_text=(
        "एजेंसी का सुधार रिपोर्ट के ऊपर और भूल-सुधार पृष्ठ पर दिखता है। "
        "एजेंसी रिपोर्ट वापस ले तो उसका पाठ तुरंत हर जगह से हटा दिया जाता है।"
    ),
)

FRENCH = Words(
    skip="Aller au contenu",
    sections="Rubriques",
    home="Accueil",
    search="Rechercher",
    search_label="Rechercher sur le site",
    corrections="Rectificatifs",
    about="Comment ce site est fait",
    masthead="Qui nous sommes",
    ethics="Charte déontologique",
    ownership="Propriété et financement",
    feedback="Réagir",
    privacy="Vie privée",
    accessibility="Accessibilité",
    feed="Flux RSS",
    breadcrumb="Vous êtes ici",
    edition="Dernier changement",
    credit_line="Les textes d’agence appartiennent aux agences citées.",
    by="Par {name}",
    photo="Photo : {credit}",
    picture_alt="Image de la dépêche : {headline}",
    min_read="{n} min de lecture",
    last_updated="Dernière mise à jour",
    first_published="Première publication",
    correction="Rectificatif",
    corrected_tag="Rectifié",
    also_read="À lire aussi",
    more_from_section="Dans la même rubrique",
    topics="Thèmes",
    topic="Thème",
    next_story="Article suivant",
    did_you_mean="Vouliez-vous dire {name} ?",
    since="Du",
    until="Au",
    agency="Agence",
    all_agencies="Toutes les agences",
    coverage="Toute la couverture",
    timeline="Chronologie",
    agencies="Agences",
    updates_so_far="Mises à jour : {n}",
    show_words="Mot à mot",
    what_changed="Ce qui a changé",
    share="Partager",
    share_mail="Envoyer par courriel",
    permalink="Lien vers cet article",
    published="Publié",
    updated="Mis à jour par {who}",
    corrected="Rectifié par {who}",
    reworked="Titre ou image modifiés par {who}",
    withdrawn="Retiré par {who}",
    expired="Retiré à la fin de la licence",
    restored="Publié de nouveau",
    notice_untouched=(
        "Publié automatiquement depuis le fil {agency} ; non modifié par la rédaction de {site}."
    ),
    notice_headline="Titre de la rédaction de {site} ; le reste provient du fil {agency}.",
    notice_picture="Image choisie par la rédaction de {site} ; le reste provient du fil {agency}.",
    notice_both="Titre et image de la rédaction de {site} ; le reste provient du fil {agency}.",
    notice_updated="Mis à jour par {agency} : {time}.",
    notice_corrected="Rectifié par {agency} : {time}.",
    lead_story="À la une",
    latest="Dernières dépêches",
    more_top="Aussi dans l’actualité",
    live="En direct",
    breaking="Urgent",
    developing="En cours",
    earlier_days="Jours précédents",
    day_before="La veille",
    day_after="Le lendemain",
    parts="Parties de ce jour",
    part="Partie {n}",
    nothing_yet="Il n’y a pas encore d’articles ici.",
    corrections_intro="Rectificatifs des agences et articles retirés, les plus récents d’abord.",
    corrections_none="Rien n’a été rectifié jusqu’ici.",
    withdrawn_story="Une dépêche de {agency} a été retirée.",
    gone_title="Cet article n’est plus disponible",
    gone_withdrawn="La dépêche a été retirée. Ne vous fiez pas aux copies antérieures.",
    gone_expired="Notre licence pour cette dépêche a pris fin.",
    moved_title="Une dépêche, une page",
    moved_text="{agency} a envoyé la même dépêche que {other}. Elle se trouve ici :",
    missing_title="Page introuvable",
    missing_text="Il n’y a pas de page à cette adresse. Essayez la recherche ou l’accueil.",
    to_home="Aller à l’accueil",
    results="Résultats : {n}",
    no_results="Rien n’a été trouvé. Essayez moins de mots, ou d’autres.",
    sort="Ordre",
    newest="Plus récents",
    relevance="Plus pertinents",
    all_sections="Toutes les rubriques",
    page_before="Résultats plus récents",
    page_after="Autres résultats",
    about_intro=(
        "Les articles de ce site viennent d’agences de presse et sont publiés automatiquement ; "
        "la rédaction peut changer le titre et l’image, rien d’autre."
    ),
    about_agencies="Agences",
    about_treatment="Ce que le programme fait d’une dépêche",
    about_treatment_intro="Ces étapes sont les mêmes pour toutes ; il n’y en a pas d’autres.",
    treat_clean="Il ne reste que paragraphes, titres, listes, citations, tableaux et liens.",
    treat_lines="Les lignes coupées par le fil sont réunies en paragraphes.",
    treat_dateline="La date et le lieu sont ôtés du texte ; le lieu figure près de l’agence.",
    treat_sign_off="La signature finale est ôtée du texte et figure en dessous.",
    treat_markers="Les marques de mise à jour sont ôtées du titre.",
    treat_byline=("Une ligne qui ne donne que l’auteur devient la signature."),
    treat_notes=("Les notes aux rédactions sont ôtées ; elles ne s’adressent pas aux lecteurs."),
    treat_embargo=(
        "Une ligne qui dit à partir de quand une dépêche peut paraître est respectée et ôtée du "
        "texte."
    ),
    treat_signs=(
        "Lettres et accents sont écrits sous une seule forme ; les paragraphes vides et les suites "
        "d’espaces sont omis."
    ),
    treat_repeats=(
        "Un premier paragraphe qui répète le titre ou le chapeau, et le pied d’un flux, sont omis."
    ),
    treat_media=("Les images sont à part du texte ; les lecteurs vidéo deviennent des liens."),
    treat_missing=(
        "À défaut de titre ou de chapeau, les premiers mots de la dépêche en tiennent lieu."
    ),
    about_notice="Ce que dit la mention",
    about_notice_intro=(
        "Chaque article se termine par une de ces phrases, calculée d’après le registre ; "
        "elle ne peut pas être saisie."
    ),
    about_corrections="Rectificatifs et retraits",
    about_corrections_text=(
        "Un rectificatif figure au-dessus de l’article et sur la page des rectificatifs. "
        "Une dépêche retirée par l’agence disparaît partout aussitôt."
    ),
)

SPANISH = Words(
    skip="Ir al contenido",
    sections="Secciones",
    home="Portada",
    search="Buscar",
    search_label="Buscar en el sitio",
    corrections="Correcciones",
    about="Cómo se hace este sitio",
    contact="Contacto",
    masthead="Quiénes somos",
    ethics="Código ético",
    ownership="Propiedad y financiación",
    feedback="Comentarios",
    privacy="Privacidad",
    accessibility="Accesibilidad",
    feed="Canal RSS",
    breadcrumb="Está aquí",
    edition="Último cambio",
    credit_line="Los textos de agencia pertenecen a las agencias citadas.",
    by="Por {name}",
    photo="Foto: {credit}",
    picture_alt="Imagen de la noticia: {headline}",
    min_read="{n} min de lectura",
    last_updated="Última actualización",
    first_published="Publicado por primera vez",
    correction="Corrección",
    corrected_tag="Corregido",
    also_read="Lea también",
    more_from_section="Más de esta sección",
    topics="Temas",
    topic="Tema",
    next_story="Siguiente noticia",
    did_you_mean="¿Quiso decir {name}?",
    since="Desde",
    until="Hasta",
    agency="Agencia",
    all_agencies="Todas las agencias",
    coverage="Toda la cobertura",
    timeline="Cronología",
    agencies="Agencias",
    updates_so_far="Actualizaciones: {n}",
    show_words="Palabra por palabra",
    what_changed="Qué ha cambiado",
    share="Compartir",
    share_mail="Enviar por correo",
    permalink="Enlace a esta noticia",
    published="Publicado",
    updated="Actualizado por {who}",
    corrected="Corregido por {who}",
    reworked="Titular o imagen cambiados por {who}",
    withdrawn="Retirado por {who}",
    expired="Retirado al terminar la licencia",
    restored="Publicado de nuevo",
    notice_untouched=(
        "Publicado automáticamente desde el servicio de {agency}; "
        "no editado por la redacción de {site}."
    ),
    notice_headline="Titular de la redacción de {site}; el resto procede de {agency}.",
    notice_picture="Imagen elegida por la redacción de {site}; el resto procede de {agency}.",
    notice_both="Titular e imagen de la redacción de {site}; el resto procede de {agency}.",
    notice_updated="Actualizado por {agency}: {time}.",
    notice_corrected="Corregido por {agency}: {time}.",
    lead_story="Lo más importante",
    latest="Últimas noticias",
    more_top="Más del día",
    live="En directo",
    breaking="Última hora",
    developing="En desarrollo",
    earlier_days="Días anteriores",
    day_before="El día anterior",
    day_after="El día siguiente",
    parts="Partes de este día",
    part="Parte {n}",
    nothing_yet="Aquí todavía no hay noticias.",
    corrections_intro="Correcciones de las agencias y noticias retiradas, primero las nuevas.",
    corrections_none="Hasta ahora no se ha corregido nada.",
    withdrawn_story="Se retiró una noticia de {agency}.",
    gone_title="Esta noticia ya no está disponible",
    gone_withdrawn="La noticia fue retirada. No confíe en copias anteriores.",
    gone_expired="Nuestra licencia para mostrar esta noticia ha terminado.",
    moved_title="Una noticia, una página",
    moved_text="{agency} envió la misma noticia que {other}. Está aquí:",
    missing_title="Página no encontrada",
    missing_text="No hay ninguna página en esta dirección. Pruebe la búsqueda o la portada.",
    to_home="Ir a la portada",
    results="Resultados: {n}",
    no_results="No se encontró nada. Pruebe con menos palabras o con otras.",
    sort="Orden",
    newest="Más recientes",
    relevance="Más relevantes",
    all_sections="Todas las secciones",
    page_before="Resultados más recientes",
    page_after="Más resultados",
    about_intro=(
        "Las noticias de este sitio vienen de agencias y se publican automáticamente; "
        "la redacción puede cambiar el titular y la imagen, nada más."
    ),
    about_agencies="Agencias",
    about_treatment="Qué hace el programa con una noticia",
    about_treatment_intro="Estos pasos son iguales para todas; no hay otros.",
    treat_clean="El marcado se reduce a párrafos, títulos, listas, citas, tablas y enlaces.",
    treat_lines="Las líneas cortadas por el servicio se unen en párrafos.",
    treat_dateline="La data se quita del texto; el lugar figura junto a la agencia.",
    treat_sign_off="La firma final se quita del texto y figura debajo.",
    treat_markers="Las marcas de actualización se quitan del titular.",
    treat_byline=("Una línea que solo nombra al autor pasa a ser la firma."),
    treat_notes=("Las notas a las redacciones se quitan; no son para los lectores."),
    treat_embargo=(
        "Una línea que dice desde cuándo puede usarse un despacho se respeta y se quita del texto."
    ),
    treat_signs=(
        "Letras y acentos se escriben de una sola forma; se omiten los párrafos vacíos y las "
        "series de espacios."
    ),
    treat_repeats=(
        "Se omiten un primer párrafo que repite el titular o la entradilla y el pie propio "
        "de un canal."
    ),
    treat_media=("Las imágenes van aparte del texto; los reproductores se convierten en enlaces."),
    treat_missing=(
        "Si falta titular o entradilla, ocupan su lugar las primeras palabras del despacho."
    ),
    about_notice="Qué dice la nota",
    about_notice_intro=(
        "Cada noticia termina con una de estas frases, calculada a partir del registro; "
        "no se puede escribir a mano."
    ),
    about_corrections="Correcciones y retiradas",
    about_corrections_text=(
        "Una corrección figura sobre la noticia y en la página de correcciones. "
        "Si una agencia retira una noticia, su texto desaparece de todas partes en el acto."
    ),
)

TONGUES = {
    "ar": ARABIC,
    "de": GERMAN,
    "en": ENGLISH,
    "es": SPANISH,
    "fr": FRENCH,
    "hi": HINDI,
}


def words_of(language: str) -> Words:
    """The words of a BCP 47 tag's language; English where the press does not speak it."""
    return TONGUES.get(language.replace("_", "-").lower().split("-")[0], ENGLISH)
