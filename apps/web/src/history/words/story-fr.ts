import type { StepParams } from '../step-params.ts'
import { featuresFr } from './features-fr.ts'
import { flowFr } from './flow-fr.ts'
import { queuesFr } from './queues-fr.ts'
import { routingFr } from './routing-fr.ts'
import type { storyEn } from './story-en.ts'

type Sentence = (about: StepParams) => string

const because: Readonly<Record<string, Sentence>> = {
  unconditional: (p) => `${p.name ?? p.who} renvoie tous ses appels`,
  'user-busy': (p) => `${p.name ?? p.who} était en ligne ou a refusé`,
  'no-answer': (p) => `${p.name ?? p.who} n’a pas répondu à temps`,
  unavailable: (p) => `aucun téléphone de ${p.name ?? p.who} n’était joignable`,
  'do-not-disturb': (p) => `${p.name ?? p.who} ne voulait pas être dérangé`,
  deflection: (p) => `${p.name ?? p.who} l’y a envoyé pendant la sonnerie`,
}

const forwarded: Sentence = (p) =>
  `L’appel a été renvoyé vers ${p.to}, car ${(because[p.reason!] ?? because['unconditional']!)(p)}.`

export const storyFr: typeof storyEn = {
  steps: {
    called: (p) => `${p.who} a appelé le ${p.dialled}${p.device ? ` depuis « ${p.device} »` : ''}.`,
    'route.emergency': (p) => `Le ${p.number} est un numéro d’urgence : rien ne retient l’appel.`,
    'route.emergency-without-trunk': (p) =>
      `Le ${p.number} est un numéro d’urgence, mais il n’y a pas de ligne vers l’extérieur.`,
    'route.emergency-call-back': (p) => `${p.name} venait d’appeler un numéro d’urgence : tous les appels passent.`,
    'route.number-unknown': (p) => `Le ${p.number} n’est le numéro de personne.`,
    'route.user-gone': (p) => `Le ${p.number} était à quelqu’un qui n’est plus là.`,
    'route.no-trunk': (p) => `Le ${p.number} n’est le numéro de personne ici, et aucune ligne extérieure ne le prend.`,
    'route.barred': (p) => `Les appels vers le ${p.number} ne sont pas autorisés pour ${p.name}.`,
    'route.by-trunk': (p) => `Le ${p.number} est à l’extérieur ; l’appel est sorti par ${p.trunk}.`,
    'route.trunk-full': (p) => `Les ${p.count} canaux de ${p.trunk} étaient tous occupés.`,
    'route.back-to-trunk': (p) => `${p.trunk} a repris l’appel, comme elle l’avait demandé.`,
    'route.trunk-again': (p) => `${p.number} a été rappelé par ${p.trunk}.`,
    'route.trunk-money': (p) => `La limite d’argent du jour pour ${p.trunk} était atteinte.`,
    'route.trunk-down': (p) => `${p.trunk} ne répondait pas ; elle a été essayée en dernier.`,
    'route.trunk-target': (p) => `Chez ${p.trunk}, ${p.target} a été essayée en premier.`,
    'route.not-ours': (p) =>
      `L’appel venait de l’extérieur pour le ${p.number}, qui n’est pas un numéro de cette entreprise.`,
    'route.service': (p) => `Le ${p.number} est un service : ${p.service}.`,
    'route.group': (p) => `Le ${p.number} est le groupe ${p.name}, qui compte ${p.count} membres.`,
    ...routingFr,
    'route.forwarded': forwarded,
    'route.rule-passed-over': (p) =>
      `Le renvoi de ${p.name} vers ${p.to} a été ignoré : il n’aurait mené nulle part ou aurait tourné en rond.`,
    'route.do-not-disturb': (p) => `${p.name} ne voulait pas être dérangé.`,
    'route.do-not-disturb-exception': (p) =>
      `${p.name} ne voulait pas être dérangé, mais le ${p.number} peut toujours sonner.`,
    'route.on-the-phone': (p) => `${p.name} était en ligne et ne prend pas de second appel.`,
    'route.devices-ring': (p) => `Tous les téléphones de ${p.name} devaient sonner pendant ${p.seconds} s.`,
    'route.registered': (p) =>
      p.count === 0
        ? `Aucun téléphone de ${p.name} n’était enregistré : aucun ne pouvait sonner.`
        : p.count === 1
          ? `Un téléphone de ${p.name} était enregistré.`
          : `${p.count} téléphones de ${p.name} étaient enregistrés.`,
    rings: (p) => `${p.device ? `« ${p.device} »` : 'Un téléphone'} de ${p.who} a sonné.`,
    forwarded,
    ...featuresFr,
    ...flowFr,
    ...queuesFr,
    answered: (p) => `${p.who} a répondu${p.device ? ` sur « ${p.device} »` : ''}.`,
    service: (p) => `Le service a répondu : ${p.service}.`,
    held: (p) => `${p.who} a mis l’appel en attente.`,
    retrieved: (p) => `${p.who} a repris l’appel.`,
    conferenced: (p) => `${p.who} a poursuivi en conférence.`,
    transferred: (p) => `${p.who} a transféré l’appel vers ${p.to}.`,
    interrupted: (p) => `La connexion avec ${p.who} a été perdue ; l’appel a attendu.`,
    resumed: (p) => `${p.who} était de retour après ${p.seconds} s.`,
    noticed: (p) =>
      p.what === 'no-audio-from'
        ? `On n’entendait rien de ${p.who}.`
        : p.what === 'address-changed'
          ? `${p.who} a changé de réseau ; l’appel a continué.`
          : p.what === 'unrecorded'
            ? 'Pendant un moment, rien n’a pu être écrit ; l’appel d’urgence a continué quand même.'
            : `Un événement a été remarqué chez ${p.who} : ${p.what}.`,
    'recording-started': (p) => `Un enregistrement de ${p.who} a commencé.`,
    'recording-ended': (p) => `L’enregistrement de ${p.who} s’est terminé après ${p.seconds} s.`,
    'voicemail-left': (p: StepParams) => `Un message de ${p.seconds} s a été laissé à ${p.name}.`,
    'service.conference.joined': (p) => `A rejoint la conférence ${p.room}.`,
    'service.conference.waiting': () => 'A attendu l’animateur de la conférence.',
    'service.conference.opened': () => 'La conférence a commencé à l’arrivée de l’animateur.',
    'service.conference.pinWrong': (p) => `Code de conférence erroné ; essais restants : ${p.triesLeft}.`,
    'service.conference.dismissed': (p) => `La conférence a mis fin à l’appel : ${p.reason}.`,
    'service.conference.moderatorChanged': () => 'Est devenu animateur grâce au code.',
    'service.conference.muted': () => 'Micro coupé dans la conférence.',
    'service.conference.unmuted': () => 'De nouveau entendu dans la conférence.',
    'service.conference.handRaised': () => 'A levé la main.',
    'service.conference.handLowered': () => 'A baissé la main.',
    'service.voicemail-greeting': (p: StepParams) => `L’appelant a entendu l’annonce de ${p.name}.`,
    'service.voicemail-off': (p: StepParams) => `La boîte vocale de ${p.name} ne prend pas de message.`,
    'service.voicemail-full': (p: StepParams) => `La boîte vocale de ${p.name} est pleine.`,
    'service.voicemail-assistant': (p: StepParams) =>
      `L’appelant a voulu parler à quelqu’un d’autre : il a été mis en relation avec le ${p.to}.`,
    'service.voicemail-listens': (p: StepParams) => `Quelqu’un a écouté la boîte vocale de ${p.name}.`,
    'service.voicemail-wrong-pin': () => 'La boîte vocale ou le code était erroné.',
    'service.voicemail-locked': () => 'La boîte vocale a été bloquée après trop de codes erronés.',
    'service.voicemail-calls-sender': (p: StepParams) => `La personne qui écoutait a rappelé l’expéditeur, le ${p.to}.`,
    'recording-failed': (p) => `${p.who} aurait dû être enregistré, mais ne l’a pas été.`,
    'recording-troubled': (p) => `L’enregistrement de ${p.who} a perdu du son : le disque n’acceptait plus rien.`,
    'recording-paused': (p) => `L’enregistrement de ${p.who} a été suspendu.`,
    'recording-resumed': (p) => `L’enregistrement de ${p.who} a repris.`,
    'recording-deleted': () => 'Un enregistrement a été supprimé, avec sa clé.',
    'recording-fetched': (p) => `${p.name} est venu chercher l’enregistrement par FTPS depuis ${p.address}.`,
    'audio-direct': () => 'Les téléphones se sont envoyé le son directement, dans leur réseau.',
    'audio-anchored': () => 'Le son est repassé par le serveur.',
    'fax-detected': (p) => `Un télécopieur a été entendu chez ${p.who} : ses tonalités passent désormais inchangées.`,
    'fax-relayed': (p) => `${p.who} a commencé à envoyer la télécopie sous forme de données (T.38).`,
    'fax-relay-ended': (p) => `${p.who} est revenu des données de télécopie au son.`,
    'fax-relay-refused': (p) =>
      `${p.who} n’accepte pas les données de télécopie (SIP ${p.status}) ; la télécopie a continué en son.`,
    'left.busy': (p) => `${p.device ? `« ${p.device} »` : p.who} était occupé.`,
    'left.declined': (p) => `${p.who} a refusé l’appel.`,
    'left.no-answer': (p) => `${p.device ? `« ${p.device} »` : p.who} a cessé de sonner : personne n’a répondu.`,
    'left.answered-elsewhere': (p) =>
      `${p.device ? `« ${p.device} »` : p.who} a cessé de sonner : on a répondu ailleurs.`,
    'left.unavailable': (p) => `${p.device ? `« ${p.device} »` : p.who} n’a pas pris l’appel.`,
    'left.unreachable': (p) => `${p.device ? `« ${p.device} »` : p.who} n’était pas joignable.`,
    'left.diverted': (p) => `${p.device ? `« ${p.device} »` : p.who} a renvoyé l’appel ailleurs.`,
    'left.other': (p) => `${p.who} n’était plus sollicité.`,
    'trouble.sip-alg': (p) => `Un routeur près de ${p.who} a réécrit des messages de l’appel.`,
    'trouble.no-audio-from': (p) => `Pas un seul paquet audio n’est venu de ${p.who}.`,
    'trouble.no-audio-heard': (p) => `Rien de notre audio n’est arrivé chez ${p.who}.`,
    'trouble.lossy': (p) => `De l’audio s’est perdu en route entre nous et ${p.who}.`,
    'trouble.peer-lost': (p) => `${p.who} ne répondait plus à nos messages.`,
    'trouble.no-ack': (p) => `Notre réponse n’est pas arrivée chez ${p.who}.`,
    'ended.talked': (p) => `${p.who} a raccroché après ${p.seconds} s.`,
    'ended.cancelled': (p) => `${p.caller} a renoncé avant que quelqu’un réponde.`,
    'ended.other': () => 'L’appel s’est terminé.',
  },
  verdicts: {
    'hung-up': (p) => `Tout s’est bien passé. ${p.who ?? p.caller} a raccroché.`,
    'goes-on': () => 'L’appel est en cours.',
    cancelled: (p) => `${p.caller} a renoncé avant que quelqu’un réponde.`,
    busy: (p) => `${p.callee} était occupé.`,
    declined: (p) => `${p.callee} a refusé l’appel.`,
    'do-not-disturb': (p) => `${p.callee} ne voulait pas être dérangé.`,
    cleared: () => 'L’appel a été terminé sur commande.',
    'service-not-available': () => 'Le service appelé n’existe pas encore.',
    'no-device': (p) => `Aucun téléphone de ${p.callee} n’était enregistré.`,
    'no-answer': (p) => `Le téléphone a sonné, mais ${p.callee} n’a pas répondu.`,
    'phone-silent': (p) => `Le téléphone de ${p.callee} est enregistré mais n’a pas réagi.`,
    'trunk-silent': () => 'La ligne extérieure n’a pas réagi.',
    'wrong-number': (p) => `Le ${p.dialled} n’est pas attribué : un faux numéro.`,
    barred: (p) => `Les appels vers le ${p.dialled} ne sont pas autorisés.`,
    'no-trunk': (p) => `Il n’y a pas de ligne extérieure pour le ${p.dialled}.`,
    'trunk-full': () => 'Tous les canaux de la ligne extérieure étaient occupés.',
    'spend-limit': () => 'La limite de dépense du jour était atteinte.',
    'no-common-media': () => 'Les deux côtés n’ont aucun format audio en commun.',
    'keys-in-the-open': (p) =>
      `Le téléphone de ${p.caller} veut un son chiffré, mais sa connexion montrerait les clés à tous sur le chemin.`,
    'connection-lost': (p) => `La connexion avec ${p.who} a été perdue.`,
    'media-timeout': (p) => `Plus aucun son ne venait de ${p.who}.`,
    'session-expired': (p) => `${p.who} ne répondait plus à nos messages.`,
    'peer-lost': (p) => `${p.who} ne répondait plus à nos messages.`,
    'no-ack': (p) => `Notre réponse n’est pas arrivée chez ${p.who}.`,
    restarted: () => 'La plateforme a redémarré au milieu de l’appel.',
    'shut-down': () => 'La plateforme était en cours d’arrêt.',
    'internal-error': () => 'La plateforme a commis une erreur.',
    'ledger-full': () => 'La plateforme n’a pas pu consigner l’appel et ne l’a donc pas établi.',
    'media-failed': () => 'La plateforme n’a pas pu transporter le son.',
    'peer-fault': (p) => `L’autre côté a répondu par l’erreur ${p.status}.`,
    'no-audio-from': (p) => `Son à sens unique : rien ne venait de ${p.who}.`,
    'no-audio-heard': (p) => `Son à sens unique : ${p.who} n’entendait rien.`,
    'sip-alg': (p) => `Un routeur près de ${p.who} réécrit les appels.`,
    lossy: (p) => `Mauvais son : le réseau près de ${p.who} perd des paquets.`,
    other: () => 'L’appel s’est terminé ; le journal n’en dit pas plus.',
  },
  advice: {
    'alg-off': 'Désactivez « SIP ALG » ou « SIP helper » dans ce routeur, ou passez le téléphone en TLS.',
    'open-media': 'Ouvrez les ports média (UDP) vers nous dans le pare-feu, et vérifiez que le micro est allumé.',
    'open-media-to': 'Ouvrez l’UDP depuis nos ports média vers le téléphone dans le pare-feu.',
    'check-line': 'Essayez un câble plutôt que le Wi-Fi, et donnez la priorité à la voix.',
    'keep-way-open': 'Un routeur a oublié le chemin : passez le téléphone en TCP ou en TLS.',
    'check-trunk': 'Demandez à l’opérateur de la ligne ; l’heure et les messages sont dans le diagramme.',
    'register-device':
      'Allumez un téléphone ou ouvrez l’application ; Paramètres › Appareils montre ce qui est enregistré.',
    'set-no-answer-rule': 'Dans Paramètres › Appels, on choisit où vont les appels sans réponse.',
    'set-busy-rule': 'Dans Paramètres › Appels, on choisit où vont les appels pendant ce temps.',
    'check-phone': 'Vérifiez l’alimentation et le réseau du téléphone, et redémarrez-le.',
    'check-number': 'Vérifiez le numéro composé.',
    'ask-administrator': 'Demandez à votre administrateur.',
    'add-trunk': 'Un administrateur peut ajouter une ligne extérieure.',
    'more-channels': 'Réessayez plus tard ; un administrateur peut commander d’autres canaux.',
    'check-codecs': 'Autorisez G.711 ou Opus sur le téléphone, et le chiffrement là où il est exigé.',
    'use-tls': 'Réglez ce téléphone sur TLS, ou désactivez son chiffrement du son (SRTP).',
  },
  fault: {
    nobody: 'Personne n’est en cause',
    caller: 'L’appelant',
    callee: 'L’appelé',
    'caller-network': 'Le réseau de l’appelant',
    'callee-network': 'Le réseau de l’appelé',
    'callee-phone': 'Le téléphone de l’appelé',
    trunk: 'La ligne extérieure',
    us: 'Cette plateforme',
    unknown: 'Inconnu',
  },
  certainty: { certain: 'sûr', likely: 'probable', guess: 'une supposition' },
}
