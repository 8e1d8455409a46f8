import type { Sentences } from '../words/say.ts'

/** Sentences of the lines of a plan. */
export const planWords = {
  documentCalls: {
    en: '{kind}: {people} people, {percent} % of them in a call: {calls} calls',
    sv: '{kind}: {people} personer, {percent} % av dem i samtal: {calls} samtal',
    fr: '{kind} : {people} personnes, dont {percent} % en communication : {calls} appels',
  },
  users: {
    en: '{use}: {people} people',
    sv: '{use}: {people} personer',
    fr: '{use} : {people} personnes',
  },
  sessions: {
    en: '{use}: {people} agents',
    sv: '{use}: {people} agenter',
    fr: '{use} : {people} agents',
  },
  documentSum: {
    en: 'The minimum that the document computes is {mbps} Mbit/s each way.',
    sv: 'Det minsta som dokumentet räknar fram är {mbps} Mbit/s åt vardera hållet.',
    fr: 'Le minimum que calcule le document est de {mbps} Mbit/s dans chaque sens.',
  },
  documentNone: {
    en: 'The document gives no bandwidth for the connection of this site.',
    sv: 'Dokumentet anger ingen bandbredd för platsens anslutning.',
    fr: 'Le document ne donne aucun débit pour la liaison de ce site.',
  },
  oneCall: {
    en: 'One call with {codec}, {ms} ms a packet: {ip} kbit/s as IP, {ethernet} as Ethernet frames, {wire} on the cable.',
    sv: 'Ett samtal med {codec}, {ms} ms per paket: {ip} kbit/s som IP, {ethernet} som Ethernetramar, {wire} på kabeln.',
    fr: 'Un appel en {codec}, {ms} ms par paquet : {ip} kbit/s en IP, {ethernet} en trames Ethernet, {wire} sur le câble.',
  },
  honestCalls: {
    en: '{kind}: {people} people, {percent} % of them in a call: {calls} calls, counted as {layer}',
    sv: '{kind}: {people} personer, {percent} % av dem i samtal: {calls} samtal, räknade som {layer}',
    fr: '{kind} : {people} personnes, dont {percent} % en communication : {calls} appels, comptés en {layer}',
  },
  honestAgents: {
    en: 'Agents ({kind}): all {people} that are logged on may be in a call, counted as {layer}',
    sv: 'Agenter ({kind}): alla {people} inloggade kan vara i samtal, räknade som {layer}',
    fr: 'Agents ({kind}) : les {people} connectés peuvent tous être en communication, comptés en {layer}',
  },
  control: {
    en: 'Control packets of the calls (RTCP): at most {percent} %',
    sv: 'Samtalens kontrollpaket (RTCP): högst {percent} %',
    fr: 'Paquets de contrôle des appels (RTCP) : {percent} % au plus',
  },
  signalling: {
    en: 'Signalling, presence and keep-alive: {people} people',
    sv: 'Signalering, närvaro och livstecken: {people} personer',
    fr: 'Signalisation, présence et maintien des connexions : {people} personnes',
  },
  events: {
    en: '{use}: {kilobytes} kB once for each of {people} people within {minutes} minutes',
    sv: '{use}: {kilobytes} kB en gång för var och en av {people} personer inom {minutes} minuter',
    fr: '{use} : {kilobytes} ko une fois pour chacune des {people} personnes en {minutes} minutes',
  },
  reserve: {
    en: 'Reserve for bursts: {percent} %',
    sv: 'Reserv för toppar: {percent} %',
    fr: 'Réserve pour les pointes : {percent} %',
  },
  honestSum: {
    en: 'With everybody’s calls ({calls} at once), signalling and a reserve it is {mbps} Mbit/s each way, counted as {layer}.',
    sv: 'Med allas samtal ({calls} samtidigt), signalering och en reserv blir det {mbps} Mbit/s åt vardera hållet, räknat som {layer}.',
    fr: 'Avec les appels de tous ({calls} à la fois), la signalisation et une réserve, il faut {mbps} Mbit/s dans chaque sens, comptés en {layer}.',
  },
  internalCallsNotCounted: {
    en: 'Calls between people of the site are not counted. Where the service carries their voice too, each counts twice.',
    sv: 'Samtal mellan personer på platsen räknas inte. Om tjänsten även bär deras tal räknas vart och ett dubbelt.',
    fr: 'Les appels entre personnes du site ne sont pas comptés. Si le service transporte aussi leur voix, chacun compte double.',
  },
  mobilesNotCounted: {
    en: '{people} mobiles are not counted: they speak over the mobile network.',
    sv: '{people} mobiler räknas inte: de talar över mobilnätet.',
    fr: '{people} mobiles ne sont pas comptés : ils parlent par le réseau mobile.',
  },
  ctiNotCounted: {
    en: '{people} people who steer a telephone are not counted: count their telephones.',
    sv: '{people} personer som styr en telefon räknas inte: räkna deras telefoner.',
    fr: '{people} personnes qui pilotent un poste ne sont pas comptées : comptez leurs postes.',
  },
  connectionCarries: {
    en: 'The connection of {mbps} Mbit/s carries it: {percent} % of it are used.',
    sv: 'Anslutningen på {mbps} Mbit/s räcker: {percent} % av den används.',
    fr: 'La liaison de {mbps} Mbit/s suffit : {percent} % en sont utilisés.',
  },
  connectionTight: {
    en: 'The connection of {mbps} Mbit/s is tight: telephony alone uses {percent} % of it. Give voice precedence, or order more.',
    sv: 'Anslutningen på {mbps} Mbit/s är knapp: telefonin använder ensam {percent} % av den. Ge talet förtur, eller beställ mer.',
    fr: 'La liaison de {mbps} Mbit/s est juste : la téléphonie seule en utilise {percent} %. Donnez priorité à la voix, ou commandez plus.',
  },
  connectionTooSmall: {
    en: 'The connection of {mbps} Mbit/s is too small: {percent} % of it would be used. Order more, or let fewer calls pass.',
    sv: 'Anslutningen på {mbps} Mbit/s är för liten: {percent} % av den skulle användas. Beställ mer, eller släpp igenom färre samtal.',
    fr: 'La liaison de {mbps} Mbit/s est trop petite : {percent} % en seraient utilisés. Commandez plus, ou laissez passer moins d’appels.',
  },
  connectionUnknown: {
    en: 'The profile does not say how fast the connection is (voice.connectionMbps), so nobody can say whether it carries this.',
    sv: 'Profilen säger inte hur snabb anslutningen är (voice.connectionMbps), så det går inte att säga om den räcker.',
    fr: 'Le profil ne dit pas le débit de la liaison (voice.connectionMbps) ; on ne peut donc pas dire si elle suffit.',
  },
  offered: {
    en: '{calls} calls an hour of {seconds} s are {erlangs} erlangs.',
    sv: '{calls} samtal i timmen på {seconds} s är {erlangs} erlang.',
    fr: '{calls} appels par heure de {seconds} s font {erlangs} erlangs.',
  },
  linesNeeded: {
    en: '{lines} lines: {blocked} % of the calls find all of them busy, at most {percent} % are wanted (Erlang B).',
    sv: '{lines} linjer: {blocked} % av samtalen möter upptaget överallt, högst {percent} % önskas (Erlang B).',
    fr: '{lines} lignes : {blocked} % des appels les trouvent toutes occupées, {percent} % au plus sont voulus (Erlang B).',
  },
  linesTooMany: {
    en: 'More than 100,000 lines: check the number of calls and how much may be blocked.',
    sv: 'Fler än 100 000 linjer: kontrollera antalet samtal och hur mycket som får spärras.',
    fr: 'Plus de 100 000 lignes : vérifiez le nombre d’appels et le taux de blocage admis.',
  },
  linesAboveShare: {
    en: 'By traffic {lines} lines are needed, but the bandwidth counts {calls} calls at once. Raise shareInCall if both are meant.',
    sv: 'Trafiken kräver {lines} linjer, men bandbredden räknar {calls} samtidiga samtal. Höj shareInCall om båda gäller.',
    fr: 'Le trafic demande {lines} lignes, mais le débit compte {calls} appels à la fois. Augmentez shareInCall si les deux sont voulus.',
  },
  linesUnknown: {
    en: 'Without calls in the busiest hour and their length (traffic) the number of lines is not computed.',
    sv: 'Utan antal samtal under den mest belastade timmen och deras längd (traffic) räknas antalet linjer inte ut.',
    fr: 'Sans le nombre d’appels de l’heure la plus chargée et leur durée (traffic), le nombre de lignes n’est pas calculé.',
  },
  agentsUnknown: {
    en: 'Without calls to the agents in the busiest hour and their length (traffic) the number of agents is not checked.',
    sv: 'Utan antal samtal till agenterna under den mest belastade timmen och deras längd (traffic) kontrolleras inte antalet agenter.',
    fr: 'Sans le nombre d’appels aux agents à l’heure la plus chargée et leur durée (traffic), le nombre d’agents n’est pas vérifié.',
  },
  agentsNeeded: {
    en: '{agents} agents answer {percent} % of the calls within {seconds} s (Erlang C).',
    sv: '{agents} agenter svarar på {percent} % av samtalen inom {seconds} s (Erlang C).',
    fr: '{agents} agents répondent à {percent} % des appels en {seconds} s (Erlang C).',
  },
  agentsTooMany: {
    en: 'More than 100,000 agents: check the number of calls and the wanted service level.',
    sv: 'Fler än 100 000 agenter: kontrollera antalet samtal och den önskade servicenivån.',
    fr: 'Plus de 100 000 agents : vérifiez le nombre d’appels et le niveau de service voulu.',
  },
  loggedOnEnough: {
    en: 'The {agents} agents of the profile answer {level} % within {seconds} s: enough.',
    sv: 'Profilens {agents} agenter svarar på {level} % inom {seconds} s: det räcker.',
    fr: 'Les {agents} agents du profil répondent à {level} % en {seconds} s : cela suffit.',
  },
  loggedOnTooFew: {
    en: 'The {agents} agents of the profile answer only {level} % within {seconds} s; {percent} % are wanted.',
    sv: 'Profilens {agents} agenter svarar bara på {level} % inom {seconds} s; {percent} % önskas.',
    fr: 'Les {agents} agents du profil ne répondent qu’à {level} % en {seconds} s ; {percent} % sont voulus.',
  },
  nobodyGivesUp: {
    en: 'Erlang C assumes that nobody hangs up while waiting; real queues are therefore a little shorter than this says.',
    sv: 'Erlang C antar att ingen lägger på medan den väntar; verkliga köer är därför något kortare än så här.',
    fr: 'Erlang C suppose que personne ne raccroche en attendant ; les files réelles sont donc un peu plus courtes.',
  },
  ratio: {
    en: '{what}: one for each {count} {of}, for {number}: {value}',
    sv: '{what}: en per {count} {of}, för {number}: {value}',
    fr: '{what} : un pour {count} {of}, pour {number} : {value}',
  },
  ratioUnknown: {
    en: '{what}: one for each {count} {of}; the profile does not say how many there are.',
    sv: '{what}: en per {count} {of}; profilen säger inte hur många de är.',
    fr: '{what} : un pour {count} {of} ; le profil ne dit pas combien il y en a.',
  },
  limitRead: {
    en: '{limit}: {number}',
    sv: '{limit}: {number}',
    fr: '{limit} : {number}',
  },
  limitUnknown: {
    en: '{what}: the profile does not tell "{limit}"; it is not looked at.',
    sv: '{what}: profilen anger inte "{limit}"; det tas inte med.',
    fr: '{what} : le profil n’indique pas « {limit} » ; ce critère n’est pas pris en compte.',
  },
  rowFound: {
    en: '{what}: row {row} of {rows} of the table',
    sv: '{what}: rad {row} av {rows} i tabellen',
    fr: '{what} : ligne {row} sur {rows} du tableau',
  },
  rowMoved: {
    en: '{title}: the table is read {rows} row further down',
    sv: '{title}: tabellen läses {rows} rad längre ned',
    fr: '{title} : le tableau se lit {rows} ligne plus bas',
  },
  beyondTable: {
    en: '{what}: this site is beyond the table. Ask the provider; nothing is guessed here.',
    sv: '{what}: platsen ligger utanför tabellen. Fråga leverantören; här gissas inget.',
    fr: '{what} : ce site dépasse le tableau. Consultez le fournisseur ; rien n’est extrapolé ici.',
  },
  secretEnds: {
    en: '{subject} ends on {day}, in {days} days.',
    sv: '{subject} upphör {day}, om {days} dagar.',
    fr: '{subject} expire le {day}, dans {days} jours.',
  },
  secretRenew: {
    en: 'Renew: {subject} (ends on {day})',
    sv: 'Förnya: {subject} (upphör {day})',
    fr: 'À renouveler : {subject} (expire le {day})',
  },
  secretEnded: {
    en: '{subject} ended on {day}, {days} days ago.',
    sv: '{subject} upphörde {day}, för {days} dagar sedan.',
    fr: '{subject} a expiré le {day}, il y a {days} jours.',
  },
  secretLead: {
    en: 'The other side must have the new one by {day}, {days} days before.',
    sv: 'Motparten måste ha den nya senast {day}, {days} dagar innan.',
    fr: 'L’autre partie doit avoir le nouveau au plus tard le {day}, {days} jours avant.',
  },
  secretTooLong: {
    en: 'It cannot last longer than {days} days: check that day.',
    sv: 'Den kan inte gälla längre än {days} dagar: kontrollera datumet.',
    fr: 'Il ne peut durer plus de {days} jours : vérifiez cette date.',
  },
  secretNotAsked: {
    en: 'The catalogue has no requirement "{requirement}" that counts for this site: check its id.',
    sv: 'Katalogen har inget krav "{requirement}" som gäller platsen: kontrollera id:t.',
    fr: 'Le catalogue n’a pas d’exigence « {requirement} » valable pour ce site : vérifiez son identifiant.',
  },
  secretUnknown: {
    en: '{subject}: nobody has told when it ends. Add it to the secrets of the profile.',
    sv: '{subject}: ingen har angett när det upphör. Lägg till det bland profilens secrets.',
    fr: '{subject} : personne n’a indiqué son échéance. Ajoutez-la aux secrets du profil.',
  },
  secretLatest: {
    en: 'It lasts at most {days} days: one made today ends by {day}.',
    sv: 'Det gäller högst {days} dagar: ett som görs i dag upphör senast {day}.',
    fr: 'Il dure au plus {days} jours : créé aujourd’hui, il expire au plus tard le {day}.',
  },
  secretNever: {
    en: '{subject}: must not expire.',
    sv: '{subject}: får inte upphöra att gälla.',
    fr: '{subject} : ne doit pas expirer.',
  },
  publicCertificate: {
    en: 'A public certificate issued today lasts at most {days} days, until {day}; from 2027-03-15 it is 100 days, from 2029-03-15 47.',
    sv: 'Ett publikt certifikat som utfärdas i dag gäller högst {days} dagar, till {day}; från 2027-03-15 är det 100 dagar, från 2029-03-15 47.',
    fr: 'Un certificat public émis aujourd’hui dure au plus {days} jours, jusqu’au {day} ; à partir du 2027-03-15 ce sera 100 jours, à partir du 2029-03-15 47.',
  },
  openBefore: {
    en: 'Open before {day}: {title}',
    sv: 'Öppna före {day}: {title}',
    fr: 'À ouvrir avant {day} : {title}',
  },
  mayCloseAfter: {
    en: 'May be closed after {day}: {title}',
    sv: 'Får stängas efter {day}: {title}',
    fr: 'Peut être fermé après {day} : {title}',
  },
  proxyForced: {
    en: 'The site forces everything through a web proxy, and {count} openings must not pass one: let them go past it.',
    sv: 'Platsen tvingar allt genom en webbproxy, och {count} öppningar får inte passera någon: släpp dem förbi den.',
    fr: 'Le site impose un proxy web, et {count} ouvertures ne doivent pas y passer : faites-leur contourner le proxy.',
  },
  udpThroughProxy: {
    en: 'No web proxy carries UDP: {count} openings need a way past it.',
    sv: 'Ingen webbproxy bär UDP: {count} öppningar behöver en väg förbi den.',
    fr: 'Aucun proxy web ne transporte UDP : {count} ouvertures doivent le contourner.',
  },
  stateless: {
    en: 'The firewall does not remember connections: each opening needs a second rule for the answers.',
    sv: 'Brandväggen minns inte förbindelser: varje öppning behöver en andra regel för svaren.',
    fr: 'Le pare-feu ne garde pas l’état des connexions : chaque ouverture demande une seconde règle pour les réponses.',
  },
  insideUnknown: {
    en: 'The profile names no networks of the site (networks.inside): rules begin at any address inside.',
    sv: 'Profilen anger inga nät på platsen (networks.inside): reglerna utgår från alla adresser inifrån.',
    fr: 'Le profil ne nomme aucun réseau du site (networks.inside) : les règles partent de toute adresse interne.',
  },
  placeUnknown: {
    en: '{place}: no address is known, so rules to it reach every address inside. Add it to networks.places as "{name}".',
    sv: '{place}: ingen adress är känd, så reglerna dit når alla adresser inifrån. Lägg till den i networks.places som "{name}".',
    fr: '{place} : aucune adresse connue, les règles vers elle atteignent donc toute adresse interne. Ajoutez-la à networks.places sous « {name} ».',
  },
  optionUnknown: {
    en: 'The catalogue has no option "{option}": it changes nothing.',
    sv: 'Katalogen har inget val "{option}": det ändrar inget.',
    fr: 'Le catalogue n’a pas d’option « {option} » : elle ne change rien.',
  },
  choiceUnknown: {
    en: 'Option "{option}" cannot be "{value}"; it is one of: {choices}.',
    sv: 'Valet "{option}" kan inte vara "{value}"; det är ett av: {choices}.',
    fr: 'L’option « {option} » ne peut pas valoir « {value} » ; valeurs possibles : {choices}.',
  },
  otherSystem: {
    en: 'The profile is of "{system}", the catalogue of "{catalogue}": the plan is by the catalogue.',
    sv: 'Profilen gäller "{system}", katalogen "{catalogue}": planen följer katalogen.',
    fr: 'Le profil concerne « {system} », le catalogue « {catalogue} » : le plan suit le catalogue.',
  },
  nobodyHere: {
    en: 'The profile has no people: nothing that depends on them is planned.',
    sv: 'Profilen har inga personer: inget som beror på dem planeras.',
    fr: 'Le profil ne compte personne : rien de ce qui en dépend n’est planifié.',
  },
} as const satisfies Sentences<string>

export type PlanSentence = keyof typeof planWords
