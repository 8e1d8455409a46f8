import type { Sentences } from './say.ts'

/**
 * What the verify page finds, a sentence each: first what is so, then what it means or what to do. Results of reports carry
 * the key and the values, so that whoever reads them reads their own language.
 */
export const pageFindings = {
  portOpen: {
    en: 'Sound reached UDP port {port} and came back.',
    sv: 'Ljudet nådde UDP-port {port} och kom tillbaka.',
    fr: 'Le son a atteint le port UDP {port} et en est revenu.',
  },
  portBlocked: {
    en: 'Nothing came back from UDP port {port}, while {open} answered: a rule on the way lacks this port.',
    sv: 'Inget kom tillbaka från UDP-port {port}, medan {open} svarade: en regel på vägen saknar den här porten.',
    fr: 'Rien n’est revenu du port UDP {port}, alors que {open} répondait : une règle sur le chemin oublie ce port.',
  },
  portNoWayBack: {
    en: 'The service heard this PC on UDP port {port}, but its answers did not come back: let the answers in.',
    sv: 'Tjänsten hörde den här datorn på UDP-port {port}, men svaren kom inte tillbaka: släpp in svaren.',
    fr: 'Le service a entendu ce poste sur le port UDP {port}, mais ses réponses ne sont pas revenues : laissez-les entrer.',
  },
  portNoKeys: {
    en: 'Short packets pass on UDP port {port}, the key exchange of encrypted calls does not: something on the way inspects or cuts packets.',
    sv: 'Korta paket går igenom på UDP-port {port}, men inte nyckelutbytet för krypterade samtal: något på vägen granskar eller kapar paketen.',
    fr: 'Les petits paquets passent sur le port UDP {port}, mais pas l’échange de clés des appels chiffrés : un équipement inspecte ou coupe les paquets.',
  },
  portNotThere: {
    en: 'A connection to UDP port {port} came about, but the sound of this PC did not arrive: others would hear nothing.',
    sv: 'En anslutning till UDP-port {port} kom till stånd, men datorns ljud kom inte fram: andra skulle inte höra något.',
    fr: 'La connexion au port UDP {port} s’est établie, mais le son de ce poste n’est pas arrivé : les autres n’entendraient rien.',
  },
  portNotBack: {
    en: 'The sound of this PC arrived at UDP port {port}, but none came back: people here would hear nothing.',
    sv: 'Datorns ljud kom fram till UDP-port {port}, men inget kom tillbaka: de som sitter här skulle inte höra något.',
    fr: 'Le son de ce poste est arrivé au port UDP {port}, mais rien n’est revenu : on n’entendrait rien ici.',
  },
  portNoSound: {
    en: 'A connection to UDP port {port} came about, but sound went neither way.',
    sv: 'En anslutning till UDP-port {port} kom till stånd, men ljudet gick inte åt något håll.',
    fr: 'La connexion au port UDP {port} s’est établie, mais le son n’est passé dans aucun sens.',
  },
  udpBlocked: {
    en: 'No UDP port answered at all; only the fallback does. Open UDP to the service, port {port} first.',
    sv: 'Ingen UDP-port svarade över huvud taget, bara reservvägen. Öppna UDP mot tjänsten, port {port} först.',
    fr: 'Aucun port UDP n’a répondu, seule la voie de secours répond. Ouvrez l’UDP vers le service, d’abord le port {port}.',
  },
  nothingBack: {
    en: 'No sound came back by any way, neither from UDP port {port} nor by the fallback. Try from another network, such as a mobile phone’s: if it works there, this network blocks calls; if not, tell the service.',
    sv: 'Inget ljud kom tillbaka på något sätt, varken från UDP-port {port} eller via reservvägen. Prova från ett annat nät, till exempel mobilens: fungerar det där blockerar det här nätet samtal, annars kontakta tjänsten.',
    fr: 'Aucun son n’est revenu, ni du port UDP {port}, ni par la voie de secours. Essayez depuis un autre réseau, celui d’un mobile par exemple : si cela marche, ce réseau bloque les appels ; sinon, prévenez le service.',
  },
  sharedRelayed: {
    en: 'UDP port {port} is blocked; calls of browsers come through by the fallback ({way}), with more delay. Open the port.',
    sv: 'UDP-port {port} är blockerad; samtal i webbläsare går via reservvägen ({way}), med mer fördröjning. Öppna porten.',
    fr: 'Le port UDP {port} est bloqué ; les appels des navigateurs passent par la voie de secours ({way}), avec plus de délai. Ouvrez le port.',
  },
  rangeOpen: {
    en: 'All {tried} ports tried of {from} to {to} let sound through both ways.',
    sv: 'Alla {tried} prövade portar av {from} till {to} släppte igenom ljud åt båda hållen.',
    fr: 'Les {tried} ports essayés de {from} à {to} ont tous laissé passer le son dans les deux sens.',
  },
  rangePartly: {
    en: '{shut} of {tried} ports tried do not let calls through: {ports}. Open all of UDP {from} to {to}.',
    sv: '{shut} av {tried} prövade portar släpper inte igenom samtal: {ports}. Öppna hela UDP {from} till {to}.',
    fr: '{shut} des {tried} ports essayés ne laissent pas passer les appels : {ports}. Ouvrez tout l’intervalle UDP {from} à {to}.',
  },
  rangeShut: {
    en: 'None of the {tried} ports tried of UDP {from} to {to} lets calls through. Open the range to the service.',
    sv: 'Ingen av de {tried} prövade portarna av UDP {from} till {to} släpper igenom samtal. Öppna intervallet mot tjänsten.',
    fr: 'Aucun des {tried} ports essayés de l’UDP {from} à {to} ne laisse passer les appels. Ouvrez l’intervalle vers le service.',
  },
  rangeTooFew: {
    en: 'Only {tried} ports of UDP {from} to {to} could be tried: too few to say anything. Try again later.',
    sv: 'Bara {tried} portar av UDP {from} till {to} kunde prövas: för få för att säga något. Försök igen senare.',
    fr: 'Seuls {tried} ports de l’UDP {from} à {to} ont pu être essayés : trop peu pour conclure. Réessayez plus tard.',
  },
  sample: {
    en: 'Tried {ports}: {tried} of {all} ports.',
    sv: 'Prövade {ports}: {tried} av {all} portar.',
    fr: 'Essayés : {ports}, soit {tried} ports sur {all}.',
  },
  portNotOffered: {
    en: 'This service does not listen on UDP port {port}, so it cannot be tried here.',
    sv: 'Den här tjänsten lyssnar inte på UDP-port {port}, så den kan inte prövas här.',
    fr: 'Ce service n’écoute pas sur le port UDP {port} ; il ne peut pas être essayé ici.',
  },
  serviceRefused: {
    en: 'The service would not take part: {title}',
    sv: 'Tjänsten ville inte delta: {title}',
    fr: 'Le service a refusé de participer : {title}',
  },
  serviceSilent: {
    en: 'The service gave no answer when it was asked to listen on port {port}.',
    sv: 'Tjänsten svarade inte när den ombads lyssna på port {port}.',
    fr: 'Le service n’a pas répondu quand on lui a demandé d’écouter le port {port}.',
  },
  browserFailed: {
    en: 'The browser made no connection: {reason}',
    sv: 'Webbläsaren gjorde ingen anslutning: {reason}',
    fr: 'Le navigateur n’a pas établi de connexion : {reason}',
  },
  browserMakesNoConnections: {
    en: 'This browser could not even reach itself: a policy or an extension keeps it from making calls. Nothing is proven of the network.',
    sv: 'Den här webbläsaren nådde inte ens sig själv: en policy eller ett tillägg hindrar den från att ringa. Inget är bevisat om nätet.',
    fr: 'Ce navigateur n’a même pas pu se joindre lui-même : une règle ou une extension l’empêche d’appeler. Rien n’est prouvé quant au réseau.',
  },
  closedPortAnswered: {
    en: 'A port where the service keeps silent answered as well: something on the way answers for it, so nothing is proven.',
    sv: 'Även en port där tjänsten är tyst svarade: något på vägen svarar i dess ställe, så inget är bevisat.',
    fr: 'Un port où le service se tait a répondu aussi : quelque chose répond à sa place, donc rien n’est prouvé.',
  },
  closedPortNotTried: {
    en: 'The counter-check could not be made, so this proves nothing. Run the check again.',
    sv: 'Motprovet kunde inte göras, så det här bevisar inget. Kör kontrollen igen.',
    fr: 'Le contre-essai n’a pas pu être fait, donc rien n’est prouvé. Relancez la vérification.',
  },
  relayWorks: {
    en: 'Calls come through by the fallback over {way}, port {port}.',
    sv: 'Samtal går igenom via reservvägen över {way}, port {port}.',
    fr: 'Les appels passent par la voie de secours en {way}, port {port}.',
  },
  relayNotNeeded: {
    en: 'The fallback over {way}, port {port}, does not work here; {other} makes up for it.',
    sv: 'Reservvägen över {way}, port {port}, fungerar inte här; {other} räcker.',
    fr: 'La voie de secours en {way}, port {port}, ne marche pas ici ; {other} la remplace.',
  },
  relayUnreached: {
    en: 'The fallback over {way} was not reached: something blocks port {port}.',
    sv: 'Reservvägen över {way} nåddes inte: något blockerar port {port}.',
    fr: 'La voie de secours en {way} n’a pas été jointe : le port {port} est bloqué.',
  },
  relayTlsUnreached: {
    en: 'The fallback over TLS on port {port} was not reached, although web pages come from there: look for a proxy that breaks TLS open.',
    sv: 'Reservvägen över TLS på port {port} nåddes inte, fast webbsidor kommer därifrån: leta efter en proxy som bryter upp TLS.',
    fr: 'La voie de secours en TLS sur le port {port} n’a pas été jointe, alors que les pages web en viennent : cherchez un proxy qui ouvre le TLS.',
  },
  relayRefused: {
    en: 'The relay of the service answered over {way} and refused ({code}): the service has to look at it.',
    sv: 'Tjänstens relä svarade över {way} och vägrade ({code}): tjänsten måste se över det.',
    fr: 'Le relais du service a répondu en {way} et a refusé ({code}) : au service de regarder.',
  },
  relaySilent: {
    en: 'The relay of the service took part over {way}, but no sound came back through it: the service has to look at it.',
    sv: 'Tjänstens relä deltog över {way}, men inget ljud kom tillbaka genom det: tjänsten måste se över det.',
    fr: 'Le relais du service a participé en {way}, mais aucun son n’en est revenu : au service de regarder.',
  },
  relayGone: {
    en: 'The relay of the service does not answer over {way}, although the way to it is open: the service has to look at it.',
    sv: 'Tjänstens relä svarar inte över {way}, fast vägen dit är öppen: tjänsten måste se över det.',
    fr: 'Le relais du service ne répond pas en {way}, alors que le chemin est ouvert : au service de regarder.',
  },
  socketAnswers: {
    en: 'The connection that rings this PC answers, after {tookMs} ms.',
    sv: 'Anslutningen som får datorn att ringa svarar, efter {tookMs} ms.',
    fr: 'La connexion qui fait sonner ce poste répond, après {tookMs} ms.',
  },
  socketHeld: {
    en: 'The WebSocket to port {port} opens, but no message passes: a proxy holds them back. Nobody could be called here.',
    sv: 'WebSocket-anslutningen till port {port} öppnas, men inga meddelanden går igenom: en proxy håller kvar dem. Ingen här skulle kunna bli uppringd.',
    fr: 'Le WebSocket vers le port {port} s’ouvre, mais aucun message ne passe : un proxy les retient. Personne ne pourrait être appelé ici.',
  },
  socketShut: {
    en: 'The WebSocket to port {port} does not open: nobody could call or be called here. Let WebSockets through in proxy and firewall.',
    sv: 'WebSocket-anslutningen till port {port} öppnas inte: ingen här skulle kunna ringa eller bli uppringd. Släpp igenom WebSocket i proxy och brandvägg.',
    fr: 'Le WebSocket vers le port {port} ne s’ouvre pas : personne ne pourrait appeler ni être appelé ici. Laissez passer les WebSockets dans le proxy et le pare-feu.',
  },
  webReached: {
    en: 'TCP port {port} is reached.',
    sv: 'TCP-port {port} nås.',
    fr: 'Le port TCP {port} est joignable.',
  },
  openedInsecurely: {
    en: 'This page was opened without encryption, so nothing is proven of TCP port {port}. Open it with https.',
    sv: 'Sidan öppnades utan kryptering, så inget är bevisat om TCP-port {port}. Öppna den med https.',
    fr: 'Cette page a été ouverte sans chiffrement : rien n’est prouvé pour le port TCP {port}. Ouvrez-la en https.',
  },
  certificateAccepted: {
    en: 'This browser accepts the certificate of the service. What it holds, and how long, only the probe can see.',
    sv: 'Den här webbläsaren godtar tjänstens certifikat. Vad det innehåller och hur länge det gäller ser bara proben.',
    fr: 'Ce navigateur accepte le certificat du service. Son contenu et sa durée, seule la sonde peut les voir.',
  },
  certificateUnseen: {
    en: 'No secure connection came about, so nothing is known of the certificate.',
    sv: 'Ingen säker anslutning kom till stånd, så inget är känt om certifikatet.',
    fr: 'Aucune connexion sécurisée ne s’est établie : on ne sait rien du certificat.',
  },
  nameFound: {
    en: 'The name {name} is found.',
    sv: 'Namnet {name} hittas.',
    fr: 'Le nom {name} est résolu.',
  },
  openedByAddress: {
    en: 'This page was opened by a number, not by its name. Open it as {name} to prove that the name is found here.',
    sv: 'Sidan öppnades med en sifferadress, inte med sitt namn. Öppna den som {name} för att visa att namnet hittas härifrån.',
    fr: 'La page a été ouverte par une adresse numérique, pas par son nom. Ouvrez-la par {name} pour prouver que le nom est résolu ici.',
  },
  stunAnswers: {
    en: 'Seen from outside, this PC has the address {address}.',
    sv: 'Utifrån sett har datorn adressen {address}.',
    fr: 'Vu de l’extérieur, ce poste a l’adresse {address}.',
  },
  stunNotNeeded: {
    en: 'STUN on UDP port {port} does not answer; calls get through without it.',
    sv: 'STUN på UDP-port {port} svarar inte; samtal går igenom ändå.',
    fr: 'STUN ne répond pas sur le port UDP {port} ; les appels passent sans lui.',
  },
  stunSilent: {
    en: 'STUN on UDP port {port} does not answer.',
    sv: 'STUN på UDP-port {port} svarar inte.',
    fr: 'STUN ne répond pas sur le port UDP {port}.',
  },
  natNone: {
    en: 'Addresses are not translated here: the service saw the address of this PC itself.',
    sv: 'Adresser översätts inte här: tjänsten såg datorns egen adress.',
    fr: 'Les adresses ne sont pas traduites ici : le service a vu l’adresse même de ce poste.',
  },
  natUnknown: {
    en: 'How addresses are translated here cannot be told: no server answered by UDP.',
    sv: 'Hur adresser översätts här går inte att säga: ingen server svarade över UDP.',
    fr: 'Impossible de dire comment les adresses sont traduites ici : aucun serveur n’a répondu en UDP.',
  },
  natOneServer: {
    en: 'How addresses are translated here cannot be told: a browser needs two servers to compare, and one answered.',
    sv: 'Hur adresser översätts här går inte att säga: en webbläsare behöver två servrar att jämföra, och en svarade.',
    fr: 'Impossible de dire comment les adresses sont traduites ici : il faut comparer deux serveurs, un seul a répondu.',
  },
  natSame: {
    en: 'The translation keeps one port for all destinations, as far as a browser can tell. Good for calls.',
    sv: 'Översättningen behåller en port för alla mål, så långt en webbläsare kan se. Bra för samtal.',
    fr: 'La traduction garde un même port pour toutes les destinations, autant qu’un navigateur puisse le voir. Bon pour les appels.',
  },
  natPerTarget: {
    en: 'The translation takes another port for each destination (symmetric). Calls with this service bear that; direct calls between sites would not.',
    sv: 'Översättningen tar en ny port för varje mål (symmetrisk). Samtal med den här tjänsten tål det; direkta samtal mellan platser gör det inte.',
    fr: 'La traduction prend un autre port pour chaque destination (symétrique). Les appels avec ce service le supportent ; des appels directs entre sites, non.',
  },
  delayWithin: {
    en: 'One way about {half} ms, taken as half of the round trip of {trip} ms; at most {limit} ms is asked for.',
    sv: 'En väg cirka {half} ms, räknat som halva tur och retur-tiden {trip} ms; kravet är högst {limit} ms.',
    fr: 'Environ {half} ms à l’aller, soit la moitié de l’aller-retour de {trip} ms ; {limit} ms au plus sont demandés.',
  },
  delayOver: {
    en: 'One way about {half} ms, taken as half of the round trip of {trip} ms, more than the {limit} ms asked for: people will interrupt each other.',
    sv: 'En väg cirka {half} ms, räknat som halva tur och retur-tiden {trip} ms, mer än kravet {limit} ms: folk kommer att prata i mun på varandra.',
    fr: 'Environ {half} ms à l’aller, soit la moitié de l’aller-retour de {trip} ms, plus que les {limit} ms demandés : on se coupera la parole.',
  },
  delayUnknown: {
    en: 'The round trip could not be measured.',
    sv: 'Tur och retur-tiden kunde inte mätas.',
    fr: 'L’aller-retour n’a pas pu être mesuré.',
  },
  jitterWithin: {
    en: 'Jitter {up} ms up, {down} ms down; at most {limit} ms is asked for.',
    sv: 'Jitter {up} ms upp, {down} ms ned; kravet är högst {limit} ms.',
    fr: 'Gigue {up} ms en montée, {down} ms en descente ; {limit} ms au plus sont demandés.',
  },
  jitterOver: {
    en: 'Jitter {up} ms up, {down} ms down, more than the {limit} ms asked for: speech gets choppy. Give calls priority, use a cable instead of wireless.',
    sv: 'Jitter {up} ms upp, {down} ms ned, mer än kravet {limit} ms: talet blir hackigt. Prioritera samtal, använd kabel i stället för trådlöst.',
    fr: 'Gigue {up} ms en montée, {down} ms en descente, plus que les {limit} ms demandés : la voix sera hachée. Donnez la priorité aux appels, préférez le câble au sans-fil.',
  },
  lossWithin: {
    en: 'Lost {up} % up, {down} % down; at most {limit} % is asked for.',
    sv: 'Förlorat {up} % upp, {down} % ned; kravet är högst {limit} %.',
    fr: 'Pertes : {up} % en montée, {down} % en descente ; {limit} % au plus sont demandés.',
  },
  lossOver: {
    en: 'Lost {up} % up, {down} % down, more than the {limit} % asked for: words go missing. Look for a full line or bad wireless.',
    sv: 'Förlorat {up} % upp, {down} % ned, mer än kravet {limit} %: ord faller bort. Leta efter en full förbindelse eller dåligt trådlöst nät.',
    fr: 'Pertes : {up} % en montée, {down} % en descente, plus que les {limit} % demandés : des mots manqueront. Cherchez une ligne saturée ou un mauvais sans-fil.',
  },
  lineTooShort: {
    en: 'Too few packets were counted to say anything. Run the check again.',
    sv: 'För få paket räknades för att säga något. Kör kontrollen igen.',
    fr: 'Trop peu de paquets ont été comptés pour conclure. Relancez la vérification.',
  },
  lineNotMeasured: {
    en: 'Not measured, as no sound gets through.',
    sv: 'Inte mätt, eftersom inget ljud går igenom.',
    fr: 'Non mesuré, car aucun son ne passe.',
  },
  severalFine: {
    en: '{heard} calls at once were as good as one.',
    sv: '{heard} samtal samtidigt var lika bra som ett.',
    fr: '{heard} appels simultanés étaient aussi bons qu’un seul.',
  },
  severalWorse: {
    en: 'With {heard} calls at once the worst lost {loss} % and had {jitter} ms jitter: the line is too narrow or has other traffic.',
    sv: 'Med {heard} samtal samtidigt förlorade det sämsta {loss} % och hade {jitter} ms jitter: förbindelsen är för smal eller har annan trafik.',
    fr: 'Avec {heard} appels simultanés, le pire a perdu {loss} % avec {jitter} ms de gigue : la ligne est trop étroite ou déjà chargée.',
  },
  severalMissing: {
    en: 'Of {asked} calls at once only {heard} heard themselves.',
    sv: 'Av {asked} samtal samtidigt hörde bara {heard} sig själva.',
    fr: 'Sur {asked} appels simultanés, seuls {heard} se sont entendus.',
  },
  severalRefused: {
    en: 'The service would not have {asked} calls at once just now. Run the check again later.',
    sv: 'Tjänsten ville inte ha {asked} samtal samtidigt just nu. Kör kontrollen igen senare.',
    fr: 'Le service n’a pas voulu de {asked} appels simultanés pour l’instant. Relancez la vérification plus tard.',
  },
  browserEnough: {
    en: '{name} {version} is new enough.',
    sv: '{name} {version} är tillräckligt ny.',
    fr: '{name} {version} est assez récent.',
  },
  browserTooOld: {
    en: '{name} {version} is too old. Update it.',
    sv: '{name} {version} är för gammal. Uppdatera den.',
    fr: '{name} {version} est trop ancien. Mettez-le à jour.',
  },
  browserBad: {
    en: '{name} {version} is known to fail. Use another version.',
    sv: '{name} {version} har kända fel. Använd en annan version.',
    fr: '{name} {version} a des défauts connus. Utilisez une autre version.',
  },
  browserNotNamed: {
    en: '{name} {version} is not among the browsers that are answered for.',
    sv: '{name} {version} hör inte till de webbläsare som stöds.',
    fr: '{name} {version} ne fait pas partie des navigateurs pris en charge.',
  },
  browserNotAsked: {
    en: '{name} {version}; no particular browser is asked for.',
    sv: '{name} {version}; ingen särskild webbläsare krävs.',
    fr: '{name} {version} ; aucun navigateur particulier n’est demandé.',
  },
  noWebRtc: {
    en: '{name} {version} cannot make calls: WebRTC is missing or switched off. Switch it on or use another browser.',
    sv: '{name} {version} kan inte ringa: WebRTC saknas eller är avstängt. Slå på det eller använd en annan webbläsare.',
    fr: '{name} {version} ne peut pas appeler : WebRTC manque ou est désactivé. Activez-le ou prenez un autre navigateur.',
  },
  microphoneHeard: {
    en: '{name} is heard.',
    sv: '{name} hörs.',
    fr: '{name} : on vous entend.',
  },
  microphoneSilent: {
    en: '{name} gave no sound. Is it muted, or the wrong one?',
    sv: '{name} gav inget ljud. Är den avstängd, eller fel?',
    fr: '{name} n’a donné aucun son. Est-il coupé, ou est-ce le mauvais ?',
  },
  microphoneForbidden: {
    en: 'The microphone is not allowed for this page. Allow it in the browser’s address bar or in the system’s settings.',
    sv: 'Mikrofonen är inte tillåten för den här sidan. Tillåt den i webbläsarens adressfält eller i systemets inställningar.',
    fr: 'Le microphone n’est pas autorisé pour cette page. Autorisez-le dans la barre d’adresse ou dans les réglages du système.',
  },
  microphoneNone: {
    en: 'There is no microphone. Plug in the headset.',
    sv: 'Det finns ingen mikrofon. Koppla in headsetet.',
    fr: 'Il n’y a pas de microphone. Branchez le casque.',
  },
  microphoneNotTried: {
    en: 'The microphone was not tried yet.',
    sv: 'Mikrofonen har inte prövats än.',
    fr: 'Le microphone n’a pas encore été essayé.',
  },
  speakerNotTried: {
    en: 'The speaker was not tried yet.',
    sv: 'Högtalaren har inte prövats än.',
    fr: 'Le haut-parleur n’a pas encore été essayé.',
  },
  speakerHeard: {
    en: 'The tone was heard.',
    sv: 'Tonen hördes.',
    fr: 'La tonalité a été entendue.',
  },
  speakerNotHeard: {
    en: 'The tone was not heard. Choose another speaker in the system’s settings, or turn it up.',
    sv: 'Tonen hördes inte. Välj en annan högtalare i systemets inställningar, eller höj volymen.',
    fr: 'La tonalité n’a pas été entendue. Choisissez un autre haut-parleur dans les réglages du système, ou montez le son.',
  },
} satisfies Sentences<string>

/** Names of the verify page's sentences. */
export type PageFinding = keyof typeof pageFindings
