export const firstErrorsFr: Readonly<Record<string, string>> = {
  UNREACHABLE: 'Le serveur ne répond pas. Vérifiez votre réseau ; ce que vous voyez date d’avant.',
  API_NOT_AUTHENTICATED: 'Vous n’êtes plus connecté. Reconnectez-vous ; rien de ce que vous avez saisi n’est perdu.',
  API_NOT_ALLOWED: 'Vous n’y êtes pas autorisé. Demandez à votre administrateur si nécessaire.',
  API_OUTSIDE_NETWORKS:
    'Votre société n’autorise l’accès que depuis ses propres réseaux, et vous êtes ailleurs. Continuez depuis l’un d’eux, ou demandez à votre administrateur d’autoriser le vôtre.',
  API_NOT_FOUND: 'Cet élément n’existe plus.',
  API_TOO_MANY_REQUESTS: 'C’était trop souvent en peu de temps. Réessayez dans un instant.',
  API_CROSS_SITE: 'La demande ne venait pas de cette page. Rechargez-la.',
  SESSION_WRONG_LOGIN: 'Cet identifiant et ce mot de passe ne correspondent pas.',
  SESSION_WRONG_CODE: 'Ce code est faux, trop ancien ou déjà utilisé. Attendez le suivant.',
  SESSION_WRONG_PASSKEY:
    'Cette clé d’accès n’ouvre rien ici. Elle a peut-être été supprimée, ou appartient à une autre adresse.',
  SESSION_LOGIN_EXPIRED: 'Cela a pris trop de temps. Recommencez.',
  SESSION_PASSKEY_NEEDS_NAME:
    'Les clés d’accès ne fonctionnent que si la page est ouverte par son nom d’hôte et en HTTPS.',
  SESSION_LINK_NOT_VALID: 'Ce lien a déjà servi ou est trop ancien. Demandez-en un nouveau à votre administrateur.',
  SESSION_PROOF_NEEDED: 'Rien n’a été fait, car vous n’avez pas confirmé que c’est bien vous.',
  SETUP_NOT_POSSIBLE: 'Ce lien a déjà servi, est trop ancien, ou Vaxel est déjà installé. Connectez-vous plutôt.',
  SSO_ONLY:
    'Votre entreprise se connecte uniquement par son propre service. Saisissez votre identifiant, puis utilisez le bouton ci-dessous.',
  SSO_NOT_SET_UP: 'Votre entreprise n’a pas de service de connexion ici.',
  SSO_PROVIDER_UNREACHABLE:
    'Le service de connexion de votre entreprise ne répond pas comme il faut. Réessayez ou prévenez votre administrateur.',
  SSO_DENIED: 'Le service de connexion de votre entreprise ne vous a pas laissé entrer.',
  SSO_ANSWER_NOT_TRUSTED:
    'La réponse du service de connexion de votre entreprise n’est pas fiable : personne n’a été connecté. Recommencez, et prévenez votre administrateur si cela se répète.',
  SSO_NO_USER:
    'Le service de connexion de votre entreprise vous connaît, mais il n’y a pas d’utilisateur pour vous ici. Demandez à votre administrateur.',
  FIELD_MISSING: 'Remplissez ce champ.',
  FIELD_TOO_LONG: 'C’est trop long : {n} caractères au plus.',
  FIELD_TOO_SHORT: 'Il faut au moins {n} caractères.',
  FIELD_TOO_SMALL: '{n} est le minimum.',
  FIELD_TOO_LARGE: '{n} est le maximum.',
  FIELD_NOT_NUMBER: 'Écrivez un nombre entier.',
  FIELD_NUMBER_IN_USE: '{n} est le numéro de quelqu’un ici. Donnez-lui-en un autre d’abord.',
  FIELD_NOT_NETWORK: '{n} n’est ni une adresse, ni un réseau (192.0.2.0/24), ni une plage (192.0.2.10-20).',
  FIELD_SHUTS_YOU_OUT:
    'Vous êtes actuellement à l’adresse {n}, absente de cette liste : vous vous excluriez vous-même.',
  FIELD_WRONG: 'Cela ne convient pas. Voyez l’indication.',
  UNKNOWN: 'Cela n’a pas fonctionné.',
}
