import type { DigestSecret } from './directory.ts'

/** Makes and checks secrets; slow hashes run off the main thread. */
export interface Credentials {
  /** argon2id (RFC 9106) as a PHC string. */
  hashPassword(password: string): Promise<string>
  /** Takes as long for `undefined` (no such user, no password) as for a wrong password. */
  verifyPassword(password: string, hash: string | undefined): Promise<boolean>
  /** HA1 with SHA-256 and with MD5 for one realm (RFC 8760). */
  digestSecrets(username: string, realm: string, password: string): readonly DigestSecret[]
  /** SHA-256 in lower-case hexadecimal, under which a random token is kept. */
  hashToken(token: string): string
}
