import type { Device, User } from './directory.ts'

/** Somebody from outside without an account, who may make one kind of call for a while, and nothing else. */
export interface VisitorLogin {
  /** With the secrets of this login; it is in no directory and can hold no binding. */
  readonly device: Device
  /** In no directory either. */
  readonly user: User
  /** The only number, as it stands in the Request-URI. */
  readonly mayCall: string
}

/** SIP logins of visitors of websites, while speaking is on offer to them. */
export interface VisitorLogins {
  find(domain: string, username: string): VisitorLogin | undefined
}
