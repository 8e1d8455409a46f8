import type { Sentences } from './say.ts'

/** What the probe finds of names, connections and certificates; first what is so, then what to do. */
export const probeWords = {
  'check-broke': {
    en: 'This check itself failed ({reason}), so nothing is known here.',
    sv: 'Själva kontrollen misslyckades ({reason}), så här är inget känt.',
    fr: 'La vérification elle-même a échoué ({reason}) : on ne sait rien sur ce point.',
  },
  'check-too-long': {
    en: 'This check did not end within {seconds} s, so nothing is known here.',
    sv: 'Kontrollen blev inte klar inom {seconds} s, så här är inget känt.',
    fr: 'La vérification n’a pas abouti en {seconds} s : on ne sait rien sur ce point.',
  },
  'ended-early': {
    en: 'Stopped before its end, so nothing is known here.',
    sv: 'Avbröts i förtid, så här är inget känt.',
    fr: 'Interrompu avant la fin : on ne sait rien sur ce point.',
  },
  'tcp-open': {
    en: '{carries} to {host}, TCP port {port}, gets through in {tookMs} ms.',
    sv: '{carries} till {host}, TCP-port {port}, går igenom på {tookMs} ms.',
    fr: '{carries} vers {host}, port TCP {port}, passe en {tookMs} ms.',
  },
  'tcp-some': {
    en: '{open} of the {all} addresses of {host} answer on TCP port {port}. Some connections will fail: allow all of them.',
    sv: '{open} av de {all} adresserna för {host} svarar på TCP-port {port}. En del anslutningar kommer att misslyckas: tillåt alla.',
    fr: '{open} des {all} adresses de {host} répondent sur le port TCP {port}. Certaines connexions échoueront : autorisez-les toutes.',
  },
  'tcp-by-proxy': {
    en: '{host}, TCP port {port}, is reached by the proxy {proxy} alone. That is enough for {carries}; programs that do not use the proxy get nothing.',
    sv: '{host}, TCP-port {port}, nås bara genom proxyn {proxy}. Det räcker för {carries}; program som inte använder proxyn kommer ingenstans.',
    fr: '{host}, port TCP {port}, n’est joint que par le proxy {proxy}. C’est assez pour {carries} ; les programmes qui ignorent le proxy n’auront rien.',
  },
  'tcp-no-address': {
    en: 'No address is found for {host}, so TCP port {port} could not be tried. See the results for names (DNS).',
    sv: 'Ingen adress hittas för {host}, så TCP-port {port} kunde inte prövas. Se resultaten för namn (DNS).',
    fr: 'Aucune adresse pour {host} : le port TCP {port} n’a pas pu être essayé. Voir les résultats des noms (DNS).',
  },
  'tcp-silent': {
    en: 'No answer at all from {host} on TCP port {port}: a firewall drops it. Open TCP {port} to there.',
    sv: 'Inget svar alls från {host} på TCP-port {port}: en brandvägg kastar det. Öppna TCP {port} dit.',
    fr: 'Aucune réponse de {host} sur le port TCP {port} : un pare-feu l’écarte. Ouvrez TCP {port} vers cette adresse.',
  },
  'tcp-refused': {
    en: '{host} refuses TCP port {port}: nothing listens there, or a firewall rejects it. Look at the firewall’s log; if it shows nothing, tell the service.',
    sv: '{host} avvisar TCP-port {port}: inget lyssnar där, eller så avvisar en brandvägg. Se i brandväggens logg; syns inget där, kontakta tjänsten.',
    fr: '{host} refuse le port TCP {port} : rien n’y écoute, ou un pare-feu rejette. Consultez le journal du pare-feu ; s’il ne montre rien, prévenez le service.',
  },
  'tcp-unreachable': {
    en: 'The network says that there is no way to {host} (TCP port {port}). Add a route.',
    sv: 'Nätet säger att det inte finns någon väg till {host} (TCP-port {port}). Lägg till en rutt.',
    fr: 'Le réseau indique qu’il n’y a pas de chemin vers {host} (port TCP {port}). Ajoutez une route.',
  },
  'tcp-reset': {
    en: 'The connection to {host}, TCP port {port}, is cut at once: a device on the way ends it. Exempt it from inspection.',
    sv: 'Anslutningen till {host}, TCP-port {port}, bryts genast: något på vägen avslutar den. Undanta den från granskning.',
    fr: 'La connexion à {host}, port TCP {port}, est coupée aussitôt : un équipement y met fin. Exemptez-la de l’inspection.',
  },
  'tcp-local': {
    en: 'This machine itself forbids the connection to {host}, TCP port {port}. Look at its own firewall.',
    sv: 'Datorn själv förbjuder anslutningen till {host}, TCP-port {port}. Se över dess egen brandvägg.',
    fr: 'Cette machine interdit elle-même la connexion à {host}, port TCP {port}. Voyez son propre pare-feu.',
  },
  'tcp-answers-for-all': {
    en: '{host} seems to answer on TCP port {port}, but a port where nothing listens answers too: a transparent proxy takes the connections, so nothing is proven.',
    sv: '{host} verkar svara på TCP-port {port}, men en port där inget lyssnar svarar också: en transparent proxy tar emot anslutningarna, så inget är bevisat.',
    fr: '{host} semble répondre sur le port TCP {port}, mais un port où rien n’écoute répond aussi : un proxy transparent prend les connexions, donc rien n’est prouvé.',
  },
  'tcp-nowhere': {
    en: 'Not tried: {what} names no single machine. Name its servers in the profile of the site.',
    sv: 'Inte prövat: {what} pekar inte ut någon enskild maskin. Ange dess servrar i platsens profil.',
    fr: 'Non essayé : {what} ne désigne aucune machine précise. Nommez ses serveurs dans le profil du site.',
  },
  'tls-good': {
    en: 'The certificate of {host} is right, from {issuer}, for {days} more days; TLS {version}.',
    sv: 'Certifikatet för {host} är rätt, från {issuer}, i {days} dagar till; TLS {version}.',
    fr: 'Le certificat de {host} est correct, émis par {issuer}, encore {days} jours ; TLS {version}.',
  },
  'tls-expires-soon': {
    en: 'The certificate of {host} ends in {days} days. Renew it now.',
    sv: 'Certifikatet för {host} går ut om {days} dagar. Förnya det nu.',
    fr: 'Le certificat de {host} expire dans {days} jours. Renouvelez-le maintenant.',
  },
  'tls-expired': {
    en: 'The certificate of {whose}, which {host} shows, ended on {day}. Nobody can connect before it is renewed.',
    sv: 'Certifikatet för {whose}, som {host} visar, gick ut {day}. Ingen kan ansluta förrän det är förnyat.',
    fr: 'Le certificat de {whose}, présenté par {host}, a expiré le {day}. Personne ne peut se connecter avant son renouvellement.',
  },
  'tls-early': {
    en: 'The certificate of {whose}, which {host} shows, is valid from {day} only.',
    sv: 'Certifikatet för {whose}, som {host} visar, gäller först från {day}.',
    fr: 'Le certificat de {whose}, présenté par {host}, n’est valable qu’à partir du {day}.',
  },
  'tls-expired-or-clock': {
    en: 'The certificate of {whose}, which {host} shows, ends on {day}, but this machine’s clock cannot be believed: nothing is concluded. Set the clock and run the probe again.',
    sv: 'Certifikatet för {whose}, som {host} visar, går ut {day}, men datorns klocka går inte att lita på: ingen slutsats dras. Ställ klockan och kör proben igen.',
    fr: 'Le certificat de {whose}, présenté par {host}, expire le {day}, mais l’horloge de cette machine n’est pas fiable : aucune conclusion. Réglez l’horloge et relancez la sonde.',
  },
  'tls-early-or-clock': {
    en: 'The certificate of {whose}, which {host} shows, begins on {day}, but this machine’s clock cannot be believed: nothing is concluded. Set the clock and run the probe again.',
    sv: 'Certifikatet för {whose}, som {host} visar, börjar gälla {day}, men datorns klocka går inte att lita på: ingen slutsats dras. Ställ klockan och kör proben igen.',
    fr: 'Le certificat de {whose}, présenté par {host}, débute le {day}, mais l’horloge de cette machine n’est pas fiable : aucune conclusion. Réglez l’horloge et relancez la sonde.',
  },
  'tls-dates-unreadable': {
    en: 'The certificate of {host} has dates that cannot be read. It has to be issued anew.',
    sv: 'Certifikatet för {host} har datum som inte går att läsa. Det måste utfärdas på nytt.',
    fr: 'Le certificat de {host} porte des dates illisibles. Il faut le réémettre.',
  },
  'tls-no-certificate': {
    en: '{host} speaks TLS without showing a certificate: nobody knows who answers.',
    sv: '{host} talar TLS utan att visa något certifikat: ingen vet vem som svarar.',
    fr: '{host} parle TLS sans présenter de certificat : on ne sait pas qui répond.',
  },
  'tls-huge': {
    en: 'The certificate of {host} has {bytes} bytes; telephones and other small devices cannot take that. Issue one with fewer names.',
    sv: 'Certifikatet för {host} är {bytes} byte; telefoner och andra små enheter klarar inte det. Utfärda ett med färre namn.',
    fr: 'Le certificat de {host} pèse {bytes} octets ; les téléphones et petits appareils n’en veulent pas. Émettez-en un avec moins de noms.',
  },
  'tls-wrong-name': {
    en: 'The certificate that {host} shows is for {names}, not for {name}. Either it is the wrong one, or somebody else answers.',
    sv: 'Certifikatet som {host} visar gäller {names}, inte {name}. Antingen är det fel certifikat, eller så svarar någon annan.',
    fr: 'Le certificat présenté par {host} est pour {names}, pas pour {name}. Soit ce n’est pas le bon, soit quelqu’un d’autre répond.',
  },
  'tls-wildcard-sip': {
    en: 'The certificate of {host} covers {name} by a wildcard ({names}) only, which SIP does not accept (RFC 5922). It must hold the name itself.',
    sv: 'Certifikatet för {host} täcker {name} bara med ett jokertecken ({names}), vilket SIP inte godtar (RFC 5922). Namnet självt måste stå där.',
    fr: 'Le certificat de {host} ne couvre {name} que par un joker ({names}), que SIP n’accepte pas (RFC 5922). Il doit porter le nom lui-même.',
  },
  'tls-wildcard': {
    en: 'The certificate of {host} has a wildcard ({names}); this service does not accept that. Issue one with the names themselves.',
    sv: 'Certifikatet för {host} har ett jokertecken ({names}); tjänsten godtar inte det. Utfärda ett med själva namnen.',
    fr: 'Le certificat de {host} contient un joker ({names}) ; ce service ne l’accepte pas. Émettez-en un avec les noms eux-mêmes.',
  },
  'tls-usage': {
    en: 'The certificate of {host} may not be used for {usage}. Have it issued with that use.',
    sv: 'Certifikatet för {host} får inte användas för {usage}. Låt utfärda det med den användningen.',
    fr: 'Le certificat de {host} ne permet pas l’usage {usage}. Faites-le émettre avec cet usage.',
  },
  'tls-version': {
    en: '{host} agrees on TLS {version} only; {wanted} is needed.',
    sv: '{host} går bara med på TLS {version}; {wanted} krävs.',
    fr: '{host} n’accepte que TLS {version} ; il faut {wanted}.',
  },
  'tls-takes-old': {
    en: '{host} still takes TLS {version}, which is no longer safe (RFC 8996). Switch it off.',
    sv: '{host} tar fortfarande emot TLS {version}, som inte längre är säkert (RFC 8996). Stäng av det.',
    fr: '{host} accepte encore TLS {version}, qui n’est plus sûr (RFC 8996). Désactivez-le.',
  },
  'tls-weak-key': {
    en: 'The key of {host} has {bits} bits; 2048 are the least.',
    sv: 'Nyckeln för {host} har {bits} bitar; 2048 är det minsta.',
    fr: 'La clé de {host} fait {bits} bits ; il en faut au moins 2048.',
  },
  'tls-incomplete': {
    en: '{host} does not send the certificate of its issuer {issuer}. Browsers often mend that, telephones do not: put the whole chain on the server.',
    sv: '{host} skickar inte med utfärdarens certifikat ({issuer}). Webbläsare lagar ofta det, telefoner gör det inte: lägg hela kedjan på servern.',
    fr: '{host} n’envoie pas le certificat de son émetteur {issuer}. Les navigateurs s’en accommodent souvent, les téléphones non : mettez toute la chaîne sur le serveur.',
  },
  'tls-not-public': {
    en: 'The certificate of {host} comes from {issuer}, which is no public authority. If that is the site’s own inspection of TLS, exempt {host} from it; if the service has an authority of its own, give its root to the probe by --ca.',
    sv: 'Certifikatet för {host} kommer från {issuer}, som inte är någon allmän utfärdare. Är det platsens egen TLS-granskning, undanta {host}; har tjänsten en egen utfärdare, ge proben dess rotcertifikat med --ca.',
    fr: 'Le certificat de {host} vient de {issuer}, qui n’est pas une autorité publique. Si c’est l’inspection TLS du site, exemptez-en {host} ; si le service a sa propre autorité, donnez sa racine à la sonde par --ca.',
  },
  'tls-private': {
    en: 'The certificate of {host} comes from {issuer}, a private authority that this machine does not know. Install its root on every machine, and give it to the probe by --ca.',
    sv: 'Certifikatet för {host} kommer från {issuer}, en privat utfärdare som datorn inte känner. Installera rotcertifikatet på alla datorer, och ge det till proben med --ca.',
    fr: 'Le certificat de {host} vient de {issuer}, autorité privée inconnue de cette machine. Installez sa racine sur tous les postes, et donnez-la à la sonde par --ca.',
  },
  'tls-untrusted': {
    en: 'The certificate of {host} cannot be trusted: {reason}.',
    sv: 'Certifikatet för {host} går inte att lita på: {reason}.',
    fr: 'Le certificat de {host} n’est pas digne de confiance : {reason}.',
  },
  'tls-silent': {
    en: '{host} takes the connection on TCP port {port} and then says nothing: a device on the way holds TLS back.',
    sv: '{host} tar emot anslutningen på TCP-port {port} och tiger sedan: något på vägen håller inne TLS.',
    fr: '{host} accepte la connexion sur le port TCP {port} puis se tait : un équipement retient le TLS.',
  },
  'tls-cut': {
    en: 'TLS to {host}, TCP port {port}, is cut at its beginning: a device on the way does not let it pass. Exempt {host} from inspection.',
    sv: 'TLS till {host}, TCP-port {port}, bryts i början: något på vägen släpper inte igenom det. Undanta {host} från granskning.',
    fr: 'Le TLS vers {host}, port TCP {port}, est coupé dès le début : un équipement ne le laisse pas passer. Exemptez {host} de l’inspection.',
  },
  'tls-not-tls': {
    en: 'Something answers on {host}, TCP port {port}, but not TLS. Is it another service, or a page of a proxy?',
    sv: 'Något svarar på {host}, TCP-port {port}, men inte TLS. Är det en annan tjänst, eller en sida från en proxy?',
    fr: 'Quelque chose répond sur {host}, port TCP {port}, mais pas en TLS. Est-ce un autre service, ou une page de proxy ?',
  },
  'tls-no-common-version': {
    en: '{host}, TCP port {port}, offers no version of TLS that is still in use.',
    sv: '{host}, TCP-port {port}, erbjuder ingen TLS-version som ännu används.',
    fr: '{host}, port TCP {port}, ne propose aucune version de TLS encore en usage.',
  },
  'tls-refused': {
    en: '{host}, TCP port {port}, refuses TLS ({detail}). It may want a certificate of the client.',
    sv: '{host}, TCP-port {port}, vägrar TLS ({detail}). Den kanske vill ha ett klientcertifikat.',
    fr: '{host}, port TCP {port}, refuse le TLS ({detail}). Il veut peut-être un certificat du client.',
  },
  'tls-hostile': {
    en: 'What {host} shows on TCP port {port} cannot be read as a certificate ({detail}).',
    sv: 'Det som {host} visar på TCP-port {port} går inte att läsa som ett certifikat ({detail}).',
    fr: 'Ce que {host} présente sur le port TCP {port} n’est pas lisible comme certificat ({detail}).',
  },
  'tls-no-way': {
    en: 'The certificate of {host} could not be looked at, as TCP port {port} was not reached ({detail}).',
    sv: 'Certifikatet för {host} kunde inte granskas, eftersom TCP-port {port} inte nåddes ({detail}).',
    fr: 'Le certificat de {host} n’a pas pu être examiné, le port TCP {port} n’étant pas joint ({detail}).',
  },
  'dns-found': {
    en: '{name} is found: {found}.',
    sv: '{name} hittas: {found}.',
    fr: '{name} est résolu : {found}.',
  },
  'dns-no-resolver': {
    en: 'This machine has no DNS server set. Set one.',
    sv: 'Datorn har ingen DNS-server inställd. Ange en.',
    fr: 'Cette machine n’a aucun serveur DNS. Indiquez-en un.',
  },
  'dns-invents': {
    en: 'The DNS server {liar} finds even a name that cannot be there, so what it says of {name} proves nothing. Switch off its redirection of unknown names.',
    sv: 'DNS-servern {liar} hittar till och med ett namn som inte kan finnas, så vad den säger om {name} bevisar inget. Stäng av dess omdirigering av okända namn.',
    fr: 'Le serveur DNS {liar} trouve même un nom qui ne peut exister : ce qu’il dit de {name} ne prouve rien. Désactivez sa redirection des noms inconnus.',
  },
  'dns-no-name': {
    en: '{resolvers} says that there is no name {name}. Is an inner zone of that name in the way, or is it misspelt?',
    sv: '{resolvers} säger att namnet {name} inte finns. Ligger en intern zon med det namnet i vägen, eller är det felstavat?',
    fr: '{resolvers} affirme que le nom {name} n’existe pas. Une zone interne du même nom le masque-t-elle, ou est-il mal écrit ?',
  },
  'dns-no-record': {
    en: '{name} is known to {resolvers}, but without a record of type {types}. An inner zone may hold half of it only.',
    sv: '{resolvers} känner {name}, men utan post av typen {types}. En intern zon kanske bara har halva.',
    fr: '{resolvers} connaît {name}, mais sans enregistrement {types}. Une zone interne n’en a peut-être que la moitié.',
  },
  'dns-silent': {
    en: 'No answer for {name} from {resolvers} in time. Let UDP and TCP port 53 through to it, or name another.',
    sv: 'Inget svar om {name} från {resolvers} i tid. Släpp fram UDP- och TCP-port 53 dit, eller ange en annan.',
    fr: 'Pas de réponse pour {name} de {resolvers} à temps. Laissez passer UDP et TCP 53 vers lui, ou indiquez-en un autre.',
  },
  'dns-failed': {
    en: '{resolvers} could not find out about {name} (SERVFAIL): it does not reach the internet, or takes signatures (DNSSEC) for wrong.',
    sv: '{resolvers} kunde inte ta reda på {name} (SERVFAIL): den når inte internet, eller underkänner signaturer (DNSSEC).',
    fr: '{resolvers} n’a rien pu savoir de {name} (SERVFAIL) : il n’atteint pas l’internet, ou juge fausses les signatures (DNSSEC).',
  },
  'dns-refused': {
    en: '{resolvers} does not answer this machine (REFUSED) about {name}. Allow it to ask.',
    sv: '{resolvers} svarar inte den här datorn (REFUSED) om {name}. Tillåt den att fråga.',
    fr: '{resolvers} refuse de répondre à cette machine (REFUSED) pour {name}. Autorisez-la à l’interroger.',
  },
  'dns-nonsense': {
    en: 'What {resolvers} answers about {name} is no DNS. Something else listens there.',
    sv: 'Det som {resolvers} svarar om {name} är inte DNS. Något annat lyssnar där.',
    fr: 'Ce que {resolvers} répond pour {name} n’est pas du DNS. Autre chose y écoute.',
  },
  'dns-some': {
    en: '{name} is found by some DNS servers of this machine and not by {bad}: it fails now and then. Mend that server or remove it.',
    sv: '{name} hittas av några av datorns DNS-servrar men inte av {bad}: det misslyckas då och då. Laga den servern eller ta bort den.',
    fr: '{name} est trouvé par certains serveurs DNS de cette machine, mais pas par {bad} : échecs par moments. Réparez ce serveur ou retirez-le.',
  },
  'dns-elsewhere': {
    en: '{name} leads to {addresses}, which are none of the service’s addresses: an inner zone or a device on the way answers in its place.',
    sv: '{name} leder till {addresses}, som inte hör till tjänstens adresser: en intern zon eller något på vägen svarar i dess ställe.',
    fr: '{name} mène à {addresses}, qui ne sont pas des adresses du service : une zone interne ou un équipement répond à sa place.',
  },
} as const satisfies Sentences<string>
