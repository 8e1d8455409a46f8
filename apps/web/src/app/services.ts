/**
 * What one feature offers to the others, by name. A feature that offers something sets it when it starts
 * (`app.services.callNumber = …`); one that uses it copes with its absence, so that each can be switched off.
 */
export interface Services {
  /** Calls a number or an address: `205`, `+46846500401`, `anna@company`. */
  callNumber?: (to: string, name?: string) => void
  /** Whether somebody talks on this page's telephone. */
  isInCall?: () => boolean
  /** Opens the conversation with a colleague. */
  chatWith?: (userId: string) => void
  /** Opens somebody's card. */
  showPerson?: (personId: string) => void
}
