import type { Sentences } from './say.ts'

/** What the probe found of gateways that rewrite SIP. */
export const algWords = {
  'alg-none': {
    en: 'SIP over {protocol} arrives as it was sent: no router on the way rewrites it.',
    sv: 'SIP över {protocol} kommer fram som den sändes: ingen router på vägen skriver om den.',
    fr: 'SIP en {protocol} arrive tel qu’il a été envoyé : aucun routeur ne le réécrit en chemin.',
  },
  'alg-changed': {
    en: 'A router on the way rewrites SIP over {protocol} (SIP ALG). Changed: {fields}. Calls then ring without audio, or drop. Switch the SIP ALG off, or let the phones use TLS.',
    sv: 'En router på vägen skriver om SIP över {protocol} (SIP ALG). Ändrat: {fields}. Samtal kan då bli utan ljud eller brytas. Stäng av SIP ALG, eller låt telefonerna använda TLS.',
    fr: 'Un routeur réécrit SIP en {protocol} (SIP ALG). Modifié : {fields}. Des appels restent alors muets ou sont coupés. Désactivez le SIP ALG, ou passez les postes en TLS.',
  },
  'alg-swallowed': {
    en: 'The port for SIP over {protocol} is reached, but a call set up through it vanishes: something on the way swallows SIP (SIP ALG). Phones would ring nobody. Switch the SIP ALG off, or let the phones use TLS.',
    sv: 'Porten för SIP över {protocol} nås, men en uppringning genom den försvinner: något på vägen slukar SIP (SIP ALG). Telefonerna når ingen. Stäng av SIP ALG, eller låt telefonerna använda TLS.',
    fr: 'Le port de SIP en {protocol} est joint, mais un appel lancé par là disparaît : un équipement absorbe SIP (SIP ALG). Les postes n’appelleraient personne. Désactivez le SIP ALG, ou passez les postes en TLS.',
  },
  'alg-foreign-answer': {
    en: 'Something on the way answers SIP over {protocol} itself (status {status}) instead of letting it through. Take the service’s address out of that proxy or gateway, or let the phones use TLS.',
    sv: 'Något på vägen svarar självt på SIP över {protocol} (status {status}) i stället för att släppa igenom det. Undanta tjänstens adress i den proxyn eller gatewayen, eller låt telefonerna använda TLS.',
    fr: 'Un équipement répond lui-même à SIP en {protocol} (statut {status}) au lieu de le laisser passer. Excluez l’adresse du service de ce proxy ou de cette passerelle, ou passez les postes en TLS.',
  },
  'alg-port-closed': {
    en: 'The port for SIP over {protocol} cannot be reached from here, so it is not known whether a router would rewrite it. Phones that use {protocol} do not work here.',
    sv: 'Porten för SIP över {protocol} nås inte härifrån, så det är okänt om en router skulle skriva om det. Telefoner som använder {protocol} fungerar inte här.',
    fr: 'Le port de SIP en {protocol} est injoignable d’ici : on ignore si un routeur le réécrirait. Les postes qui utilisent {protocol} ne fonctionnent pas ici.',
  },
  'alg-no-mirror': {
    en: 'The service mirrors no SIP at the moment, by TLS neither, so SIP over {protocol} was not compared. Try again later.',
    sv: 'Tjänsten speglar ingen SIP just nu, inte heller över TLS, så SIP över {protocol} kunde inte jämföras. Försök igen senare.',
    fr: 'Le service ne renvoie aucun SIP pour l’instant, pas même en TLS : SIP en {protocol} n’a pas été comparé. Réessayez plus tard.',
  },
} as const satisfies Sentences<string>
