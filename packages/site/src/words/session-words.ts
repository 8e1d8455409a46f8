import type { Sentences } from './say.ts'

/** Why a probe could not even begin, and what to do. */
export const sessionWords = {
  'target-not-found': {
    en: 'No address is found for {host}. Is the name right, and does this machine reach its DNS server?',
    sv: 'Ingen adress hittas för {host}. Är namnet rätt, och når datorn sin DNS-server?',
    fr: 'Aucune adresse pour {host}. Le nom est-il juste, et cette machine atteint-elle son serveur DNS ?',
  },
  'target-proxy': {
    en: 'The proxy does not let this machine through to {host} ({detail}). Set HTTPS_PROXY right, or allow {host} in the proxy.',
    sv: 'Proxyn släpper inte fram datorn till {host} ({detail}). Ställ in HTTPS_PROXY rätt, eller tillåt {host} i proxyn.',
    fr: 'Le proxy ne laisse pas cette machine joindre {host} ({detail}). Corrigez HTTPS_PROXY, ou autorisez {host} dans le proxy.',
  },
  'target-no-connection': {
    en: 'No connection to {host} ({detail}). Is it the right name and port, and does the firewall let HTTPS out?',
    sv: 'Ingen anslutning till {host} ({detail}). Är namn och port rätt, och släpper brandväggen ut HTTPS?',
    fr: 'Pas de connexion à {host} ({detail}). Le nom et le port sont-ils justes, et le pare-feu laisse-t-il sortir HTTPS ?',
  },
  'target-no-tls': {
    en: '{host} answers, but not with TLS as a web server does ({detail}). Is it the right port, or does a device on the way break TLS?',
    sv: '{host} svarar, men inte med TLS som en webbserver ({detail}). Är porten rätt, eller bryter något på vägen TLS?',
    fr: '{host} répond, mais pas en TLS comme un serveur web ({detail}). Le port est-il juste, ou un équipement casse-t-il le TLS ?',
  },
  'target-nonsense': {
    en: 'What answers at {host} is no Vaxel server, or something on the way answers in its place ({detail}).',
    sv: 'Det som svarar på {host} är ingen Vaxel-server, eller så svarar något på vägen i dess ställe ({detail}).',
    fr: 'Ce qui répond à {host} n’est pas un serveur Vaxel, ou quelque chose répond à sa place ({detail}).',
  },
  'target-refused': {
    en: '{host} would not take part: {detail}',
    sv: '{host} ville inte delta: {detail}',
    fr: '{host} a refusé de participer : {detail}',
  },
  'target-no-catalogue': {
    en: '{host} does not tell what it asks of a site. Give a catalogue by --catalogue.',
    sv: '{host} säger inte vad den kräver av en plats. Ange en katalog med --catalogue.',
    fr: '{host} ne dit pas ce qu’il exige d’un site. Donnez un catalogue par --catalogue.',
  },
  'file-unreadable': {
    en: '{file} cannot be read: {reason}',
    sv: '{file} går inte att läsa: {reason}',
    fr: '{file} est illisible : {reason}',
  },
  'file-unwritable': {
    en: '{file} cannot be written: {reason}',
    sv: '{file} går inte att skriva: {reason}',
    fr: 'Impossible d’écrire {file} : {reason}',
  },
  'file-mistake': {
    en: '{file}, line {line}: {path} {reason}',
    sv: '{file}, rad {line}: {path} {reason}',
    fr: '{file}, ligne {line} : {path} {reason}',
  },
  'no-such-catalogue': {
    en: 'There is no catalogue {id}. These come with the probe: {known}; anything else is given as a file.',
    sv: 'Det finns ingen katalog {id}. Dessa följer med proben: {known}; allt annat anges som fil.',
    fr: 'Il n’y a pas de catalogue {id}. Ceux-ci accompagnent la sonde : {known} ; tout autre se donne en fichier.',
  },
  'merge-other-catalogue': {
    en: '{file} was made against another catalogue ({id}), so it cannot be merged.',
    sv: '{file} gjordes mot en annan katalog ({id}), så den kan inte slås ihop.',
    fr: '{file} a été fait selon un autre catalogue ({id}) : il ne peut être fusionné.',
  },
  'no-target': {
    en: 'Name the server to check, or a catalogue by --catalogue.',
    sv: 'Ange servern som ska kontrolleras, eller en katalog med --catalogue.',
    fr: 'Nommez le serveur à vérifier, ou un catalogue par --catalogue.',
  },
  'wrong-option': {
    en: '--{option} must be {wanted}.',
    sv: '--{option} måste vara {wanted}.',
    fr: '--{option} doit être {wanted}.',
  },
  'wrong-target': {
    en: '{text} is no server: write it like calls.example.com, 192.0.2.1:8443 or https://calls.example.com.',
    sv: '{text} är ingen server: skriv den som calls.example.com, 192.0.2.1:8443 eller https://calls.example.com.',
    fr: '{text} n’est pas un serveur : écrivez-le comme calls.example.com, 192.0.2.1:8443 ou https://calls.example.com.',
  },
  'report-not-kept': {
    en: 'The report could not be kept at the site: {reason}',
    sv: 'Rapporten kunde inte sparas hos platsen: {reason}',
    fr: 'Le rapport n’a pas pu être conservé auprès du site : {reason}',
  },
  'no-profile': {
    en: 'No profile of the site was given: one of every kind of user is assumed.',
    sv: 'Ingen profil för platsen angavs: en användare av varje slag antas.',
    fr: 'Aucun profil du site n’a été donné : un utilisateur de chaque sorte est supposé.',
  },
} as const satisfies Sentences<string>
