import type { CheckName } from '../catalogue/requirement.ts'
import type { FaultOwner, Outcome } from '../verdict/check-result.ts'
import type { Verdict } from '../verdict/site-report.ts'
import type { Sentences } from './say.ts'

/** The verdict in one word, and what it means. */
export const verdictWords = {
  ready: { en: 'READY', sv: 'REDO', fr: 'PRÊT' },
  'ready-with-limits': { en: 'READY WITH LIMITS', sv: 'REDO MED FÖRBEHÅLL', fr: 'PRÊT AVEC RÉSERVES' },
  'not-ready': { en: 'NOT READY', sv: 'INTE REDO', fr: 'PAS PRÊT' },
  'not-proven': { en: 'NOT PROVEN', sv: 'INTE BEVISAT', fr: 'NON PROUVÉ' },
} as const satisfies Sentences<Verdict>

export const verdictMeanings = {
  ready: {
    en: 'Everything that is required was tried from here and works.',
    sv: 'Allt som krävs har prövats härifrån och fungerar.',
    fr: 'Tout ce qui est requis a été essayé d’ici et fonctionne.',
  },
  'ready-with-limits': {
    en: 'The service can be used from here, but not as well as it should be.',
    sv: 'Tjänsten kan användas härifrån, men inte så bra som den borde.',
    fr: 'Le service est utilisable d’ici, mais moins bien qu’il ne devrait.',
  },
  'not-ready': {
    en: 'Something that is required does not work from here.',
    sv: 'Något som krävs fungerar inte härifrån.',
    fr: 'Quelque chose de requis ne fonctionne pas d’ici.',
  },
  'not-proven': {
    en: 'Nothing was found to be broken, but not everything required could be shown to work.',
    sv: 'Inget visade sig vara trasigt, men allt som krävs kunde inte visas fungera.',
    fr: 'Rien ne s’est révélé défaillant, mais tout ce qui est requis n’a pas pu être prouvé.',
  },
} as const satisfies Sentences<Verdict>

export const outcomeWords = {
  pass: { en: 'works', sv: 'fungerar', fr: 'fonctionne' },
  limit: { en: 'limited', sv: 'begränsat', fr: 'limité' },
  fail: { en: 'fails', sv: 'fungerar inte', fr: 'échoue' },
  inconclusive: { en: 'not conclusive', sv: 'oavgjort', fr: 'non concluant' },
  'not-tested': { en: 'not tested', sv: 'inte prövat', fr: 'non testé' },
  'not-applicable': { en: 'does not apply', sv: 'gäller inte', fr: 'sans objet' },
  stale: { en: 'too old', sv: 'för gammalt', fr: 'trop ancien' },
} as const satisfies Sentences<Outcome>

/** Who has to act. */
export const ownerWords = {
  'customer-firewall': {
    en: 'who runs the site’s firewall',
    sv: 'den som sköter platsens brandvägg',
    fr: 'le responsable du pare-feu du site',
  },
  'customer-network': {
    en: 'who runs the site’s network',
    sv: 'den som sköter platsens nät',
    fr: 'le responsable du réseau du site',
  },
  'internet-provider': { en: 'the internet provider', sv: 'internetleverantören', fr: 'le fournisseur d’accès' },
  service: { en: 'the service', sv: 'tjänsten', fr: 'le service' },
  endpoint: { en: 'who runs this computer', sv: 'den som sköter datorn', fr: 'le responsable de ce poste' },
  unknown: { en: 'not known yet', sv: 'ännu inte känt', fr: 'pas encore connu' },
} as const satisfies Sentences<FaultOwner>

