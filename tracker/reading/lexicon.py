"""What the field's words mean, in bokmål and nynorsk: a word, its beginning (`innspar*`) or its end (`*kontrakt`).

Must not know any figure, nor how a sentence is put together.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.reading.meanings import Meaning
from tracker.reading.phrases import PHRASES

_M = Meaning

_WORDS: dict[_M, str] = {
    _M.TOTAL_FRAME: (
        "totalramm* totalbudsjett* kostnadsramm* prosjektramm* prosjektbudsjett* investeringsramm* "
        "totalbevilgning* totalløyving* styringsramm* hovedramm* hovudramm* prosjektbevilgning* prosjektløyving* "
        "totalbudsjet*"
    ),
    _M.FRAME: (
        "ramme rammen ramma rammer rammene rammeløyving* budsjettramm* bevilgning* løyving* løyvinga budsjett "
        "budsjettet budsjetta budsjettets rammebevilgning* bevilget bevilga løyvd løyvt løyvde avsatt avsett "
        "avsette budsjettert budsjetterte budsjettmidl* budsjettmidd* budsjetterer budsjet budsjetet pott potten"
    ),
    _M.YEAR_FRAME: "årsbudsjett* årsramm* årsbevilgning* årsløyving* årsbudsjet*",
    _M.SPENT: (
        "påløpt påløpte påløpne påløper påkomne påkome påkomen påkommet forbruk* brukt brukte nytta nyttar medgått "
        "medgåtte investert utgiftsført utgiftsførte bokført bokførte oppløpt totalforbruk* benyttet bruker brukar "
        "brukes kostet kosta belastet belasta ført utbetalt utbetalte utgifter utgiftene utgiftane totalutgift* "
        "kostnadsført kostnadsførte kostnadsfører"
    ),
    _M.ACTUAL: (
        "regnskap regnskapet regnskapsført regnskapsføres rekneskap rekneskapen rekneskapet rekneskapsført "
        "regnskapstall* årsregnskap* årsrekneskap* rekneskapsførte årsforbruk* regnskapsførte"
    ),
    _M.OVERSPEND: (
        "merforbruk* meirforbruk* overforbruk* overskrid* overskre* underskudd* underskot* budsjettsprekk* "
        "budsjettoverskrid* budsjettoverskre* sprekk sprekker sprekke sprekka sprakk kostnadsoverskrid* "
        "kostnadssprekk* overskrede* merutgift* meirutgift* sprengt sprengd sprengde sprengte merforbuk* "
        "meirforbuk*"
    ),
    _M.UNDERSPEND: (
        "mindreforbruk* underforbruk* mindreutgift* innsparing* besparelse* besparing* ubrukt* ubenytt* unytta "
        "overskudd* overskot* uforbrukt* sparte spart spara innspart innspara mindreforbuk* mindreforbrukk*"
    ),
    _M.LEFT: (
        "restmid* restbudsjett* restbeløp* restramm* restbevilgning* restløyving* restsum* gjenstår gjenstående "
        "gjenståande attståande resterer resterende disponibelt disponible disponibel igjen resten restbevilg*"
    ),
    _M.DEVIATION: (
        "avvik avviket avviker avvika budsjettavvik* årsavvik* nettoavvik* periodiseringsavvik* rekneskapsavvik* "
        "regnskapsavvik* avvikssum*"
    ),
    _M.FORECAST: (
        "prognose* prognosa prognosert årsprognose* årsprognosa forbruksprognose* likviditetsprognose* "
        "prognostisert årsestimat*"
    ),
    _M.FINAL_FORECAST: (
        "sluttprognose* sluttprognosa sluttkostnad* totalprognose* totalprognosa sluttsum* totalkostnad* sluttkost "
        "totalkost prosjektkostnad* sluttbeløp*"
    ),
    _M.OTHER_MONEY: (
        "kontrakt* *kontrakt *kontrakten *kontrakta *kontraktar *kontrakter entreprise* *entreprise *entreprisen "
        "*entreprisa tilskudd* tilskot* *tilskudd *tilskot *tilskuddet *tilskotet spillemid* spelemid* refusjon* "
        "*refusjon dagmulkt* dagbot* krav kravet kravene krava tilleggskrav* sluttoppgjørskrav* tilbud* tilbod* "
        "pristilbud* anbud* anbod* pris prisen prisene prisane *pris *prisen *priser opsjon* mva moms* merverdi* "
        "salg salget salgs* sal salssum inntekt* *inntekt *inntekter *inntekten gave* leie* husleie* honorar* "
        "faktura* *faktura lån lånet startlån kjøpesum* erstatning* erstatting* forsikring* forlik* reserve* "
        "*reserve *reserven usikkerhetsavset* uvisseavset* buffer* egenandel* eigendel* gebyr* drift drifta "
        "driften driftsbudsjett* driftsregnskap* driftsrekneskap* driftsmid* årlig årleg årlige årlege "
        "tilleggsbestilling* endringsmelding* prisstigning* prisvekst* prisauke* indeks* kalkyle* kostnadskalkyle* "
        "estimat* kostnadsestimat* kostnadsoverslag* kostnadsanslag* overslag* anslag* fond fondet *fond *fondet "
        "bot merkostnad* meirkostnad* kostnadsøkning* kostnadsauke* *kostnad *kostnader *kostnadene *kostnaden "
        "*kostnadane *avgift *avgiften *andel verdi verdien takst* kjøpt kjøp solgt selt seld innkjøp* "
        "rammeavtale* avtale* avtalen støtte* stønad momskompensasjon* kompensasjon* stk fakturert fakturerte "
        "faktureres utestående uteståande oppgjør* *oppgjør *oppgjøret tildelt betalt innbetalt innbetalte mottatt "
        "motteke fått søkt garanti* inventar* utstyr* møbler solceller prosjektering* rådgiver* konsulent* "
        "kjøretøy maskin maskinen brannbil* tomtekjøp* grunnkjøp* varmepumpe* alternativ alternativet budet bud "
        "investeringstilskudd* forskudd* forskot* depositum bidrag* sponsor* driftsutgift* ekstraregning* "
        "faktureringen tilleggsbevilgning* tilleggsløyving* tilleggsramme* ekstrabevilgning* ekstraløyving* "
        "påslag* uforutsett* uføresett* øremerk*"
    ),
    _M.RATE: (
        "gjennomføringsgrad* forbruksgrad* fullføringsgrad* ferdigstillelsesgrad* ferdiggrad* budsjettandel* "
        "forbruksprosent*"
    ),
    _M.RAISED: (
        "økt økte økes øke auka aukast auke heva hevet utvidet utvida redusert redusera kuttet kutta nedjustert "
        "oppjustert justert satt fastsatt fastsett satte nedjustera oppjustera justerte tatt teke senket senka "
        "løfta løftet oppjusterte hevdes"
    ),
    _M.WITHIN: "innenfor innafor innanfor iht ihht hht innom",
    _M.PLAN: (
        "plan planen planane fremdrift fremdriften framdrift framdrifta framdriften fremdriftsplan* "
        "framdriftsplan* tidsplan* tidsskjema* milepælsplan* milepælplan* hovedplan hovedframdrift* "
        "hovedfremdrift* hovudframdrift* hovudplan framdriftsmessig fremdriftsmessig"
    ),
    _M.ON_SCHEDULE: "rute",
    _M.DELAY: (
        "forsink* forseink* utsatt utsatte utsett utsette utsettes utsettast utsettelse* utsetting* forskjøv* "
        "forskuv* skjøvet skuve skuva skubba skyves forskyves forskjøvet etterslep seinka forlenget forlenga "
        "forskuva glipp glipper forskyvast"
    ),
    _M.FINISH: (
        "ferdig ferdige ferdigstilt ferdigstilte fullført fullførte sluttført sluttførte overtatt overtatte "
        "overtok overteke overtekne overlevert overleverte åpnet åpna opna innflyttet innflytta ferdigbygd "
        "ferdigbygget ferdigbygde ferdigattest* driftssatt innviet innvia innvigd idriftsatt ferdigstelt "
        "ferdigstelte overteken byggeklart byggeklare byggjeklart"
    ),
    _M.FINISHING: (
        "ferdigstill* ferdigstel* fullføre fullføres fullførast fullføring fullføringa sluttføre sluttføres "
        "sluttførast sluttføring* overtas overta overtar overtek overtakelse* overtaking* overtagelse* overtakast "
        "overlever* overlevering* åpning* opning* åpner åpnes åpne opnar opnast opne innflytting* ibruktakelse* "
        "ibruktaking* ibrukteking* driftssettes driftssetting* idriftsettelse* sluttdato* ferdigdato* innvies "
        "innvielse* ferdigdagen ferdigfrist*"
    ),
    _M.CLOSE: "avsluttet avslutta avsluttes avsluttast avslutte avsluttende avslutning* avslutt* prosjektslutt",
    _M.STOP: (
        "skrinlagt skrinlegg* skrinlagde kansellert* kanseller* avlyst* stanset stansa stansast stoppet stoppa "
        "stogga terminert* nedlagt stans stopp stogg henlagt innstilt utgår vraket vraka parkert"
    ),
    _M.ACTIVE: "gjenopptatt",
    _M.REMAINS: "fortsetter fortset pågår gjenstår",
    _M.EVENT: (
        "byggestart* byggjestart* oppstart* start starter startar starte startes startet starta igangsett* "
        "igangset* kunngjør* kunngjort* utlys* lyses lysast konkurranse* *konkurranse *konkurransen kontraher* "
        "kontraktsinng* kontraktsignering* signer* vedtak* vedtas behandl* handsam* søknad* *søknad *søknaden "
        "regulering* reguler* detaljreguler* reguleringsplan* områderegulering* grunnerverv* spadetak* publiser* "
        "høring* høyring* ettårsbefaring* årsbefaring* befaring* prøvedrift* sluttoppgjør* garantiperiod* "
        "garantibefaring* rivestart rive rives riving* rivinga forprosjekt* skisseprosjekt* mulighetsstudie* "
        "moglegheitsstudie* konsept* kvu begynner byrjar påbegynn* sak saken saka rammetillatelse* "
        "igangsettingstillatelse* igangsetting* byggesøknad* byggjesøknad* leveranse* levere levert leveres "
        "leverast leverte levering* rapport rapporten sluttrapport* montering* monteres monterast montert "
        "møblering* innkjøring* testing* tilbudsfrist* anbudsfrist* legges leggast politisk kommunestyret "
        "formannskapet økonomiplan* planprogram* konkurransegrunnlag* anskaffelsen anskaffelse* innkjøpet tilsyn* "
        "reklamasjon* reklamasjonar overføres overførast flyttes utredning* utgreiing* kartlegg* undersøkels* "
        "undersøking* registreringer usikkerhetsanalyse* prosjekteringen prosjektering detaljprosjektering* "
        "bestilling* bestilles legging legginga peling piling"
    ),
    _M.PART: (
        "delprosjekt* underprosjekt* etappe* byggetrinn* byggjetrinn* byggjesteg* byggesteg* trinn trinnet steg "
        "steget fase fasen byggefase* delen deler delar deloverta* delleveranse* grunnarbeid* betongarbeid* "
        "råbygg* tak taket taktekking* takarbeid* fasade* vindu* vindauge* gymsal* gymnastikksal* uteområde* "
        "utomhus* uteareal* parkering* tilbygg* påbygg* paviljong* kjøkken* heis* ventilasjon* fløy* fløyen "
        "pumpestasjon* ledning* ledningen vannledning* vassleidning* avløpsledning* spillvann* overvann* veien "
        "vegen adkomst* tilkomst* brukarutstyr brukerutstyr lekeplass* leikeplass* basseng* garderobe* sprinkler* "
        "elektro* fiber* rivearbeid* spunt* graving* anleggsdel* entreprenøren entreprenør leverandør* seksjon* "
        "avdeling* tekniske teknisk strekning* delstrekning* strekk* gate* gata turvei* turveg* kunstgress* "
        "kunstgras* flomlys* rigg* pålegg* kulvert* bru broa brua lysmast* armatur* vaktbygg* sluttkontroll* "
        "kapell* grøft* grøfter minnelund* kart tegninger teikningar skanning* registrering* vognhall* øvings* "
        "sykehjemsplasser underetasje* etasje* pilot* prøveprosjekt* utstyr inventaret møbleringen garasje* lager* "
        "servicebygg* driftsbygg* mast master målere målarar anleggsarbeid* tennskap rør røyr brønn* kum kummer "
        "hall hallen tribune* scene* sal salen rom romma rommene klasserom* leilighet* leilegheit* bolig boligen "
        "boligene bustad bustaden bustadane hus huset plassar plasser"
    ),
    _M.WHOLE: (
        "prosjekt prosjekta prosjektet prosjektene prosjektets tiltaket bygget bygningen bygningene bygningane "
        "bygga byggene anlegget nybygget nybygg hovedprosjektet hovudprosjektet skolebygget skulebygget "
        "byggeprosjektet byggjeprosjektet byggverket investeringen investeringa investeringsprosjektet "
        "byggeprosessen ombyggingen ombygginga utvidelsen utvidinga utbedringen rehabiliteringen rehabiliteringa "
        "oppgraderingen oppgraderinga byggingen bygginga utbyggingen utbygginga ombygging arbeidet arbeidene "
        "arbeida byggearbeidene byggearbeida byggearbeidet byggjearbeida byggjearbeidet totalentreprisen "
        "anleggsarbeidet anleggsarbeidene anleggsarbeida helheten alt heile investeringer investeringene "
        "investeringane byggeplassen byggjeplassen anleggsplassen arbeid"
    ),
    _M.FUTURE: (
        "skal vil kommer kjem planlegg* planlagt planlagde planlagd forvent* ventes venta ventar venter ventast "
        "antas antatt antar antek antakeleg antakelig regner reknar regnes reknast anslås estimer* beregnet sikte "
        "sikter mål målet blir prognoserer tror trur trolig truleg sannsynlig sannsynleg rekna beregnes tenkt sikt "
        "vert bør anslått"
    ),
    _M.IS: "er står viser utgjør utgjer ligger ligg lyder",
    _M.WAS: "ble vart blei var vore blitt vorte vorten skulle endte enda kom fikk fekk",
    _M.HAS: "har hadde",
    _M.NOT: (
        "ikke ikkje ingen inga intet inkje aldri verken hverken neppe uten utan unngå unngår unngått unngås hindre "
        "hindrer uendret uendra foruten mangler heller knapt knapp unngåes"
    ),
    _M.DOUBT: (
        "kan kunne hvis viss såfremt risiko* risikoen fare faren usikker* uvisst uvisse uvissa mulig mulige "
        "muligens mulighet* mogleg* kanskje avheng* forutset* forutsatt føreset* føresett ville burde eventuelt "
        "eventuell eventuelle evt spørsmål tvist* worst scenario fryktes fryktar frykter usikkerhet unntatt "
        "inkluder* medregn* medrekna inkl eks ekskl eksklusive inklusive skriftlig påstått påstår hevder vurderes "
        "vurderast vurderer vurderar frykta fryktet"
    ),
    _M.PROPOSED: (
        "foreslå* foreslått foreslås føreslå* føreslått søke* søkes søker ber bes innstill* ønske* ønskjer anmod* "
        "tilrå* tilråd* forslag* framlegg* fremlegg* trenger treng behov anbefal* innmeld*"
    ),
    _M.EARLIER: (
        "opprinnelig opphavleg opphavlege opprinnelige opprinneleg tidligere tidlegare forrige førre gamle gammel "
        "historisk"
    ),
    _M.IN_ALL: "totalt total totale totalen samlet samla samlede tilsammen sammenlagt",
    _M.SO_FAR: "hittil foreløpig førebels akkumulert",
    _M.THIS_YEAR: "årets inneverande inneværende",
    _M.OTHER_YEAR: "fjorårets fjoråret",
    _M.INSTEAD: "framfor fremfor istedenfor istadenfor",
    _M.OTHERS: (
        "fylkeskommunen fylkeskommune staten statens nabokommunen husbanken kirken interkommunalt fylket "
        "vegvesenet fellesrådet idrettslaget utbygger utbyggeren utbyggjar byggherren"
    ),
    _M.PREPOSITION: (
        "på i av for til ved med om fra frå hos etter mellom under over mot ut inn opp ned som at når da då "
        "grunnet pga ifm gjennom rundt per pr uten utan siden sidan langs bak"
    ),
    _M.PRONOUN: (
        "det den de dei dette disse desse vi han hun dere man en ein et eit ei sitt sin sine hele heile alle begge "
        "noe noko noen nokon nokre annet anna andre som der her"
    ),
    _M.FILLER: (
        "nå no dermed derfor difor endelig endeleg nylig nyleg offisielt formelt fullt helt heilt delvis nesten "
        "snart først sist allerede allereie også òg likevel dessverre fortsatt framleis fremdeles hovedsak "
        "hovudsak mer meir mindre svært veldig godt bra litt tidlig tidleg raskt så da og eller men både enn kun "
        "bare berre cirka ca ny nye nytt nyt flere fleire mange mye mykje stor store stort liten lite små god gode "
        "planmessig praktisk teknisk økonomisk totalt hovedsakelig i januar februar mars april mai juni juli "
        "august september oktober november desember våren høsten hausten sommeren sumaren vinteren kvartal "
        "kvartalet tertial halvår årsskiftet året år uke veke måned månad uker dager selv sjølv dog imidlertid "
        "derimot mens medan kr kroner mill mnok tkr nok million millioner millionar prosent vår vårt sommar sommer "
        "høst haust rett gang godkjent vellykket komplett"
    ),
}


def _sorted_out() -> tuple[dict[str, _M], dict[str, _M], dict[str, _M]]:
    exact: dict[str, _M] = {}
    beginnings: dict[str, _M] = {}
    ends: dict[str, _M] = {}
    for meaning, words in _WORDS.items():
        for word in words.split():
            if word.endswith("*"):
                beginnings.setdefault(word[:-1], meaning)
            elif word.startswith("*"):
                ends.setdefault(word[1:], meaning)
            else:
                exact.setdefault(word, meaning)
    return exact, beginnings, ends


_EXACT, _BEGINNINGS, _ENDS = _sorted_out()
_MOST_WORDS = 200_000


class Vocabulary(dict[str, _M]):
    """The meaning of every word in small letters; a word that is not listed is worked out once."""

    def __missing__(self, word: str) -> _M:
        """Find the meaning of a word by the longest listed beginning or end."""
        meaning = next(_guesses(word), _M.NONE)
        if len(self) < _MOST_WORDS:
            self[word] = meaning
        return meaning


def _guesses(word: str) -> Iterator[_M]:
    if word in _EXACT:
        yield _EXACT[word]
    for length in range(len(word), 2, -1):
        if word[:length] in _BEGINNINGS:
            yield _BEGINNINGS[word[:length]]
        if length < len(word) and word[-length:] in _ENDS:
            yield _ENDS[word[-length:]]


VOCABULARY = Vocabulary()


class PhraseTree(dict[str, "PhraseTree"]):
    """The phrases that go on with each word, and what the words so far mean together, if anything."""

    __slots__ = ("meaning",)

    def __init__(self) -> None:
        super().__init__()
        self.meaning: _M | None = None


def _tree() -> PhraseTree:
    root = PhraseTree()
    for phrase, meaning in PHRASES.items():
        node = root
        for word in phrase:
            node = node.setdefault(word, PhraseTree())
        node.meaning = meaning
    return root


PHRASE_TREE = _tree()
