export const firstErrorsSv: Readonly<Record<string, string>> = {
  UNREACHABLE: 'Servern svarar inte. Kontrollera nätverket; det du ser är som det var innan.',
  API_NOT_AUTHENTICATED: 'Du är inte längre inloggad. Logga in igen; inget du skrivit går förlorat.',
  API_NOT_ALLOWED: 'Det får du inte göra. Fråga administratören om du behöver det.',
  API_NOT_FOUND: 'Det här finns inte längre.',
  API_TOO_MANY_REQUESTS: 'Det blev för ofta på kort tid. Försök igen om en stund.',
  API_CROSS_SITE: 'Begäran kom inte från den här sidan. Ladda om den.',
  SESSION_WRONG_LOGIN: 'Inloggningen och lösenordet hör inte ihop.',
  SESSION_WRONG_CODE: 'Koden är fel, för gammal eller redan använd. Vänta på nästa.',
  SESSION_WRONG_PASSKEY: 'Den här nyckeln öppnar inget här. Den kan vara borttagen eller höra till en annan adress.',
  SESSION_LOGIN_EXPIRED: 'Det tog för lång tid. Börja om.',
  SESSION_PASSKEY_NEEDS_NAME: 'Nycklar fungerar bara där sidan öppnas med sitt värdnamn och HTTPS.',
  SESSION_LINK_NOT_VALID: 'Länken är redan använd eller för gammal. Be din administratör om en ny.',
  SESSION_PROOF_NEEDED: 'Det gjordes inte, eftersom du inte bekräftade att det är du.',
  SETUP_NOT_POSSIBLE: 'Länken är redan använd eller för gammal, eller så är Vaxel redan igång. Logga in i stället.',
  SSO_ONLY: 'Ditt företag loggar bara in genom sin egen tjänst. Skriv din inloggning och använd sedan knappen nedan.',
  SSO_NOT_SET_UP: 'Ditt företag har ingen inloggningstjänst här.',
  SSO_PROVIDER_UNREACHABLE:
    'Företagets inloggningstjänst svarar inte som den ska. Försök igen eller kontakta din administratör.',
  SSO_DENIED: 'Företagets inloggningstjänst släppte inte in dig.',
  SSO_ANSWER_NOT_TRUSTED:
    'Svaret från företagets inloggningstjänst håller inte, så ingen loggades in. Börja om; kontakta din administratör om det händer igen.',
  SSO_NO_USER:
    'Företagets inloggningstjänst känner dig, men här finns ingen användare för dig. Kontakta din administratör.',
  FIELD_WRONG: 'Det här passar inte. Se anvisningen.',
  UNKNOWN: 'Det gick inte.',
}