export const checkWords = {
  dns: { en: 'Names (DNS)', sv: 'Namn (DNS)', fr: 'Noms (DNS)' },
  srv: { en: 'Services (SRV)', sv: 'Tjänster (SRV)', fr: 'Services (SRV)' },
  tcp: { en: 'Connections (TCP)', sv: 'Anslutningar (TCP)', fr: 'Connexions (TCP)' },
  tls: { en: 'Certificates (TLS)', sv: 'Certifikat (TLS)', fr: 'Certificats (TLS)' },
  'udp-media': { en: 'Ports for audio (UDP)', sv: 'Portar för ljud (UDP)', fr: 'Ports audio (UDP)' },
  stun: { en: 'STUN', sv: 'STUN', fr: 'STUN' },
  turn: { en: 'Relay (TURN)', sv: 'Relä (TURN)', fr: 'Relais (TURN)' },
  'web-socket': { en: 'WebSocket', sv: 'WebSocket', fr: 'WebSocket' },
  nat: { en: 'Address translation (NAT)', sv: 'Adressöversättning (NAT)', fr: 'Traduction d’adresses (NAT)' },
  'sip-alg': {
    en: 'SIP gateway in the router (ALG)',
    sv: 'SIP-hjälp i routern (ALG)',
    fr: 'Passerelle SIP du routeur (ALG)',
  },
  dscp: { en: 'Priority marks (DSCP)', sv: 'Prioritetsmärkning (DSCP)', fr: 'Marques de priorité (DSCP)' },
  'path-mtu': { en: 'Packet size (MTU)', sv: 'Paketstorlek (MTU)', fr: 'Taille des paquets (MTU)' },
  ntp: { en: 'Time', sv: 'Tid', fr: 'Heure' },
  'stream-quality': { en: 'Quality of the line', sv: 'Förbindelsens kvalitet', fr: 'Qualité de la ligne' },
  'several-calls': { en: 'Several calls at once', sv: 'Flera samtal samtidigt', fr: 'Appels simultanés' },
  browser: { en: 'Browser', sv: 'Webbläsare', fr: 'Navigateur' },
  devices: { en: 'Headset and microphone', sv: 'Headset och mikrofon', fr: 'Casque et microphone' },
} as const satisfies Sentences<CheckName>

/** Headings and labels of a report. */
export const reportWords = {
  title: { en: 'Is {site} ready?', sv: 'Är {site} redo?', fr: '{site} est-il prêt ?' },
  proven: {
    en: '{proven} of {required} required proven',
    sv: '{proven} av {required} krav bevisade',
    fr: '{proven} exigences prouvées sur {required}',
  },
  notFromHere: {
    en: '{count} more cannot be proven from inside the site.',
    sv: '{count} till går inte att bevisa inifrån platsen.',
    fr: '{count} autres ne peuvent être prouvées depuis le site.',
  },
  lost: {
    en: 'What is lost, and who must act',
    sv: 'Vad som går förlorat och vem som ska göra något',
    fr: 'Ce qui est perdu, et qui doit agir',
  },
  nothingLost: { en: 'Nothing.', sv: 'Inget.', fr: 'Rien.' },
  evidence: { en: 'Evidence', sv: 'Belägg', fr: 'Preuves' },
  requirement: { en: 'Requirement', sv: 'Krav', fr: 'Exigence' },
  state: { en: 'State', sv: 'Läge', fr: 'État' },
  who: { en: 'Who must act', sv: 'Vem ska göra något', fr: 'Qui doit agir' },
  where: { en: 'Part of the site', sv: 'Del av platsen', fr: 'Partie du site' },
  tried: { en: 'Tried', sv: 'Prövat', fr: 'Essayé' },
  found: { en: 'Found', sv: 'Resultat', fr: 'Constat' },
  details: { en: 'Details', sv: 'Detaljer', fr: 'Détails' },
  controlsFailed: {
    en: 'The counter-check did not hold.',
    sv: 'Motprovet höll inte.',
    fr: 'Le contre-essai n’a pas tenu.',
  },
  made: {
    en: 'Measured {from} to {to} by {tool} {version} on {on}, against {catalogue} {catalogueVersion}.',
    sv: 'Mätt {from} till {to} med {tool} {version} på {on}, mot {catalogue} {catalogueVersion}.',
    fr: 'Mesuré du {from} au {to} par {tool} {version} sur {on}, selon {catalogue} {catalogueVersion}.',
  },
  formulas: {
    en: 'One-way delay is half of the round trip. Jitter is the mean of the running estimate of RFC 3550 A.8. MOS is the E-model of ITU-T G.107 for G.711.',
    sv: 'Fördröjning en väg är halva tur och retur-tiden. Jitter är medelvärdet av den löpande skattningen i RFC 3550 A.8. MOS är E-modellen i ITU-T G.107 för G.711.',
    fr: 'Le délai à l’aller est la moitié de l’aller-retour. La gigue est la moyenne de l’estimation courante de RFC 3550 A.8. Le MOS suit le modèle E de l’UIT-T G.107 pour G.711.',
  },
  verifyPage: { en: 'the verify page', sv: 'kontrollsidan', fr: 'la page de vérification' },
  probe: { en: 'the probe', sv: 'proben', fr: 'la sonde' },
} as const satisfies Sentences<string>
