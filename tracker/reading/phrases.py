"""Phrases of several words that mean something together, in bokmål and nynorsk; `|` parts them.

Must not know any figure, nor how a sentence is put together.
"""

from __future__ import annotations

from tracker.reading.meanings import Meaning

_M = Meaning

_PHRASES: dict[_M, str] = {
    _M.FINISH: (
        "prosjektet er lukket|prosjektet er lukka|i boks|er i boks|stod ferdig|sto ferdig|stod klar|sto klar|"
        "stod klart|sto klart|tatt i bruk|teke i bruk|tekne i bruk|teken i bruk|tatt bygget i bruk|tok i bruk|"
        "tatt bygget i full bruk|flyttet inn|flytta inn|satt i drift|sett i drift|satt i ordinær drift|"
        "i ordinær drift|i full drift|er i mål|vel i hamn|kommet i mål|komne i mål|kome i mål|levert og godkjent|"
        "gjort ferdig|gjort ferdige|bygd ferdig|bygget ferdig|er i bruk|nå i bruk|no i bruk|full bruk|er i drift|"
        "er levert|er satt i drift"
    ),
    _M.FINISHING: (
        "kan tas i bruk|kan takast i bruk|kan ta i bruk|kan overtas|kan åpne|kan åpnes|kan opne|kan opnast|"
        "kan stå ferdig|kan stå klar|kan stå klart|kan være ferdig|tas i bruk|tar i bruk|ta i bruk|takast i bruk|"
        "tek i bruk|blir teken i bruk|bli tatt i bruk|bli teken i bruk|blir tatt i bruk|stå ferdig|står ferdig|"
        "stå ferdige|står ferdige|stå klar|står klar|stå klart|står klart|være klar|være klart|vere klar|"
        "vere klart|blir klar|bli klar|er klar til bruk|klar til bruk|klart til bruk|klare til bruk|"
        "klargjort for bruk|klar til innflytting|klart for innflytting|klar for innflytting|være ferdig|"
        "vere ferdig|være ferdige|vere ferdige|bli ferdig|blir ferdig|blir ferdige|bli ferdige|vert ferdig|"
        "blir ferdigstilt|bli ferdigstilt|være ferdigstilt|vere ferdigstilt|blir ferdigstilte|blir fullført|"
        "bli fullført|blir overtatt|bli overtatt|blir overteke|bli overteke|blir overlevert|bli overlevert|"
        "blir åpnet|blir opna|bli åpnet|ta imot elever|ta imot elevar|ta imot barn|ta imot dei|ta imot de|"
        "flytte inn|flytter inn|flyttar inn|i mål|est ferdig|estimert ferdig|forventet ferdig|forventa ferdig|"
        "planlagt ferdig|ventet ferdig|venta ferdig|sette i drift|settes i drift|setjast i drift|"
        "tentativ ferdigstillelse|full drift fra|alt er klart|alt er klar|alt klart|stående ferdig|ståande ferdig|"
        "snart ferdig|snart ferdige|snart ferdigstilt|snart sluttført|snart sluttførte|klar til å overtas|"
        "klart til å overtas|klar til overtakelse|klar for overtakelse|klart for overtakelse|klar til overtaking|"
        "klar for overtaking"
    ),
    _M.SO_FAR: (
        "så langt|til nå|til no|per dato|pr dato|per i dag|pr i dag|siden oppstart|sidan oppstart|siden starten|"
        "sidan starten|siden start|sidan start|siden oppstarten|i løpet av prosjektet|sidan oppstarten|"
        "sidan byrjinga|siden begynnelsen|fra start|frå start|siden prosjektstart|sidan prosjektstart|"
        "siden prosjektet startet|sidan prosjektet starta|siden vi startet|sidan vi starta"
    ),
    _M.IN_ALL: (
        "til sammen|til saman|i alt|alt i alt|hele prosjektet|heile prosjektet|ved prosjektslutt|"
        "på prosjektet totalt|sett under ett|under eitt"
    ),
    _M.THIS_YEAR: (
        "i år|hittil i år|så langt i år|til nå i år|til no i år|dette året|inneværende år|inneverande år|"
        "året som gikk|året som gjekk|gjennom året|i året|året sett under ett|for året|hele året|heile året|"
        "rapporteringsåret|ved årets slutt|ved utgangen av året|i løpet av året|når året er omme|ved nyttår|"
        "ved årsslutt|ved årets utgang|innen nyttår|innan nyttår|når året er slutt|før året er omme|"
        "før året er slutt|før nyttår"
    ),
    _M.OTHER_YEAR: (
        "neste år|neste års|i fjor|året før|fjorårets budsjett|til neste år|nest år|kommende år|komande år|"
        "tidligere år|tidlegare år|forrige år|førre år|årene før|åra før|foregående år"
    ),
    _M.YEAR_FRAME: (
        "årets budsjett|årets budsjettramme|årets budsjettmidler|årets ramme|årets bevilgning|årets løyving|"
        "årets rammer|årets tildelte midler|årets midler|årets tildeling|revidert budsjett|revidert årsbudsjett|"
        "justert budsjett|regulert budsjett|reviderte budsjett|rev bud|rev budsjett|rev årsbudsjett|"
        "budsjettet for året|budsjett for året|budsjett i år|budsjettet i år|løyvinga for året|løyvinga i år|"
        "bevilgningen i år|bevilgningen for året|ramma i år|ramma for året|rammen i år|rammen for året|"
        "årets investeringsbudsjett|årets budsjetterte|årets pott|årets kvote"
    ),
    _M.TOTAL_FRAME: (
        "total ramme|totale ramme|totale rammen|totale ramma|samlet ramme|samlede ramme|samlede rammen|samla ramme|"
        "samla ramma|samla budsjett|samla budsjettet|samlet budsjett|samlede budsjett|samlede budsjettet|"
        "totalt budsjett|totale budsjett|totale budsjettet|total kostnadsramme|vedtatt totalt|vedteke totalt|"
        "vedtatt kostnadsramme|vedtatt ramme|vedteken ramme|vedtatte ramme|total investeringsramme|"
        "prosjektets ramme|prosjektets totale ramme|prosjektet si ramme|ramma for prosjektet|rammen for prosjektet|"
        "prosjektets budsjett|budsjettet for prosjektet|samlet bevilgning|samla løyving|total bevilgning|"
        "samlet bevilget|total ramma|heile løyvinga|hele bevilgningen|heile ramma|hele rammen|hele budsjettet|"
        "heile budsjettet"
    ),
    _M.FRAME: (
        "økonomisk ramme|økonomiske ramme|økonomiske rammen|satt av|sett av|avsatte midler|tildelte midler|"
        "budsjetterte midler|løyvde midlar|bevilgede midler|bevilgete midler|gitte rammer|gitt ramme|"
        "stilt til rådighet|til disposisjon|til rådighet|til rådvelde|å forholde oss til|å halde oss til|"
        "å rutte med|å rutta med|sette av"
    ),
    _M.SPENT: (
        "gått ut|gått til|gjekk til|gått med|gjekk med|gikk med|gjekk det med|gikk det med|har det gått med|"
        "har gått|medgått hittil|utgiftene i|utgiftene kom|utgiftene er|utgiftene var|kostnadene er|kostnadene i|"
        "kostnadene kom|kostnadane kom|kostnadane er|kostnadane i|utgiftene på|kostnader på|utgifter på|brukt opp|"
        "kostnader for|betalt ut|betalte ut|samla lagt ned|samlet lagt ned"
    ),
    _M.FORECAST: (
        "venter å bruke i år|forventes det|prognose ved årets slutt|prognosen for året|venta forbruk|"
        "ventet forbruk|forventet forbruk|forventa forbruk|forventet årsforbruk|forventet regnskap|anslått forbruk|"
        "estimert forbruk|ventet årsforbruk|venta årsforbruk|ligger an til å bruke|regner med å bruke|"
        "reknar med å bruke|forventer å bruke|ventar å bruke|venter å bruke|kommer til å bruke|kjem til å bruke|"
        "vil bruke|skal bruke|planlegger å bruke|vil bli brukt|bruke opp|vil ende på|vil ende|kome ut på|"
        "komme ut på|koma ut på|ende opp på|enda på|ende på|lande på|lander på|landar på|komme opp i|koma opp i|"
        "komen opp i|kommet opp i|koma på|komme på|kome på|å ha brukt|trur på|tror på|året ender|året endar|"
        "året landar|året lander|ender trolig på|endar truleg på|ender på|endar på|ligg an til å ende på|"
        "ligger an til å ende på"
    ),
    _M.FINAL_FORECAST: (
        "vil koste|kommer til å koste|kjem til å koste|vil til slutt koste|til slutt vil koste|vil totalt koste|"
        "endelig kostnad|endelege kostnaden|endelige kostnaden|endeleg kostnad|endelig sluttsum|total kostnad|"
        "totale kostnaden|totale kostnader|samlet kostnad|samla kostnad|samlede kostnader|forventet sluttkostnad|"
        "kostnad ved prosjektslutt|sluttkostnaden|forventet totalkostnad|ferdig bygd koster|prosjektkostnaden|"
        "endelig prosjektkostnad|venta sluttkostnad|endelig prosjektkost|endelige prislappen|endelig prislapp|"
        "endelege prislappen|prislappen blir|prislappen vert|å koste|anslås å koste|ventes å koste|venta å koste|"
        "er venta å koste|antas å koste"
    ),
    _M.UNDERSPEND: (
        "under det som|under budsjett|under budsjettet|under ramma|under rammen|under totalrammen|under totalramma|"
        "under årsbudsjettet|mindre enn budsjettert|mindre enn budsjett|mindre enn årets budsjett|"
        "mindre enn budsjettet|lavere enn budsjettert|lavere enn budsjett|lavere enn budsjettet|"
        "lågare enn budsjettert|lågare enn budsjett|lågare enn budsjettet|brukt mindre|brukt for lite|"
        "brukt mindre enn|billigere enn|billegare enn|rimelegare enn|rimeligere enn|ubrukte midler|ubrukte middel|"
        "ikke brukt opp|ikkje brukt opp|ikkje nytta fullt ut|ikke benyttet fullt ut|ikke brukt fullt ut|"
        "ikkje brukt fullt ut|mindre enn forutsatt|mindre enn føresett|i pluss|i overskudd|unytta midlar|"
        "unytta middel|mindre enn vi hadde|under det vi|levere att|levere tilbake|levert tilbake|levert att|"
        "gi tilbake"
    ),
    _M.LEFT: (
        "til overs|til gode|står igjen|står att|sto igjen|stod att|er igjen|er att|igjen av|att av|til rest|"
        "ståande att|stående igjen|blei att|vart att|ble igjen|blir att|som er att|ikke alle midlene|"
        "ikkje alle midlane|ikkje alle midla|blir til overs|vert til overs|står det att|står det igjen|"
        "sto det igjen|stod det att|blir det igjen|blir det att|er det att|er det igjen"
    ),
    _M.OVERSPEND: (
        "over det som|utover det som|ut over det som|over budsjett|over budsjettet|over budsjettramma|"
        "over budsjettrammen|over rammen|over ramma|over totalrammen|over totalramma|over årsbudsjettet|"
        "over årets budsjett|over årsrammen|over årsramma|utover budsjett|utover budsjettet|utover rammen|"
        "utover ramma|ut over ramma|ut over rammen|ut over budsjettet|ut over årets budsjett|utover årets budsjett|"
        "mer enn budsjettert|mer enn budsjett|mer enn budsjettet|mer enn årets budsjett|meir enn budsjettert|"
        "meir enn budsjett|meir enn budsjettet|meir enn årets budsjett|høyere enn budsjettert|høyere enn budsjett|"
        "høyere enn budsjettet|høgare enn budsjettert|høgare enn budsjett|høgare enn budsjettet|"
        "dyrere enn budsjettert|dyrare enn budsjettert|mer enn bevilget|meir enn løyvd|mer enn rammen|"
        "meir enn ramma|sprengt budsjettet|sprengt rammen|sprengt ramma|i minus|for mykje brukt|brukt for mye|"
        "brukt for mykje|mer enn det som var budsjettert|meir enn det som var budsjettert|"
        "mer enn vi hadde budsjettert|høyere enn rammen|høgare enn ramma|over det vi|utover det vi|ut over det vi|"
        "meir enn vi hadde|mer enn vi hadde"
    ),
    _M.WITHIN: (
        "i henhold til|i hht|i tråd med|i samsvar med|i overensstemmelse med|i følge|holder budsjettet|"
        "holder rammen|holder budsjett|holdt budsjettet|holdt rammen|held ramma|held budsjettet|heldt budsjettet|"
        "heldt ramma|innanfor ramma|i balanse med|uten overskridelse|uten overskridelser|utan overskridingar|"
        "utan overskriding|uten budsjettoverskridelse|holde seg til|i balanse|på budsjett|ikke overskrider|"
        "ikkje overskrid|ikke overskredet|ikkje overskride|nøyaktig på|ikke høyere enn|ikkje høgare enn|"
        "ikke mer enn|ikkje meir enn|følger budsjettet|følgjer budsjettet"
    ),
    _M.ON_SCHEDULE: (
        "i rute|i henhold til fremdrift|i henhold til framdrift|i henhold til framdriftsplan|"
        "i henhold til fremdriftsplan|i henhold til fremdriftsplanen|i henhold til framdriftsplanen|"
        "i henhold til tidsplan|i henhold til plan|i henhold til planen|i henhold til tidsplanen|i tråd med plan|"
        "i tråd med planen|i tråd med fremdriftsplanen|i tråd med framdriftsplanen|i tråd med tidsplanen|"
        "i samsvar med planen|i samsvar med tidsplanen|i samsvar med framdriftsplanen|etter planen|etter plan|"
        "som planlagt|som planlagd|som forutsatt|som føresett|på skjema|à jour|i takt med planen|følger planen|"
        "følgjer planen|følger plan|følgjer plan|følger oppsatt plan|følger fremdriftsplanen|"
        "følger framdriftsplanen|følgjer framdriftsplanen|følger tidsplanen|følgjer tidsplanen|"
        "følger hovedfremdriftsplanen|holder tidsplanen|holder fremdriftsplanen|holder framdriftsplanen|"
        "held tidsplanen|held framdriftsplanen|holder tidsskjemaet|held tidsskjemaet|holder fremdriften|"
        "holder framdriften|framdriftsplanen held|fremdriftsplanen holder|framdriftsplanen holder|tidsplanen held|"
        "tidsplanen holder|tidsplanen ligg fast|tidsplanen ligger fast|fremdriftsplanen ligger fast|"
        "framdriftsplanen ligg fast|planen ligger fast|planen ligg fast|tidsplanen står fast|"
        "ingen endringer i fremdrift|ingen endringer i framdrift|ingen endringar i framdrift|"
        "ingen endring i fremdrift|ingen endring i framdrift|ingen endringar i framdrifta|"
        "ingen endringer i fremdriften|uendret fremdrift|uendret framdrift|uendra framdrift|uendret fremdriftsplan|"
        "uendra framdriftsplan|tidsplan er uendret|tidsplanen er uendret|tidsplanen er uendra|"
        "fremdriftsplanen er uendret|framdriftsplanen er uendra|ferdigdatoen er uendret|ferdigdatoen er uendra|"
        "ferdigdato er uendret|ferdigstillelse er uendret|ferdigstilling er uendra|til avtalt tid|til avtala tid|"
        "til planlagt tid|til planlagd tid|innen avtalt tid|til rett tid|til fastsatt tid|ikke endret fremdrift|"
        "uten forsinkelser|uten forsinkelse|utan forseinkingar|utan forseinking|ingen forsinkelser|"
        "ingen forsinkelse|inga forseinking|ingen forseinkingar|ikke forsinket|ikkje forseinka|ikkje forsinka|"
        "ikke forsinka|i rett tid|i rute med|framdrift som planlagt|fremdrift som planlagt|god rute|like god rute|"
        "iht plan|iht fremdrift|iht framdrift|iht fremdriftsplan|iht framdriftsplan|iht tidsplan|ihht plan|"
        "ihht framdrift|ihht fremdrift|etter oppsatt plan|etter oppsett plan|etter fastsatt plan|etter avtalt plan|"
        "i henhold til oppsatt plan|som avtalt|tidsplanen står ved lag|planen står ved lag|"
        "fremdriftsplanen står ved lag|framdriftsplanen står ved lag|fristen står ved lag|datoen står ved lag|"
        "ferdigdatoen står ved lag|tidsplanen står"
    ),
    _M.DELAY: (
        "år etter planen|år etter plan|måneder etter planen|måneder etter plan|månader etter planen|"
        "månader etter plan|kvartal etter planen|kvartaler etter planen|uker etter planen|veker etter planen|"
        "halvår etter planen|på etterskudd|på etterskot|etter skjema|bak skjema|bak planen|bak plan|ligger etter|"
        "ligg etter|etter planen med|senere enn planlagt|senere enn opprinnelig|senere enn forutsatt|"
        "senere enn meldt|senere enn tidligere|senere enn antatt|senere enn rapportert|seinare enn planlagt|"
        "seinare enn planlagd|seinare enn opphavleg|seinare enn meldt|seinare enn føresett|seinare enn tidlegare|"
        "lengre tid enn|lenger tid enn|lengre tid enn planlagt|skjøvet ut|skuva ut|skjøvet på|skuve ut|skyves til|"
        "skuvast til|flyttes ut i tid|flytta ut i tid|flyttet ut i tid|blitt skjøvet|vorte skuva|blitt skuva|"
        "utsettes til|ut i tid|seinare ferdig|senere ferdig|sprekk tidsplanen|sprakk tidsplanen|tidsplanen sprakk|"
        "tidsplanen sprekk|tidsplanen sprekker|tidsplanen ryker|tidsplanen rauk|framdriftsplanen sprakk|"
        "fremdriftsplanen sprakk|tidsplanen holder ikke|tidsplanen held ikkje|fremdriftsplanen holder ikke|"
        "framdriftsplanen held ikkje|bak det vi|bak det som|etter det vi meldte|etter det vi melde"
    ),
    _M.STOP: (
        "satt på vent|sett på vent|sette på vent|på vent|på hold|lagt på is|på is|i bero|stilt i bero|lagt bort|"
        "lagt ned|lagt dødt|tatt ut av økonomiplanen|teke ut av økonomiplanen|tatt ut av handlingsprogrammet|"
        "lagt til side|lagde på is|står stille|stått stille|står i ro|ligger i bero|ligg i ro|ligger brakk|"
        "satt på pause|sett på pause|lagt i skuffen|stilt i ro|ikkje lenger aktuelt|ikke lenger aktuelt|"
        "trukket tilbake|satt på hold|midlertidig stans|mellombels stans|i skuffen|i skuffa|ligger i skuffen|"
        "ligg i skuffa|ikkje noko av|ikke noe av|gått bort fra|gått bort frå|gjekk bort frå|gjekk vekk frå|"
        "gikk bort fra|gått vekk fra|gått vekk frå"
    ),
    _M.ACTIVE: (
        "full maskin|for full maskin|under full utbygging|full utbygging|i full utbygging|for full fart|full fart|"
        "går for fullt|går på skift|toskift|i full gang|full gang|i full sving|full aktivitet|for fullt|"
        "under bygging|under oppføring|under full oppføring|med full styrke|høyt tempo|høgt tempo|stor aktivitet|"
        "høy aktivitet|høg aktivitet|i god gang|i godt driv|mann i sving|godt i gang|godt igang"
    ),
    _M.REMAINS: (
        "under arbeid|under opparbeidelse|under opparbeiding|under utførelse|under utføring|under ferdigstillelse|"
        "gjenstår å|står igjen å|står att å|fortsatt under|framleis under|ikke ferdig|ikkje ferdig|"
        "ikke ferdigstilt|ikkje ferdigstilt|ikke fullført|ikkje fullført|ikke åpnet|ikkje opna|ikke tatt i bruk|"
        "ikkje teke i bruk|ikkje teken i bruk|gjenstår fortsatt|skal framleis|skal fortsatt|skal fremdeles|"
        "omtrent halvvegs|halvvegs i|halvveis i|midt i arbeidet|omtrent halvveis|om lag halvveis|om lag halvvegs|"
        "ikke klar til|ikkje klar til|ikke klart til|ikkje klart til|ikke klar for|ikkje klar for"
    ),
    _M.INSTEAD: "i stedet for|i staden for|i stedet|framfor at|i staden",
    _M.PROPOSED: (
        "fremmes sak|fremme sak|fremjast sak|fremje sak|fremmet sak|lagt fram sak|legges fram sak|det søkes|"
        "vil bli søkt|behov for|trong for|bedt om|be om|ber om|legges fram|fremmet forslag|lagt fram forslag"
    ),
    _M.DOUBT: (
        "ingen tegn til|ingen teikn til|dersom|med mindre|så sant|såframt|kan hende|det er mulig|står i fare|"
        "i fare for|fare for|risiko for|redde for|redd for|frykt for|uro for|redsel for"
    ),
    _M.FILLER: (
        "om lag|i hovedsak|i all hovedsak|i hovudsak|i all hovudsak|i løpet av|i underkant av|i overkant av|i gang|"
        "kan det med glede|kan det konstateres|kan konstateres|kan melde|kan rapportere|kan meddele|kan meldes|"
        "kan nevnes|kan forklares|kan forklarast|kan nemnast|vurderer at|kan nå|kan no|rom for|gir rom|"
        "holdes igjen|holder igjen|holdt igjen|heldt att|held att|holde igjen|en gang|ein gong|per nå|pr nå|"
        "for øvrig|av dem|av dei"
    ),
    _M.PREPOSITION: (
        "på grunn av|som følge av|som følgje av|i forbindelse med|i samband med|på bakgrunn av|i tillegg til"
    ),
    _M.OTHERS: "eige budsjett|eget budsjett|egne budsjett|eigne midlar|egne midler",
    _M.EARLIER: (
        "i utgangspunktet|fra starten|den gang|da prosjektet|opprinnelig plan|før justeringen|før endringen|"
        "før økningen|fyrste ramma|første rammen|første ramme|fyrste ramme|første budsjettet|fyrste budsjettet|"
        "var da|var den gongen|var den gang|var opprinnelig|var opphavleg|var på det tidspunktet"
    ),
}

PHRASES: dict[tuple[str, ...], _M] = {
    tuple(phrase.split()): meaning for meaning, phrases in _PHRASES.items() for phrase in phrases.split("|")
}
