import type { sessionEn } from './en.ts'

export const sessionSv: typeof sessionEn = {
  title: 'Logga in',
  login: 'Användarnamn',
  loginHint: 'namn@företag',
  password: 'Lösenord',
  logIn: 'Logga in',
  failed: 'Användarnamnet och lösenordet hör inte ihop.',
}
