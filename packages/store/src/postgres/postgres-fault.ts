/**
 * What an error says about the units that were to be written:
 * - `gone`: this connection leads nowhere; whether they are written is known on the next one
 * - `storage`: the database takes nothing at the moment, whatever it is
 * - `doubtful`: the storage, or only the part of it where these units belong
 * - `refused`: something of the units themselves
 */
export type Fault = 'gone' | 'storage' | 'doubtful' | 'refused'

/**
 * Connection exceptions; the server stops or starts; it has ended the session for a limit of time. And a read-only transaction:
 * after a switch to a standby the address leads to the new primary, but this connection stays where it is.
 */
const gone = /^(08...|57P..|25P0[34]|25006)$/

/**
 * No unit brings these about by what is in it. Class 53 is a full disk, short memory or too many connections. 42501 is a file system
 * that the kernel has made read-only, or a right that a provider takes away when the space is used up. The others are limits of time
 * (57014, 55P03) and conflicts (class 40) with whoever else works on the database: the same again is taken a moment later.
 */
const storage = /^(53...|42501|57014|55P03|40001|40P01)$/

/** System errors and internal errors: a disk that gives errors, or one damaged table or index. */
const doubtful = /^(58...|XX...)$/

export function faultOf(error: unknown): Fault {
  const code = (error as { code?: unknown }).code
  // Five characters: SQLSTATE, given by the server. Without it nobody has answered.
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code) || gone.test(code)) return 'gone'
  if (storage.test(code)) return 'storage'
  return doubtful.test(code) ? 'doubtful' : 'refused'
}
