import type { Sentences } from '@vaxel/site'

/** What the screen of FTPS says. */
export const ftpsSentences = {
  off: {
    en: 'The file server is off. Set VAXEL_FTPS_PORT (21) or VAXEL_FTPS_IMPLICIT_PORT (990) and start the server anew. Accounts can be made already.',
    sv: 'Filservern är av. Ange VAXEL_FTPS_PORT (21) eller VAXEL_FTPS_IMPLICIT_PORT (990) och starta om servern. Konton går att skapa redan nu.',
    fr: 'Le serveur de fichiers est arrêté. Réglez VAXEL_FTPS_PORT (21) ou VAXEL_FTPS_IMPLICIT_PORT (990) et redémarrez le serveur. Les comptes peuvent déjà être créés.',
  },
  what: {
    en: 'Programs fetch this company’s recordings here: read only, always encrypted, in folders by year, month and day (UTC) with an index.csv in each day. Every file that is read is in the audit of its call.',
    sv: 'Här hämtar program företagets inspelningar: endast läsning, alltid krypterat, i mappar efter år, månad och dag (UTC) med en index.csv per dag. Varje läst fil syns i samtalets historik.',
    fr: 'Les programmes viennent chercher ici les enregistrements de l’entreprise : lecture seule, toujours chiffré, dossiers par année, mois et jour (UTC) avec un index.csv par jour. Chaque fichier lu figure dans l’historique de son appel.',
  },
  access: { en: 'Where to connect', sv: 'Anslutning', fr: 'Connexion' },
  host: { en: 'Host', sv: 'Värd', fr: 'Hôte' },
  hostUnknown: {
    en: 'the name or address of this server (VAXEL_PUBLIC_ADDRESS is not set)',
    sv: 'serverns namn eller adress (VAXEL_PUBLIC_ADDRESS är inte angiven)',
    fr: 'le nom ou l’adresse de ce serveur (VAXEL_PUBLIC_ADDRESS n’est pas réglé)',
  },
  explicit: { en: 'Explicit TLS (AUTH TLS)', sv: 'Explicit TLS (AUTH TLS)', fr: 'TLS explicite (AUTH TLS)' },
  implicit: { en: 'Implicit TLS', sv: 'Implicit TLS', fr: 'TLS implicite' },
  passive: {
    en: 'TCP ports to open as well',
    sv: 'TCP-portar som också ska öppnas',
    fr: 'Ports TCP à ouvrir aussi',
  },
  isOff: { en: 'off', sv: 'av', fr: 'arrêté' },
  make: { en: 'New account', sv: 'Nytt konto', fr: 'Nouveau compte' },
  accounts: { en: 'Accounts', sv: 'Konton', fr: 'Comptes' },
  none: {
    en: 'No account yet: nobody can fetch recordings.',
    sv: 'Inget konto än: ingen kan hämta inspelningar.',
    fr: 'Aucun compte : personne ne peut chercher d’enregistrements.',
  },
  login: { en: 'Login', sv: 'Inloggning', fr: 'Identifiant' },
  password: { en: 'Password', sv: 'Lösenord', fr: 'Mot de passe' },
  name: { en: 'Name', sv: 'Namn', fr: 'Nom' },
  nameHint: {
    en: 'Small letters and digits: what stands before the @ of the login',
    sv: 'Små bokstäver och siffror: det som står före @ i inloggningen',
    fr: 'Minuscules et chiffres : ce qui précède @ dans l’identifiant',
  },
  from: { en: 'May come from', sv: 'Får komma från', fr: 'Peut venir de' },
  fromHint: {
    en: 'Addresses or networks, one a line: 192.0.2.0/24. Empty: from everywhere.',
    sv: 'Adresser eller nät, ett per rad: 192.0.2.0/24. Tomt: varifrån som helst.',
    fr: 'Adresses ou réseaux, un par ligne : 192.0.2.0/24. Vide : de partout.',
  },
  fromWrong: {
    en: 'A line is neither an address nor a network.',
    sv: 'En rad är varken en adress eller ett nät.',
    fr: 'Une ligne n’est ni une adresse ni un réseau.',
  },
  everywhere: { en: 'everywhere', sv: 'varifrån som helst', fr: 'partout' },
  until: { en: 'Counts until', sv: 'Gäller till', fr: 'Valable jusqu’au' },
  untilHint: {
    en: 'The last day; empty: until it is removed',
    sv: 'Sista dagen; tomt: tills det tas bort',
    fr: 'Le dernier jour ; vide : jusqu’à sa suppression',
  },
  untilWrong: { en: 'That day is past.', sv: 'Den dagen är förbi.', fr: 'Ce jour est passé.' },
  ended: { en: 'ended', sv: 'har upphört', fr: 'expiré' },
  used: { en: 'Last login', sv: 'Senaste inloggning', fr: 'Dernière connexion' },
  usedFrom: { en: '{time} from {address}', sv: '{time} från {address}', fr: '{time} depuis {address}' },
  never: { en: 'never', sv: 'aldrig', fr: 'jamais' },
  reuse: {
    en: 'Each transfer must resume the TLS session',
    sv: 'Varje överföring måste återuppta TLS-sessionen',
    fr: 'Chaque transfert doit reprendre la session TLS',
  },
  reuseHint: {
    en: 'Keeps others behind the same address from taking a transfer. Switch it off only for a program that reports error 522.',
    sv: 'Hindrar andra bakom samma adress från att ta över en överföring. Stäng bara av det för ett program som visar fel 522.',
    fr: 'Empêche d’autres derrière la même adresse de prendre un transfert. À désactiver seulement pour un programme qui signale l’erreur 522.',
  },
  once: {
    en: 'For the program, shown this once. It cannot be shown again.',
    sv: 'För programmet, visas bara nu. Det går inte att visa igen.',
    fr: 'Pour le programme, affiché une seule fois. Il ne pourra plus être affiché.',
  },
  newPassword: { en: 'New password', sv: 'Nytt lösenord', fr: 'Nouveau mot de passe' },
  newPasswordAsk: {
    en: 'The password of {login} counts no more, and its connections end. Give the program the new one.',
    sv: 'Lösenordet för {login} slutar gälla och dess anslutningar avslutas. Ge programmet det nya.',
    fr: 'Le mot de passe de {login} n’est plus valable et ses connexions prennent fin. Donnez le nouveau au programme.',
  },
  removeAsk: {
    en: '{login} fetches no recordings any more.',
    sv: '{login} hämtar inte längre några inspelningar.',
    fr: '{login} ne cherchera plus d’enregistrements.',
  },
  saved: { en: '{login} was saved.', sv: '{login} har sparats.', fr: '{login} a été enregistré.' },
  removed: { en: '{login} was removed.', sv: '{login} har tagits bort.', fr: '{login} a été supprimé.' },
} satisfies Sentences<string>
