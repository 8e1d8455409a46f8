import type { CentreWords } from './centre-words.ts'

export const fr: CentreWords = {
  sections: {
    queues: 'Files d’attente',
    agents: 'Agents',
    skills: 'Compétences',
    schedules: 'Horaires',
    reasons: 'Motifs de pause',
    wrapUpCodes: 'Codes de clôture',
    templates: 'Textes',
    alarms: 'Alarmes',
    mailboxes: 'Boîtes e-mail',
    websites: 'Sites web',
    screenPop: 'Fiche à l’appel',
  },
  things: {
    queues: 'file',
    agents: 'agent',
    skills: 'compétence',
    schedules: 'horaire',
    reasons: 'motif de pause',
    wrapUpCodes: 'code de clôture',
    templates: 'texte',
    alarms: 'alarme',
    mailboxes: 'boîte e-mail',
    websites: 'site web',
    screenPop: 'fiche à l’appel',
  },
  fields: {
    name: () => 'nom',
    channels: () => 'reçoit',
    selection: () => 'agent sollicité',
    need: ({ of }) => `demande ${of}`,
    priority: () => 'priorité',
    ageing: () => 'la priorité monte toutes les',
    sticky: () => 'attend le dernier agent',
    offer: () => 'un agent est sollicité pendant',
    missed: () => 'une sollicitation manquée met en pause',
    wrapUp: () => 'temps de clôture',
    needsCode: () => 'code de clôture obligatoire',
    codes: () => 'codes de clôture',
    serviceLevel: () => 'niveau de service',
    shortAbandon: () => 'un abandon plus rapide ne compte pas',
    hours: () => 'horaires',
    mostWaiting: () => 'places',
    closed: () => 'en cas de fermeture',
    full: () => 'quand la file est pleine',
    noAgents: () => 'quand personne n’est connecté',
    tooLong: () => 'quand l’attente est trop longue',
    language: () => 'langue',
    greeting: () => 'accueil',
    music: () => 'musique',
    comment: () => 'annonce intercalée',
    position: () => 'annonce la place dans la file',
    wait: () => 'annonce le temps d’attente',
    every: () => 'annonces toutes les',
    callBack: () => 'propose de rappeler après',
    message: () => 'propose de laisser un message après',
    key: ({ of }) => `touche ${of}`,
    recording: () => 'enregistrement',
    mailbox: () => 'boîte vocale',
    mailAccount: () => 'compte de messagerie',
    skill: ({ of }) => `compétence ${of}`,
    queue: ({ of }) => `file ${of}`,
    capacity: () => 'à la fois',
    speaksBeside: () => 'téléphone pendant que des mails ou des chats sont ouverts',
    line: () => 'téléphone',
    open: () => 'ouvert',
    holidays: () => 'jours fériés',
    ownDay: ({ of }) => `fermé ${of}`,
    mostMinutes: () => 'signalé au-delà de',
    isWork: () => 'compte comme du travail',
    kind: () => 'genre',
    subject: () => 'objet',
    text: () => 'texte',
    queues: () => 'files',
    figure: () => 'indicateur',
    limit: () => 'seuil',
    lasting: () => 'pendant au moins',
    tells: () => 'prévient',
    address: () => 'adresse',
    moment: () => 's’ouvre',
    sender: () => 'nom de l’expéditeur',
    aliases: () => 'autres adresses',
    isRead: () => 'relevée',
    readFrom: () => 'relevée sur',
    login: () => 'identifiant',
    folder: () => 'dossier',
    afterReading: () => 'sort des mails sur le serveur',
    moveTo: () => 'déplacés vers',
    first: () => 'ce qui s’y trouve déjà',
    poll: () => 'consultée toutes les',
    mostSize: () => 'mail le plus gros',
    sendVia: () => 'envoi par',
    sendLogin: () => 'identifiant d’envoi',
    how: () => 'connexion par',
    tokenUrl: () => 'serveur de jetons',
    client: () => 'client',
    scope: () => 'portée',
    trusted: () => 'certificat propre',
    inQueue: () => 'file',
    members: () => 'autres personnes',
    signature: () => 'signature',
    autoReply: () => 'réponse automatique',
    pages: () => 'pages',
    asks: () => 'le visiteur indique d’abord',
    consent: () => 'ce qui est conservé, en toutes lettres',
    privacy: () => 'page de confidentialité',
    voice: () => 'les agents peuvent proposer de parler',
    offline: () => 'messages envoyés à',
    keepDays: () => 'jours de conservation',
  },
  channels: {
    call: 'appels',
    callBack: 'rappels',
    voicemail: 'messages vocaux',
    mail: 'mails',
    chat: 'chats',
    sms: 'SMS',
  },
  selections: {
    longestIdle: 'l’agent libre depuis le plus longtemps',
    leastOccupied: 'l’agent le moins occupé de la dernière heure',
    bestSkilled: 'l’agent le plus compétent',
    inOrder: 'dans l’ordre',
  },
  recordings: { always: 'toujours', onDemand: 'à la demande de l’agent', never: 'jamais' },
  languages: { en: 'anglais', sv: 'suédois', fr: 'français' },
  templates: { mail: 'mail', chat: 'chat', knowledge: 'connaissance' },
  figures: {
    waiting: 'en attente',
    longestWaitSeconds: 'plus longue attente (s)',
    serviceLevelToday: 'niveau de service du jour (%)',
    agentsReady: 'agents disponibles',
    agentsLoggedIn: 'agents connectés',
    missedOffers: 'sollicitations manquées',
  },
  holidays: {
    public: 'jours fériés',
    bank: 'jours fériés bancaires',
    school: 'vacances scolaires',
    optional: 'jours fériés facultatifs',
    observance: 'fêtes',
  },
  afterReading: {
    keep: 'ils restent tels quels',
    read: 'ils sont marqués comme lus',
    move: 'ils sont déplacés',
    delete: 'ils sont supprimés',
  },
  firstReading: { unread: 'les non lus sont pris', all: 'tout est pris', new: 'on le laisse' },
  logins: { password: 'mot de passe', oauth: 'jeton (OAuth 2)' },
  visitorAsks: { nothing: 'rien', name: 'son nom', nameAndAddress: 'nom et adresse e-mail' },
  megabytes: ({ n }) => `${n} Mo`,
  weekdays: ['lun', 'mar', 'mer', 'jeu', 'ven', 'sam', 'dim'],
  yes: 'oui',
  no: 'non',
  seconds: ({ n }) => `${n} s`,
  minutes: ({ n }) => `${n} min`,
  inLevel: ({ percent, seconds }) => `${percent} % en ${seconds} s`,
  needs: ({ level }) => `au moins ${level}`,
  relaxes: ({ seconds, level }) =>
    Number(level) === 0 ? `plus exigé après ${seconds} s` : `${level} après ${seconds} s`,
  isIn: 'y participe',
  inPlace: ({ place }) => `rang ${place}`,
  goodbye: 'une phrase, puis la fin de l’appel',
  toMessage: 'la boîte vocale de la file',
  toQueue: ({ of }) => `la file ${of}`,
  toNumber: ({ number }) => `le numéro ${number}`,
  tooLongAfter: ({ seconds }) => `après ${seconds} s`,
  tooLongEstimate: ({ seconds }) => `aussitôt si plus de ${seconds} s sont prévues`,
  ownDevices: 'ses propres appareils',
  keptLine: ({ number }) => `${number}, reste connecté`,
  calledLine: ({ number }) => `${number}, appelé à chaque appel`,
  room: ({ mail, chat, voicemail, sms }) => `${mail} mails, ${chat} chats, ${voicemail} messages vocaux, ${sms} SMS`,
  over: ({ value }) => `plus de ${value}`,
  under: ({ value }) => `moins de ${value}`,
  push: 'notifications',
  allCodes: 'tous',
  moments: { alerting: 'pendant la sonnerie', answered: 'quand l’appel est pris' },
  added: ({ thing, name }) => `Ajout : ${thing}${name}`,
  removed: ({ thing, name }) => `Suppression : ${thing}${name}`,
  changed: ({ thing, name }) => `Modification : ${thing}${name}`,
  findings: {
    'id-twice': ({ name }) => `« ${name} » existe en double. Supprimez-en un.`,
    'name-blank': () => 'Un élément n’a pas de nom. Donnez-lui-en un.',
    'name-twice': ({ name }) => `Deux éléments s’appellent « ${name} ». Renommez-en un.`,
    'too-many': ({ most }) => `Il y en a plus de ${most}. Supprimez ceux dont personne n’a besoin.`,
    'no-channel': ({ name }) => `La file « ${name} » ne reçoit rien. Choisissez les appels, les mails ou autre chose.`,
    'skill-unknown': ({ name }) => `« ${name} » demande une compétence qui n’existe pas. Choisissez-en une autre.`,
    'skill-twice': ({ name, skill }) => `« ${name} » a deux fois la compétence « ${skill} ». Retirez-en une.`,
    'relax-order': ({ name, skill }) =>
      `File « ${name} » : le niveau suffisant en « ${skill} » doit baisser à chaque étape, et chaque étape venir après la précédente.`,
    'schedule-unknown': ({ name }) => `« ${name} » suit un horaire qui n’existe pas. Choisissez-en un autre.`,
    'code-unknown': ({ name }) =>
      `La file « ${name} » utilise un code de clôture qui n’existe pas. Choisissez-en d’autres.`,
    'codes-missing': ({ name }) =>
      `La file « ${name} » exige un code de clôture, mais il n’y en a aucun. Ajoutez d’abord des codes.`,
    'code-without-time': ({ name }) =>
      `La file « ${name} » exige un code de clôture sans laisser le temps d’en choisir un. Donnez-lui un temps de clôture.`,
    'no-agents': ({ name }) =>
      `Personne ne travaille dans la file « ${name} ». Ajoutez des agents, sinon les clients attendront en vain.`,
    'nobody-able': ({ name, agents }) =>
      Number(agents) === 1
        ? `Le seul agent de la file « ${name} » n’a pas toutes les compétences demandées. Personne ne répondrait jamais.`
        : `Aucun des ${agents} agents de la file « ${name} » n’a toutes les compétences demandées. Personne ne répondrait jamais.`,
    'nobody-has-room': ({ name, channel }) =>
      `Aucun agent de la file « ${name} » ne peut traiter de ${channel}. Personne n’en prendrait jamais.`,
    'no-number': ({ name }) =>
      `Aucun numéro ne mène à la file « ${name} ». Donnez-lui-en un si l’on doit pouvoir l’appeler.`,
    'number-left-over': ({ number }) =>
      `Le numéro ${number} mène à une file qui n’existe plus. Faites-le d’abord mener ailleurs (Numéros).`,
    'offer-short': ({ name, seconds }) =>
      `La file « ${name} » ne sonne que ${seconds} s chez les agents. Presque personne n’arrive si vite au téléphone.`,
    'level-after-overflow': ({ name, seconds, level }) =>
      `La file « ${name} » renvoie les appels après ${seconds} s, avant la fin de son niveau de service de ${level} s.`,
    'too-long-when': ({ name }) =>
      `La file « ${name} » ne dit pas ce qui est trop long. Indiquez une durée ou retirez cette règle.`,
    'overflow-unknown': ({ name }) =>
      `La file « ${name} » renvoie vers une file qui n’existe pas. Choisissez-en une autre.`,
    'overflow-itself': ({ name }) => `La file « ${name} » renvoie vers elle-même. Choisissez autre chose.`,
    'overflow-circle': ({ name }) =>
      `La file « ${name} » renvoie en boucle : un client pourrait y revenir aussitôt, sans fin. Rompez la boucle.`,
    'overflow-to-and-fro': ({ name }) =>
      `De la file « ${name} », des clients peuvent être renvoyés jusqu’à y revenir. Est-ce voulu ?`,
    'number-unknown': ({ name, number }) =>
      `« ${name} » : le numéro ${number} n’est pas utilisé. Choisissez-en un autre.`,
    'number-emergency': ({ name, number }) =>
      `« ${name} » : ${number} est un numéro d’urgence. Il ne peut pas servir ici.`,
    'number-comes-back': ({ name, number }) =>
      `La file « ${name} » renvoie vers ${number}, qui y ramène. Choisissez un autre numéro.`,
    'message-without-mailbox': ({ name }) =>
      `La file « ${name} » prend des messages mais n’a pas de boîte vocale. Choisissez une boîte partagée.`,
    'mailbox-unknown': ({ name, number }) =>
      `File « ${name} » : aucune boîte vocale partagée n’a le numéro ${number}. Créez-en une d’abord ou choisissez-en une autre.`,
    'sound-unknown': ({ name }) =>
      `La file « ${name} » joue un son qui a été supprimé. Importez-le à nouveau ou choisissez-en un autre.`,
    'key-taken': ({ name, key }) =>
      Number(key) === 1
        ? `File « ${name} » : la touche 1 sert au rappel. Utilisez une autre touche.`
        : `File « ${name} » : la touche 2 sert à laisser un message. Utilisez une autre touche.`,
    'call-backs-not-taken': ({ name }) =>
      `La file « ${name} » propose de rappeler mais ne reçoit pas les rappels. Cochez-les aussi.`,
    'mail-without-account': ({ name }) =>
      `La file « ${name} » reçoit des mails, mais aucun compte de messagerie n’en apporte et les réponses ne pourraient pas partir.`,
    'mail-account-unknown': ({ name }) =>
      `La file « ${name} » a un compte de messagerie qui n’existe pas. Choisissez-en un autre.`,
    'agent-gone': ({ name }) => `L’agent ${name} n’est plus utilisateur et ne reçoit aucun travail. Retirez-le.`,
    'agent-queue-unknown': ({ name }) => `${name} est dans une file qui n’existe pas. Retirez-la.`,
    'agent-queue-twice': ({ name, queue }) => `${name} est deux fois dans la file « ${queue} ». Retirez-en une.`,
    'agent-no-queue': ({ name }) => `${name} n’est dans aucune file et ne reçoit aucun travail.`,
    'agent-number-of-queue': ({ name, number }) =>
      `${name} serait appelé au ${number}, qui mène à une file. Choisissez son propre téléphone.`,
    'no-reasons': () => 'Il n’y a aucun motif de pause : personne ne saura si un agent est parti déjeuner.',
    'never-open': ({ name }) => `L’horaire « ${name} » n’ouvre jamais. Ajoutez des heures.`,
    'period-without-days': ({ name }) =>
      `L’horaire « ${name} » a une plage sans jour de la semaine ; elle ne compte jamais.`,
    'country-missing': ({ name }) =>
      `L’horaire « ${name} » doit fermer les jours fériés sans dire de quel pays. Choisissez-en un.`,
    'country-unknown': ({ name, country }) =>
      `Horaire « ${name} » : il n’y a pas de calendrier pour le pays ${country}.`,
    'region-unknown': ({ name, region, country }) =>
      `Horaire « ${name} » : ${country} n’a pas de région ${region} dans son calendrier.`,
    'day-impossible': ({ name, day }) => `Horaire « ${name} » : le jour ${day} n’existe pas.`,
    'template-field': ({ name, field }) =>
      `Le texte « ${name} » contient {${field}}, que rien ne remplit. Il y a {customer}, {agent}, {company} et {subject}.`,
    'template-subject': ({ name }) => `Le mail « ${name} » n’a pas d’objet.`,
    'queue-unknown': ({ name }) => `« ${name} » concerne une file qui n’existe pas. Choisissez-en une autre.`,
    'alarm-to-nobody': ({ name }) =>
      `L’alarme « ${name} » ne prévient personne. Indiquez une adresse ou activez les notifications.`,
    'alarm-share': ({ name }) => `Alarme « ${name} » : un niveau de service est une part de 100 % au plus.`,
    'alarm-never': ({ name }) => `L’alarme « ${name} » ne peut jamais se déclencher : son seuil n’est jamais franchi.`,
    'pop-address': () => 'L’adresse de la fiche doit commencer par https:// ou http:// et être une vraie adresse.',
    'pop-host': () =>
      'Fiche : les données de l’appelant ne peuvent pas choisir le serveur, et l’adresse ne peut contenir de mot de passe. Placez les champs après le nom d’hôte.',
    'pop-field': ({ field }) =>
      `L’adresse de la fiche contient {${field}}, que rien ne remplit. Il y a {number}, {name}, {queue}, {callId} et {itemId}.`,
    'pop-without-field': () =>
      'La fiche ouvre la même page pour tout le monde : l’adresse n’a aucun champ, par exemple {number}.',
    'id-of-others': ({ name }) =>
      `L’identifiant de « ${name} » appartient à quelqu’un d’autre. Recréez l’élément avec un autre.`,
    'mailbox-queue-unknown': ({ name }) =>
      `Les mails de « ${name} » doivent attendre dans une file qui n’existe pas. Choisissez-en une autre.`,
    'mailbox-queue-no-mail': ({ name, queue }) =>
      `Les mails de « ${name} » doivent attendre dans la file « ${queue} », qui n’en reçoit pas. Ouvrez-la aux mails ou choisissez-en une autre.`,
    'mailbox-pop3-after': ({ name }) =>
      `« ${name} » est relevée par POP3, qui n’a pas de dossiers et ignore ce qui est lu. Laissez les mails sur place ou supprimez-les.`,
    'mailbox-move-missing': ({ name }) => `« ${name} » : indiquez le dossier où déplacer les mails.`,
    'mailbox-move-same': ({ name }) =>
      `« ${name} » : les mails seraient déplacés dans le dossier où ils sont relevés. Choisissez-en un autre.`,
    'mailbox-login-sign': ({ name }) =>
      `« ${name} » : l’identifiant contient des signes impossibles à taper. Saisissez-le à nouveau.`,
    'mailbox-token-address': ({ name }) =>
      `« ${name} » : les jetons ne sont demandés qu’en HTTPS. Indiquez une adresse commençant par https://.`,
    'mailbox-member-gone': ({ name }) =>
      `« ${name} » est partagée avec quelqu’un qui n’est plus utilisateur. Retirez cette personne.`,
    'mailbox-twice': ({ name }) =>
      `« ${name} » et une autre boîte relèvent le même dossier du même identifiant. Supprimez l’une des deux.`,
    'mailbox-read-elsewhere': ({ name }) =>
      `La boîte « ${name} » est déjà relevée ailleurs. Choisissez un autre identifiant.`,
    'mailbox-no-password': ({ name }) =>
      `« ${name} » n’a pas encore de mot de passe pour ses serveurs. Elle n’est pas relevée tant que vous n’en donnez pas.`,
    'mailbox-no-token': ({ name }) =>
      `« ${name} » n’a pas encore de jeton pour ses serveurs. Elle n’est pas relevée tant que vous n’en donnez pas.`,
    'website-queue-unknown': ({ name }) =>
      `Les discussions de « ${name} » doivent attendre dans une file qui n’existe pas. Choisissez-en une autre.`,
    'website-queue-no-chat': ({ name, queue }) =>
      `Les discussions de « ${name} » doivent attendre dans la file « ${queue} », qui n’en reçoit pas. Ouvrez-la aux discussions ou choisissez-en une autre.`,
  },
}
