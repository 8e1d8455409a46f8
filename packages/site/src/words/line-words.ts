import type { Sentences } from './say.ts'

/** What the probe finds of time, WebSockets and the quality of the line. */
export const lineWords = {
  'ntp-answers': {
    en: 'The time server {host} answers; this machine’s clock is {offsetMs} ms off.',
    sv: 'Tidsservern {host} svarar; datorns klocka avviker {offsetMs} ms.',
    fr: 'Le serveur de temps {host} répond ; l’horloge de cette machine s’en écarte de {offsetMs} ms.',
  },
  'ntp-silent': {
    en: 'No answer from the time server {host}. Let UDP port 123 out and its answers in.',
    sv: 'Inget svar från tidsservern {host}. Släpp ut UDP-port 123 och släpp in svaren.',
    fr: 'Aucune réponse du serveur de temps {host}. Autorisez UDP 123 en sortie et les réponses en retour.',
  },
  'ntp-unsynchronised': {
    en: 'The time server {host} says itself that it does not know the time ({detail}). Use another.',
    sv: 'Tidsservern {host} säger själv att den inte vet vad klockan är ({detail}). Använd en annan.',
    fr: 'Le serveur de temps {host} déclare lui-même ne pas avoir l’heure ({detail}). Prenez-en un autre.',
  },
  'ntp-refused': {
    en: 'The time server {host} refuses this machine ({detail}).',
    sv: 'Tidsservern {host} avvisar den här datorn ({detail}).',
    fr: 'Le serveur de temps {host} refuse cette machine ({detail}).',
  },
  'ntp-no-address': {
    en: 'No address is found for the time server {host}.',
    sv: 'Ingen adress hittas för tidsservern {host}.',
    fr: 'Aucune adresse pour le serveur de temps {host}.',
  },
  'ntp-nowhere': {
    en: 'Not tried: no time server is named. Name the one that telephones use by --ntp.',
    sv: 'Inte prövat: ingen tidsserver är angiven. Ange den som telefonerna använder med --ntp.',
    fr: 'Non essayé : aucun serveur de temps n’est nommé. Indiquez par --ntp celui des téléphones.',
  },
  'clock-right': {
    en: 'This machine’s clock is right, compared with {by}.',
    sv: 'Datorns klocka går rätt, jämfört med {by}.',
    fr: 'L’horloge de cette machine est juste, comparée à {by}.',
  },
  'clock-slow': {
    en: 'This machine’s clock is {seconds} s slow. Set it, best by a time server, and run the probe again: until then nothing that depends on dates is concluded.',
    sv: 'Datorns klocka går {seconds} s efter. Ställ den, helst mot en tidsserver, och kör proben igen: tills dess dras inga slutsatser som beror på datum.',
    fr: 'L’horloge de cette machine retarde de {seconds} s. Réglez-la, de préférence sur un serveur de temps, et relancez la sonde : d’ici là, rien qui dépende de dates n’est conclu.',
  },
  'clock-fast': {
    en: 'This machine’s clock is {seconds} s fast. Set it, best by a time server, and run the probe again: until then nothing that depends on dates is concluded.',
    sv: 'Datorns klocka går {seconds} s före. Ställ den, helst mot en tidsserver, och kör proben igen: tills dess dras inga slutsatser som beror på datum.',
    fr: 'L’horloge de cette machine avance de {seconds} s. Réglez-la, de préférence sur un serveur de temps, et relancez la sonde : d’ici là, rien qui dépende de dates n’est conclu.',
  },
  'clock-disputed': {
    en: 'Clocks disagree by {seconds} s: either this machine’s or one of those it was compared with is wrong. Until that is cleared up nothing that depends on dates is concluded.',
    sv: 'Klockorna skiljer sig med {seconds} s: antingen går datorns klocka fel eller någon av dem den jämfördes med. Tills det är utrett dras inga slutsatser som beror på datum.',
    fr: 'Les horloges divergent de {seconds} s : soit celle de cette machine, soit l’une de celles comparées est fausse. D’ici là, rien qui dépende de dates n’est conclu.',
  },
  'clock-unknown': {
    en: 'This machine’s clock could not be compared with any other. Dates of certificates are only told, not judged.',
    sv: 'Datorns klocka kunde inte jämföras med någon annan. Certifikatens datum återges bara, de bedöms inte.',
    fr: 'L’horloge de cette machine n’a pu être comparée à aucune autre. Les dates des certificats sont indiquées sans être jugées.',
  },
  'web-socket-answers': {
    en: 'The WebSocket to TCP port {port} opens and answers, after {tookMs} ms.',
    sv: 'WebSocket-anslutningen till TCP-port {port} öppnas och svarar, efter {tookMs} ms.',
    fr: 'Le WebSocket vers le port TCP {port} s’ouvre et répond, après {tookMs} ms.',
  },
  'web-socket-held': {
    en: 'The WebSocket to TCP port {port} opens, but nothing passes on it: a proxy holds it back. Nobody could be called here.',
    sv: 'WebSocket-anslutningen till TCP-port {port} öppnas, men inget går igenom: en proxy håller kvar det. Ingen här skulle kunna bli uppringd.',
    fr: 'Le WebSocket vers le port TCP {port} s’ouvre, mais rien n’y passe : un proxy le retient. Personne ne pourrait être appelé ici.',
  },
  'web-socket-shut': {
    en: 'The WebSocket to TCP port {port} does not open ({status}). Let WebSockets through in proxy and firewall.',
    sv: 'WebSocket-anslutningen till TCP-port {port} öppnas inte ({status}). Släpp igenom WebSocket i proxy och brandvägg.',
    fr: 'Le WebSocket vers le port TCP {port} ne s’ouvre pas ({status}). Laissez passer les WebSockets dans le proxy et le pare-feu.',
  },
  'web-socket-no-way': {
    en: 'The WebSocket could not be tried, as TCP port {port} was not reached ({why}).',
    sv: 'WebSocket kunde inte prövas, eftersom TCP-port {port} inte nåddes ({why}).',
    fr: 'Le WebSocket n’a pas pu être essayé, le port TCP {port} n’étant pas joint ({why}).',
  },
  'stream-no-address': {
    en: 'The line could not be measured: no address is found for {name}.',
    sv: 'Förbindelsen kunde inte mätas: ingen adress hittas för {name}.',
    fr: 'La ligne n’a pas pu être mesurée : aucune adresse pour {name}.',
  },
  'stream-silent': {
    en: 'The line could not be measured, as nothing came back by UDP (ports {ports}): calls would be silent. Open UDP to the service.',
    sv: 'Förbindelsen kunde inte mätas, eftersom inget kom tillbaka över UDP (portarna {ports}): samtal skulle bli tysta. Öppna UDP mot tjänsten.',
    fr: 'La ligne n’a pas pu être mesurée, rien n’étant revenu en UDP (ports {ports}) : les appels seraient muets. Ouvrez l’UDP vers le service.',
  },
  'stream-cut': {
    en: 'After {seconds} s nothing came back by UDP any more, for {silent} s until the end: calls would fall silent in the middle. Let the firewall neither cut nor limit long UDP streams to the service.',
    sv: 'Efter {seconds} s kom inget mer tillbaka över UDP, under {silent} s fram till slutet: samtal skulle tystna mitt i. Brandväggen får varken bryta eller begränsa långa UDP-strömmar mot tjänsten.',
    fr: 'Après {seconds} s, plus rien n’est revenu en UDP, pendant {silent} s jusqu’à la fin : les appels deviendraient muets en cours de route. Le pare-feu ne doit ni couper ni limiter les longs flux UDP vers le service.',
  },
  'stream-no-server': {
    en: 'The service stopped answering after {seconds} s of the measurement, by UDP and by HTTPS: nothing is known of the line. Try again.',
    sv: 'Tjänsten slutade svara efter {seconds} s av mätningen, över både UDP och HTTPS: inget är känt om förbindelsen. Försök igen.',
    fr: 'Le service a cessé de répondre après {seconds} s de mesure, en UDP comme en HTTPS : on ne sait rien de la ligne. Réessayez.',
  },
  'stream-no-time': {
    en: 'The line was not measured: the check of the service had ended before.',
    sv: 'Förbindelsen mättes inte: tjänstens kontroll hade redan tagit slut.',
    fr: 'La ligne n’a pas été mesurée : la vérification du service était déjà terminée.',
  },
  'line-measured': {
    en: 'Round trip {trip} ms (95 % under {p95} ms); up {lossUp} % lost, {jitterUp} ms jitter, MOS {mosUp}; down {lossDown} % lost, {jitterDown} ms jitter, MOS {mosDown}.',
    sv: 'Tur och retur {trip} ms (95 % under {p95} ms); upp {lossUp} % förlorat, {jitterUp} ms jitter, MOS {mosUp}; ned {lossDown} % förlorat, {jitterDown} ms jitter, MOS {mosDown}.',
    fr: 'Aller-retour {trip} ms (95 % sous {p95} ms) ; montée : {lossUp} % de pertes, {jitterUp} ms de gigue, MOS {mosUp} ; descente : {lossDown} % de pertes, {jitterDown} ms de gigue, MOS {mosDown}.',
  },
  'line-delay-within': {
    en: 'One way about {value} ms, taken as half of the round trip; less than {limit} ms is asked for.',
    sv: 'En väg cirka {value} ms, räknat som halva tur och retur-tiden; kravet är under {limit} ms.',
    fr: 'Environ {value} ms à l’aller, soit la moitié de l’aller-retour ; moins de {limit} ms sont demandés.',
  },
  'line-delay-over': {
    en: 'One way about {value} ms, taken as half of the round trip, where less than {limit} ms is asked for: people will interrupt each other. Look for a detour (VPN, proxy) or a full line.',
    sv: 'En väg cirka {value} ms, räknat som halva tur och retur-tiden, där kravet är under {limit} ms: folk kommer att prata i mun på varandra. Leta efter en omväg (VPN, proxy) eller en full förbindelse.',
    fr: 'Environ {value} ms à l’aller, soit la moitié de l’aller-retour, alors que moins de {limit} ms sont demandés : on se coupera la parole. Cherchez un détour (VPN, proxy) ou une ligne saturée.',
  },
  'line-delay-short': {
    en: 'One way about {value} ms, but {sent} packets are too few to be sure. Measure for longer by --minutes.',
    sv: 'En väg cirka {value} ms, men {sent} paket är för få för att vara säker. Mät längre med --minutes.',
    fr: 'Environ {value} ms à l’aller, mais {sent} paquets ne suffisent pas pour conclure. Mesurez plus longtemps par --minutes.',
  },
  'line-trip-within': {
    en: 'Round trip {value} ms; less than {limit} ms is asked for.',
    sv: 'Tur och retur {value} ms; kravet är under {limit} ms.',
    fr: 'Aller-retour {value} ms ; moins de {limit} ms sont demandés.',
  },
  'line-trip-over': {
    en: 'Round trip {value} ms, where less than {limit} ms is asked for: people will interrupt each other. Look for a detour (VPN, proxy) or a full line.',
    sv: 'Tur och retur {value} ms, där kravet är under {limit} ms: folk kommer att prata i mun på varandra. Leta efter en omväg (VPN, proxy) eller en full förbindelse.',
    fr: 'Aller-retour {value} ms, alors que moins de {limit} ms sont demandés : on se coupera la parole. Cherchez un détour (VPN, proxy) ou une ligne saturée.',
  },
  'line-trip-short': {
    en: 'Round trip {value} ms, but {sent} packets are too few to be sure. Measure for longer by --minutes.',
    sv: 'Tur och retur {value} ms, men {sent} paket är för få för att vara säker. Mät längre med --minutes.',
    fr: 'Aller-retour {value} ms, mais {sent} paquets ne suffisent pas pour conclure. Mesurez plus longtemps par --minutes.',
  },
  'line-jitter-within': {
    en: 'Jitter {jitterUp} ms up, {jitterDown} ms down; less than {limit} ms is asked for.',
    sv: 'Jitter {jitterUp} ms upp, {jitterDown} ms ned; kravet är under {limit} ms.',
    fr: 'Gigue {jitterUp} ms en montée, {jitterDown} ms en descente ; moins de {limit} ms sont demandés.',
  },
  'line-jitter-over': {
    en: 'Jitter {jitterUp} ms up, {jitterDown} ms down, where less than {limit} ms is asked for: speech gets choppy. Give calls priority, use a cable instead of wireless.',
    sv: 'Jitter {jitterUp} ms upp, {jitterDown} ms ned, där kravet är under {limit} ms: talet blir hackigt. Prioritera samtal, använd kabel i stället för trådlöst.',
    fr: 'Gigue {jitterUp} ms en montée, {jitterDown} ms en descente, alors que moins de {limit} ms sont demandés : la voix sera hachée. Donnez la priorité aux appels, préférez le câble au sans-fil.',
  },
  'line-jitter-short': {
    en: 'Jitter {jitterUp} ms up, {jitterDown} ms down, but {sent} packets are too few to be sure. Measure for longer by --minutes.',
    sv: 'Jitter {jitterUp} ms upp, {jitterDown} ms ned, men {sent} paket är för få för att vara säker. Mät längre med --minutes.',
    fr: 'Gigue {jitterUp} ms en montée, {jitterDown} ms en descente, mais {sent} paquets ne suffisent pas pour conclure. Mesurez plus longtemps par --minutes.',
  },
  'line-loss-within': {
    en: 'Lost {lossUp} % up, {lossDown} % down; less than {limit} % is asked for.',
    sv: 'Förlorat {lossUp} % upp, {lossDown} % ned; kravet är under {limit} %.',
    fr: 'Pertes : {lossUp} % en montée, {lossDown} % en descente ; moins de {limit} % sont demandés.',
  },
  'line-loss-over': {
    en: 'Lost {lossUp} % up, {lossDown} % down, where less than {limit} % is asked for: words go missing. Look for a full line or bad wireless.',
    sv: 'Förlorat {lossUp} % upp, {lossDown} % ned, där kravet är under {limit} %: ord faller bort. Leta efter en full förbindelse eller dåligt trådlöst nät.',
    fr: 'Pertes : {lossUp} % en montée, {lossDown} % en descente, alors que moins de {limit} % sont demandés : des mots manqueront. Cherchez une ligne saturée ou un mauvais sans-fil.',
  },
  'line-loss-short': {
    en: 'Lost {lossUp} % up, {lossDown} % down, but {sent} packets are too few to be sure. Measure for longer by --minutes.',
    sv: 'Förlorat {lossUp} % upp, {lossDown} % ned, men {sent} paket är för få för att vara säker. Mät längre med --minutes.',
    fr: 'Pertes : {lossUp} % en montée, {lossDown} % en descente, mais {sent} paquets ne suffisent pas pour conclure. Mesurez plus longtemps par --minutes.',
  },
  'several-fine': {
    en: '{calls} calls at once: at most {loss} % lost, {jitter} ms jitter.',
    sv: '{calls} samtal samtidigt: högst {loss} % förlorat, {jitter} ms jitter.',
    fr: '{calls} appels simultanés : au plus {loss} % de pertes, {jitter} ms de gigue.',
  },
  'several-worse': {
    en: 'With {calls} calls at once the worst lost {loss} % and had {jitter} ms jitter: the line is too narrow or has other traffic.',
    sv: 'Med {calls} samtal samtidigt förlorade det sämsta {loss} % och hade {jitter} ms jitter: förbindelsen är för smal eller har annan trafik.',
    fr: 'Avec {calls} appels simultanés, le pire a perdu {loss} % avec {jitter} ms de gigue : la ligne est trop étroite ou déjà chargée.',
  },
  'several-missing': {
    en: 'Of {calls} calls at once only {heard} came through: ports of the range are closed, or the firewall limits connections.',
    sv: 'Av {calls} samtal samtidigt kom bara {heard} igenom: portar i intervallet är stängda, eller så begränsar brandväggen antalet anslutningar.',
    fr: 'Sur {calls} appels simultanés, seuls {heard} sont passés : des ports de l’intervalle sont fermés, ou le pare-feu limite les connexions.',
  },
  'several-silent': {
    en: 'Several calls at once could not be tried, as nothing came back by UDP.',
    sv: 'Flera samtal samtidigt kunde inte prövas, eftersom inget kom tillbaka över UDP.',
    fr: 'Plusieurs appels simultanés n’ont pas pu être essayés, rien n’étant revenu en UDP.',
  },
} as const satisfies Sentences<string>
