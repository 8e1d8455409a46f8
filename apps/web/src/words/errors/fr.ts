export const errorsFr: Readonly<Record<string, string>> = {
  UNREACHABLE: 'Le serveur ne répond pas. Vérifiez votre réseau ; ce que vous voyez date d’avant.',
  API_NOT_AUTHENTICATED: 'Vous n’êtes plus connecté. Reconnectez-vous ; rien de ce que vous avez saisi n’est perdu.',
  API_NOT_ALLOWED: 'Vous n’y êtes pas autorisé. Demandez à votre administrateur si nécessaire.',
  API_NOT_FOUND: 'Cet élément n’existe plus.',
  API_INTERNAL: 'Le serveur a commis une erreur et l’a notée. Réessayez dans un instant.',
  FIELD_WRONG: 'Cela ne convient pas. Voyez l’indication.',
  UNKNOWN: 'Cela n’a pas fonctionné.',
}
