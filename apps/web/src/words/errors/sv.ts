export const errorsSv: Readonly<Record<string, string>> = {
  UNREACHABLE: 'Servern svarar inte. Kontrollera nätverket; det du ser är som det var innan.',
  API_NOT_AUTHENTICATED: 'Du är inte längre inloggad. Logga in igen; inget du skrivit går förlorat.',
  API_NOT_ALLOWED: 'Det får du inte göra. Fråga administratören om du behöver det.',
  API_NOT_FOUND: 'Det här finns inte längre.',
  API_INTERNAL: 'Servern gjorde ett fel och har antecknat det. Försök igen om en stund.',
  FIELD_WRONG: 'Det här passar inte. Se anvisningen.',
  UNKNOWN: 'Det gick inte.',
}
