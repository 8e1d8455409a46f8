import type { Device } from './directory.ts'

/** Short-lived SIP credentials of logged-in browsers: nothing of them is kept, the name itself says until when it counts. */
export interface BrowserPhones {
  /** @param device the user's device for browsers @param sessionId the login that it is given to, and ends with */
  issue(
    device: Device,
    domain: string,
    sessionId: string,
    nowMs: number,
  ): { readonly username: string; readonly password: string; readonly expiresAtMs: number }
  /**
   * The device that a SIP user name of this kind stands for, with the secrets of that name in place of its own;
   * undefined for other names and for one whose time or login is over.
   */
  deviceFor(domain: string, username: string): Device | undefined
}
