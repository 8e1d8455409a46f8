import type { sessionEn } from './en.ts'

export const sessionFr: typeof sessionEn = {
  title: 'Connexion',
  login: 'Identifiant',
  loginHint: 'nom@entreprise',
  password: 'Mot de passe',
  logIn: 'Se connecter',
  failed: 'Cet identifiant et ce mot de passe ne correspondent pas.',
}
