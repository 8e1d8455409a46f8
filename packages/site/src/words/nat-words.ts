import type { Sentences } from './say.ts'

/** What the probe found of STUN and of the address translation between it and the service. */
export const natWords = {
  'stun-answers': {
    en: 'STUN answers over UDP. From outside, this place is {address}.',
    sv: 'STUN svarar över UDP. Utifrån syns platsen som {address}.',
    fr: 'STUN répond en UDP. De l’extérieur, ce lieu est vu comme {address}.',
  },
  'stun-silent': {
    en: 'No answer came from STUN at {server} over UDP. Let UDP out to that port and its answers in.',
    sv: 'Inget svar kom från STUN på {server} över UDP. Släpp ut UDP till den porten och släpp in svaren.',
    fr: 'Aucune réponse de STUN à {server} en UDP. Autorisez UDP vers ce port, et les réponses en retour.',
  },
  'nat-needs-stun': {
    en: 'Address translation could not be looked at, since STUN does not answer.',
    sv: 'Adressöversättningen kunde inte undersökas, eftersom STUN inte svarar.',
    fr: 'La traduction d’adresses n’a pas pu être examinée, car STUN ne répond pas.',
  },
  'nat-mapping-none': {
    en: 'No address translation: the service sees this machine’s own address {inside}.',
    sv: 'Ingen adressöversättning: tjänsten ser datorns egen adress {inside}.',
    fr: 'Pas de traduction d’adresses : le service voit l’adresse {inside} de cette machine.',
  },
  'nat-mapping-endpoint-independent': {
    en: 'One way out for all destinations (endpoint-independent mapping), as {outside}. Calls and direct connections work well behind it.',
    sv: 'En och samma väg ut till alla mål (endpoint-independent mapping), som {outside}. Samtal och direkta förbindelser fungerar väl bakom den.',
    fr: 'Une seule sortie pour toutes les destinations (endpoint-independent mapping), vue comme {outside}. Les appels et les connexions directes s’en accommodent bien.',
  },
  'nat-mapping-address-dependent': {
    en: 'Another way out for each destination address (address-dependent mapping), as {outside}. Calls work, since they go to the service; connections directly between two places may need a relay.',
    sv: 'En egen väg ut för varje måladress (address-dependent mapping), som {outside}. Samtal fungerar, eftersom de går till tjänsten; direkta förbindelser mellan två platser kan behöva ett relä.',
    fr: 'Une sortie différente par adresse de destination (address-dependent mapping), vue comme {outside}. Les appels fonctionnent, car ils vont au service ; des connexions directes entre deux lieux peuvent exiger un relais.',
  },
  'nat-mapping-address-and-port-dependent': {
    en: 'Another way out for each destination and port (symmetric), as {outside}. Calls to the service work; whatever learns its address from STUN and connects directly needs a relay.',
    sv: 'En egen väg ut för varje mål och port (symmetrisk), som {outside}. Samtal till tjänsten fungerar; det som lär sig sin adress av STUN och förbinder sig direkt behöver ett relä.',
    fr: 'Une sortie différente par destination et par port (symétrique), vue comme {outside}. Les appels vers le service fonctionnent ; ce qui apprend son adresse par STUN pour se connecter directement a besoin d’un relais.',
  },
  'nat-mapping-same-for-one-address': {
    en: 'The same way out for two ports of the service, as {outside}. The service has one address, so what another address would get was not tested.',
    sv: 'Samma väg ut till två av tjänstens portar, som {outside}. Tjänsten har en adress, så vad en annan adress skulle få är inte prövat.',
    fr: 'La même sortie pour deux ports du service, vue comme {outside}. Le service n’a qu’une adresse : ce qu’obtiendrait une autre n’a pas été testé.',
  },
  'nat-mapping-not-tested': {
    en: 'An address translator is between here and the service ({inside} became {outside}); only one port answered, so it is not known whether it treats others alike.',
    sv: 'En adressöversättare finns på vägen ({inside} blev {outside}); bara en port svarade, så det är okänt om andra behandlas lika.',
    fr: 'Un traducteur d’adresses est sur le chemin ({inside} est devenu {outside}) ; un seul port a répondu, on ignore donc s’il traite les autres de même.',
  },
  'nat-several-addresses': {
    en: 'Packets of one machine leave by {count} public addresses ({addresses}). Audio then comes from another address than its call, and phones without encryption are not heard. Bind each inside address to one public address.',
    sv: 'Paket från en och samma dator går ut med {count} publika adresser ({addresses}). Ljudet kommer då från en annan adress än samtalet, och telefoner utan kryptering hörs inte. Knyt varje insides adress till en publik adress.',
    fr: 'Les paquets d’une même machine sortent par {count} adresses publiques ({addresses}). Le son vient alors d’une autre adresse que son appel, et les téléphones sans chiffrement ne sont pas entendus. Associez chaque adresse interne à une seule adresse publique.',
  },
  'nat-filtering-endpoint-independent': {
    en: 'Whoever knows the way in may send to this machine (endpoint-independent filtering). Calls need less than that.',
    sv: 'Den som känner vägen in får sända till datorn (endpoint-independent filtering). Samtal behöver mindre än så.',
    fr: 'Quiconque connaît l’entrée peut envoyer à cette machine (endpoint-independent filtering). Les appels n’en demandent pas tant.',
  },
  'nat-filtering-address-dependent': {
    en: 'Only addresses that were spoken to get in, by any of their ports (address-dependent filtering). That suits calls.',
    sv: 'Bara adresser som man talat med släpps in, från vilken port som helst (address-dependent filtering). Det passar samtal.',
    fr: 'Seules entrent les adresses déjà contactées, quel que soit leur port (address-dependent filtering). Cela convient aux appels.',
  },
  'nat-filtering-address-and-port-dependent': {
    en: 'Only exactly who was spoken to gets in (address- and port-dependent filtering). That suits calls and is the safest.',
    sv: 'Bara just den som man talat med släpps in (address- and port-dependent filtering). Det passar samtal och är säkrast.',
    fr: 'Seul entre exactement celui qui a été contacté (address- and port-dependent filtering). Cela convient aux appels et c’est le plus sûr.',
  },
  'nat-filtering-not-tested': {
    en: 'Who else would be let in was not tested: the STUN server cannot answer from another address.',
    sv: 'Vem mer som skulle släppas in är inte prövat: STUN-servern kan inte svara från en annan adress.',
    fr: 'Qui d’autre pourrait entrer n’a pas été testé : le serveur STUN ne peut pas répondre d’une autre adresse.',
  },
  'nat-hairpin-yes': {
    en: 'Two machines here reach each other by their outside addresses (hairpinning).',
    sv: 'Två datorer här når varandra med sina utsidesadresser (hairpinning).',
    fr: 'Deux machines d’ici se joignent par leurs adresses externes (hairpinning).',
  },
  'nat-hairpin-no': {
    en: 'Two machines here do not reach each other by their outside addresses (no hairpinning). Calls go over the service and do not need it.',
    sv: 'Två datorer här når inte varandra med sina utsidesadresser (ingen hairpinning). Samtal går över tjänsten och behöver det inte.',
    fr: 'Deux machines d’ici ne se joignent pas par leurs adresses externes (pas de hairpinning). Les appels passent par le service et n’en ont pas besoin.',
  },
  'nat-lifetime-enough': {
    en: 'A way that is silent stays open for at least {seconds} s.',
    sv: 'En tyst väg hålls öppen i minst {seconds} s.',
    fr: 'Un passage silencieux reste ouvert au moins {seconds} s.',
  },
  'nat-lifetime-short': {
    en: 'A way that is silent is closed after {from} to {to} s. Desk phones over UDP then miss calls. Raise the UDP time-out of the router to 60 s or more, or let the phones use TLS.',
    sv: 'En tyst väg stängs efter {from} till {to} s. Bordstelefoner över UDP missar då samtal. Höj routerns tidsgräns för UDP till minst 60 s, eller låt telefonerna använda TLS.',
    fr: 'Un passage silencieux se ferme après {from} à {to} s. Les postes en UDP manquent alors des appels. Portez le délai UDP du routeur à 60 s au moins, ou passez les postes en TLS.',
  },
  'nat-lifetime-not-tested': {
    en: 'How long a silent way stays open was not tested.',
    sv: 'Hur länge en tyst väg hålls öppen är inte prövat.',
    fr: 'La durée pendant laquelle un passage silencieux reste ouvert n’a pas été testée.',
  },
} as const satisfies Sentences<string>
